import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const job = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  steps: z.array(step),
});
const workflow = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), job),
});
type Workflow = z.infer<typeof workflow>;

const files = readdirSync('.github/workflows');
const textOf = (file: string) => readFileSync(`.github/workflows/${file}`, 'utf8');
const read = (file: string): Workflow => workflow.parse(parse(textOf(file)));
const steps = (of: Workflow) => Object.values(of.jobs).flatMap((each) => each.steps);

/** What is wrong with a workflow's text, one line each. */
function faultsOf(text: string): readonly string[] {
  const of = workflow.parse(parse(text));
  const names = Object.keys(of.jobs);
  return [
    ...[...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)]
      .map(([, used = '']) => used)
      .filter((used) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))
      .map((used) => `${used} is not pinned by commit, with its version behind it`),
    // What somebody types would be run as a part of the script.
    ...steps(of)
      .filter(({ run }) => /\$\{\{/.test(run ?? ''))
      .map(({ run }) => `an expression stands in a script: ${run?.split('\n')[0]}`),
    ...Object.values(of.jobs)
      .flatMap(({ needs }) => needs ?? [])
      .filter((needed) => !names.includes(needed))
      .map((needed) => `job ${needed} is needed and not there`),
    ...(Object.values(of.permissions).some((right) => right !== 'read') ? ['every job may write'] : []),
  ];
}

describe('a workflow', () => {
  it.each(files)('%s is whole: pinned, bounded, without expressions in scripts', (file) => {
    expect(faultsOf(textOf(file))).toEqual([]);
  });

  it.each(files)('%s has scripts that the shell can read, which name files that there are', (file) => {
    for (const { run } of steps(read(file))) {
      if (run === undefined) continue;
      execFileSync('bash', ['-n'], { input: run });
      const named = [...run.matchAll(/\b((?:dev|infra)\/[\w./-]+\.\w+)/g)].map(([, path]) => path ?? '');
      expect(named.filter((path) => !existsSync(path))).toEqual([]);
      const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
      const runs = [...run.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
      expect(runs.filter((name) => !(name in scripts))).toEqual([]);
    }
  });

  it.each([
    ['an action by its tag', '      - uses: actions/checkout@v4.2.2', /is not pinned by commit/],
    [
      'an input in a script',
      `      - run: echo '$${'{{'} inputs.release }}'`,
      /an expression stands in a script/,
    ],
  ])('is refused for %s', (_fault, line, message) => {
    const text = `name: x\non: {push: {}}\npermissions: {contents: read}\njobs:\n  a:\n    runs-on: x\n    timeout-minutes: 1\n    steps:\n${line}\n`;
    expect(faultsOf(text)[0]).toMatch(message);
  });

  it('pins each action to one commit', () => {
    const pins = files.flatMap((file) => steps(read(file)).flatMap(({ uses }) => uses ?? []));
    const byAction = Map.groupBy(pins, (pin) => pin.split('@')[0]);
    for (const [action, all] of byAction) expect([action, new Set(all).size]).toEqual([action, 1]);
  });
});

describe('the deployment', () => {
  const { jobs } = read('deploy.yml');

  it('plans with an identity that reads, in an environment of its own, and writes in the guarded one', () => {
    expect(jobs.plan?.environment).toMatch(/inputs\.installation \}\}-plan$/);
    expect(jobs.deploy?.environment).toMatch(/inputs\.installation \}\}$/);
    expect(jobs.package?.permissions?.['id-token']).toBeUndefined();
    const planned = jobs.plan?.steps.map(({ run }) => run ?? '').join('\n') ?? '';
    expect(planned).toContain('--validation-level ProviderNoRbac');
    expect(planned).toContain('dev/infra/main.ts plan plan.json');
    expect(planned).not.toMatch(/deployment group create|config-zip/);
  });

  it('keeps emergency stops, tries the package again while roles spread, and waits for the version', () => {
    const scripts = jobs.deploy?.steps.map(({ run }) => run ?? '') ?? [];
    const at = (part: RegExp) => scripts.findIndex((script) => part.test(script));
    const order = [
      /appsettings list/,
      /disabledFunctions="\$STOPS"/,
      /config-zip/,
      /\.version == \$version/,
    ].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(scripts[order[2] ?? 0]).toMatch(/for attempt in/);
  });

  it('goes back to a stored release whose provenance is looked at', () => {
    const script = jobs.package?.steps.map(({ run }) => run ?? '').join('\n') ?? '';
    expect(script).toMatch(/gh release download[\s\S]*sha256sum --check[\s\S]*gh attestation verify/);
  });
});

describe('other files for GitHub', () => {
  it.each([
    'dependabot.yml',
    'ISSUE_TEMPLATE/config.yml',
    'ISSUE_TEMPLATE/fault.yml',
    'ISSUE_TEMPLATE/wish.yml',
  ])('%s is YAML', (file) => expect(parse(readFileSync(`.github/${file}`, 'utf8'))).toBeInstanceOf(Object));

  it('issue forms ask each thing once', () => {
    for (const file of ['fault.yml', 'wish.yml']) {
      const form = z
        .looseObject({ body: z.array(z.looseObject({ type: z.string(), id: z.string().optional() })) })
        .parse(parse(readFileSync(`.github/ISSUE_TEMPLATE/${file}`, 'utf8')));
      const ids = form.body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).not.toContain(undefined);
    }
  });

  it('the development container is JSON but for its comment', () => {
    const text = readFileSync('.devcontainer/devcontainer.json', 'utf8').replace(/^\/\/.*\n/, '');
    expect(JSON.parse(text)).toMatchObject({ name: 'proactive-notifier' });
  });
});
