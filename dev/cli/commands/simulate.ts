import { defined } from '../../../shared/domain/defined.ts';
import { parseRateLimits, type RateLimit } from '../../../shared/domain/delivery/pace.ts';
import type { LocalNoisyRun } from '../../simulate/local/noise.ts';
import { networkFlags, networkOf, ON_PAPER, weatherOf } from '../../simulate/network-flags.ts';
import type { NoisyRun } from '../../simulate/paper/noisy-run.ts';
import { localFields, noisyFields, paperFields } from '../../simulate/show.ts';
import { readCount } from '../arguments/read-count.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { count } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { Progress } from '../output/progress.ts';
import { styleOf } from '../output/style.ts';
import { fields } from '../output/table.ts';

const TEAMS_THREAD_LIMITS = '7/1s,8/2s,60/30s,1800/3600s';

export const command = defineCommand({
  summary: "Sends a broadcast at the channel's limits, on paper or on a local stack.",
  words: [],
  flags: {
    recipients: { type: 'string', value: 'N', about: 'default 100000, with --run 1000' },
    'requests-per-second': { type: 'string', value: 'N', about: 'limit of one tenant (default 50)' },
    'thread-limits': {
      type: 'string',
      value: 'LIST',
      about: `limits of one conversation (default ${TEAMS_THREAD_LIMITS})`,
    },
    'single-every': {
      type: 'string',
      value: 'MS',
      about: 'publish a single notification that often meanwhile; 0 for none (default 2000)',
    },
    noisy: {
      type: 'string',
      value: 'N',
      about: 'in the place of a broadcast: so many urgent messages to one person at once',
    },
    instances: {
      type: 'string',
      value: 'N',
      about: 'instances of the app, with --run functions hosts (default 1)',
    },
    tenants: { type: 'string', value: 'N', about: 'on paper: tenants among the recipients (default 1)' },
    zones: {
      type: 'string',
      value: 'N',
      about:
        'on paper: people of so many zones of the world (24 at most), each told at nine by their own clock',
    },
    ...networkFlags,
    seed: { type: 'string', value: 'N', about: 'on paper: another course of chance (default 1)' },
    run: {
      type: 'boolean',
      about: 'start a stack on free ports, whose channel enforces the limits, and measure',
    },
    timeout: { type: 'string', value: 'SECONDS', about: 'with --run: the longest it may take (default 300)' },
  },
  notes:
    "On paper the product's own use cases run on a clock that jumps; the figures are the same every time. Exit status 1 when somebody was not told, was told twice, or a request was refused with 429.",
  examples: [
    'simulate',
    'simulate --recipients 5000 --instances 4 --json',
    'simulate --run',
    'simulate --run --recipients 500 --single-every 0',
    'simulate --noisy 1500 --single-every 500',
    'simulate --recipients 5000 --latency 40 --jitter 60',
    'simulate --recipients 24000 --zones 24',
    'simulate --recipients 5000 --instances 3 --clocks-apart 200 --dies-after 30 --slow-spells 20/5/400',
    'simulate --run --recipients 1500 --latency 80 --jitter 85',
  ],

  async run({ flags }, io) {
    const number = (
      name: 'requests-per-second' | 'single-every' | 'instances' | 'tenants' | 'seed' | 'noisy' | 'zones',
      range: Range,
    ) => readCount(`--${name}`, flags[name], range);
    const recipients = readCount('--recipients', flags.recipients, {
      least: 1,
      most: flags.run ? 100_000 : 1_000_000,
      otherwise: flags.run ? 1000 : 100_000,
    });
    const requestsPerSecond = number('requests-per-second', { least: 1, most: 10_000, otherwise: 50 });
    const singleEvery = number('single-every', {
      least: 0,
      most: 3_600_000,
      // A day of them would tell nothing more.
      otherwise: flags.zones === undefined ? 2000 : 0,
    });
    const threadText = flags['thread-limits'] ?? TEAMS_THREAD_LIMITS;
    const threadLimits = readThreadLimits(threadText);
    const noisy = number('noisy', { least: 2, most: 100_000, otherwise: 0 });
    if (noisy > 0) refuseOneAlone(recipients);
    const progress = new Progress(io);
    const style = styleOf(io.out, io.env);

    if (flags.run) {
      const timeout =
        readCount('--timeout', flags.timeout, { least: 1, most: 86_400, otherwise: 300 }) * 1000;
      refuseOnPaperOnly(flags);
      const { runLocally, runNoisyLocally } = await import('../../simulate/local/local-run.ts');
      const options = {
        recipients,
        requestsPerSecond,
        threadLimits: threadText,
        instances: number('instances', { least: 1, most: 10, otherwise: 1 }),
        singleEvery,
        timeout,
        latency: networkOf(flags),
        signal: io.signal,
        onProgress: (text: string) => progress.say(text),
      };
      if (noisy > 0) {
        const loud = await runNoisyLocally({ ...options, noisy });
        progress.end();
        return showNoisy('noisy-run', loud);
      }
      const result = await runLocally(options);
      progress.end();
      show('run', result, localFields(result));
      const isWell = result.complete && result.lost + result.repeated + result.throttled === 0;
      return isWell ? ExitStatus.ok : ExitStatus.failed;
    }

    const { runOnPaper, usualLatency } = await import('../../simulate/paper/paper-run.ts');
    const paper = {
      recipients,
      requestsPerSecond,
      threadLimits,
      singleEvery,
      instances: number('instances', { least: 1, most: 100, otherwise: 1 }),
      tenants: number('tenants', { least: 1, most: 1000, otherwise: 1 }),
      ...defined({
        zones: flags.zones === undefined ? undefined : number('zones', { least: 1, most: 24, otherwise: 1 }),
      }),
      seed: number('seed', { least: 0, most: 4_294_967_295, otherwise: 1 }),
      ...weatherOf(flags, usualLatency),
      signal: io.signal,
    };
    if (noisy > 0) {
      if (flags.zones !== undefined) throw new UsageError('--zones is for a broadcast; leave out --noisy');
      const { noisyOnPaper } = await import('../../simulate/paper/noisy-run.ts');
      return showNoisy('noisy-paper', await noisyOnPaper({ ...paper, noisy }));
    }
    const result = await runOnPaper(paper);
    progress.end();
    show('paper', result, paperFields(result));
    const early = result.byClock?.early ?? 0;
    return result.lost + result.repeated + result.throttled + early === 0 ? ExitStatus.ok : ExitStatus.failed;

    function show(kind: string, result: object, told: Parameters<typeof fields>[0]) {
      if (flags.json) printJson(io, { kind, ...result });
      else io.out.write(`${heading(recipients, requestsPerSecond)}${fields(told, style)}`);
    }

    function showNoisy(kind: string, loud: NoisyRun | LocalNoisyRun) {
      if (flags.json) printJson(io, { kind, ...loud });
      else
        io.out.write(`${count(noisy)} urgent messages to one person\n\n${fields(noisyFields(loud), style)}`);
      const failed = loud.lost + loud.throttled + ('repeated' in loud ? loud.repeated : 0);
      return failed === 0 ? ExitStatus.ok : ExitStatus.failed;
    }
  },
});

type Range = Parameters<typeof readCount>[2];

const ON_PAPER_ONLY = ['tenants', 'zones', 'seed', ...ON_PAPER] as const;

function refuseOnPaperOnly(flags: { readonly [Name in (typeof ON_PAPER_ONLY)[number]]?: unknown }): void {
  const name = ON_PAPER_ONLY.find((one) => flags[one] !== undefined);
  if (name !== undefined) throw new UsageError(`--${name} is for the simulation on paper; leave out --run`);
}

function refuseOneAlone(recipients: number): void {
  if (recipients < 2)
    throw new UsageError(
      '--recipients is 1 and must be 2 at least with --noisy: one is loud, others are told, too',
    );
}

function readThreadLimits(text: string): readonly RateLimit[] {
  const limits = parseRateLimits(text);
  if (limits !== undefined) return limits;
  throw new UsageError(
    `--thread-limits is "${text}" and must be counts per time, such as ${TEAMS_THREAD_LIMITS}`,
  );
}

function heading(recipients: number, requestsPerSecond: number): string {
  return `${count(recipients)} recipients, ${count(requestsPerSecond)} requests a second and tenant\n\n`;
}
