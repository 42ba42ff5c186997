import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopBundler } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuildResult, build } from '../../dev/build.ts';
import { packagesFor, SDKS, type Sdk, sdkOf, takeSdk, UnknownSdk } from '../../dev/sdk.mjs';
import { SDK_TESTS, SDK_TESTS_OF_ALL } from '../../dev/testing/sdk-tests.mjs';

describe('the choice of the SDK', () => {
  it('is botbuilder without a word', () => {
    expect(sdkOf({})).toBe('botbuilder');
    expect(sdkOf({ NOTIFIER_SDK: '' })).toBe('botbuilder');
  });

  it.each([[['--sdk', 'agents']], [['--sdk=agents']], [['--port', '1', '--sdk', 'agents', '--no-chat']]])(
    'is taken out of %j and noted in the environment',
    (argv) => {
      const environment: Record<string, string | undefined> = { NOTIFIER_SDK: 'botbuilder' };
      expect(takeSdk(argv, environment)).toEqual(
        ['--port', '1', '--no-chat'].filter((word) => argv.includes(word)),
      );
      expect(sdkOf(environment)).toBe('agents');
    },
  );

  it('leaves a command line without it as it is', () => {
    const environment = { NOTIFIER_SDK: 'agents' };
    expect(takeSdk(['--port', '1'], environment)).toEqual(['--port', '1']);
    expect(environment).toEqual({ NOTIFIER_SDK: 'agents' });
  });

  it.each([
    [['--sdk', 'teams'], {}, '--sdk must be one of botbuilder, agents, not "teams".'],
    [['--sdk'], {}, '--sdk must be one of botbuilder, agents, not nothing.'],
    [['--sdk='], {}, '--sdk must be one of botbuilder, agents, not nothing.'],
    [['--sdk', '--port'], {}, '--sdk must be one of botbuilder, agents, not "--port".'],
    [[], { NOTIFIER_SDK: 'toString' }, 'NOTIFIER_SDK must be one of botbuilder, agents, not "toString".'],
  ])('%j with %j is refused by name', (argv, environment, message) => {
    expect(() => takeSdk(argv, environment)).toThrow(new UnknownSdk(message));
  });

  it('asks for the packages of tests only where the default is not taken', () => {
    expect(packagesFor({})).toBe('start');
    expect(packagesFor({ NOTIFIER_SDK: 'agents' })).toBeUndefined();
  });

  it('is the default of Node and of the compiler too, and every file that it names is there', async () => {
    const { imports } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(imports).toEqual({ '#bot-sdk': `./${SDKS.botbuilder}` });
    expect(Object.values(SDKS).filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe('the bundle of each SDK', () => {
  const bundles = new Map<Sdk, BuildResult>();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notifier-sdk-'));
    for (const sdk of ['botbuilder', 'agents'] as const) {
      bundles.set(sdk, await build({ outDir: join(folder, sdk), sdk }));
    }
    await stopBundler();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const namesIn = (sdk: Sdk) => bundles.get(sdk)?.packages.map(({ name }) => name) ?? [];

  it.each([
    { sdk: 'botbuilder', own: /^botbuilder-core$/, other: /^@microsoft\/agents/ },
    { sdk: 'agents', own: /^@microsoft\/agents-hosting$/, other: /^(botbuilder|botframework|adaptive-expr)/ },
  ] as const)('$sdk holds its own packages and none of the other’s', ({ sdk, own, other }) => {
    expect(namesIn(sdk).filter((name) => own.test(name))).toHaveLength(1);
    expect(namesIn(sdk).filter((name) => other.test(name))).toEqual([]);
  });

  it('is below 4.5 MB, and that of the Agents SDK brings no sign-in and no telemetry of its own', () => {
    for (const { totalBytes } of bundles.values()) expect(totalBytes).toBeLessThan(4_500_000);
    expect(namesIn('agents').filter((name) => /^(jwks-rsa|lru-memoizer|@opentelemetry)/.test(name))).toEqual(
      [],
    );
  });
});

it('what is run for the other SDK is there', () => {
  expect(SDK_TESTS.filter((path) => !existsSync(path))).toEqual([]);
  expect(SDK_TESTS).toEqual(expect.arrayContaining([...SDK_TESTS_OF_ALL]));
});
