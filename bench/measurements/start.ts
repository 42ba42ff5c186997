import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { build } from '../../dev/build.ts';
import { projectNode } from '../../dev/install.mjs';
import { appSettings, stackSettings } from '../../dev/stack/app-settings.ts';
import { startStack } from '../../dev/stack/stack.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { probeEnvironment, usageOf } from '../probe/probed.ts';
import { firstRuns } from '../start/first-runs.ts';
import { startHostProcess } from '../start/host-process.ts';
import { writePlainModules } from '../start/plain-modules.ts';
import { type Replies, startReplies } from '../start/replies.ts';
import { startTables } from '../table-service/part.ts';

const MEGABYTE = 1024 * 1024;
const KILOBYTE = 1024;
const node = projectNode(fileURLToPath(new URL('../..', import.meta.url)));
const run = promisify(execFile);

export const start: Measurement = {
  name: 'start',
  about: 'process start to functions registered and to the first answer: bundle and plain modules; loads',
  async run(bench) {
    const plainDir = await writePlainModules(join(bench.folder, 'plain'));
    const entry = fileURLToPath(new URL('../start/least-app.ts', import.meta.url));
    const { outDir: leastDir } = await build({ outDir: join(bench.folder, 'least'), entry });
    const tables = await startTables();
    const replies = await startReplies();
    try {
      const stack = await startStack({
        appDir: bench.appDir,
        chat: false,
        tablesFor: async () => tables.origin,
        signal: bench.signal,
      });
      try {
        const { environment } = appSettings({
          file: {},
          inherited: process.env,
          stack: stackSettings({
            serviceBus: stack.addresses.serviceBus,
            tables: tables.connectionString,
          }),
          explicit: Object.fromEntries(
            // What else would run meanwhile and load what is not asked for.
            ['events', 'deliveries', 'jobs', 'heartbeat', 'reminders'].map((name) => [
              `AzureWebJobs.${name}.Disabled`,
              'true',
            ]),
          ),
        });
        const apps = { plainDir, leastDir };
        const registered = await registrations(bench, { ...apps, environment });
        bench.onProgress('starts measured');
        const answers = await firstAnswers(bench, { ...apps, environment, replies });
        bench.onProgress('first answers measured');
        return [...registered, ...answers, ...(await loads(bench, { environment, replies }))];
      } finally {
        await stack.stop();
      }
    } finally {
      await replies.stop();
      await tables.stop();
    }
  },
};

type Environment = Readonly<Record<string, string>>;
interface Apps {
  readonly plainDir: string;
  readonly leastDir: string;
  readonly environment: Environment;
}

const started = z.object({ ms: z.number(), rss: z.number(), registered: z.int() });

/** From the process's start to all functions registered, and what is resident then. */
async function registrations(
  { quick, appDir, signal }: Bench,
  { plainDir, environment }: Apps,
): Promise<readonly Figure[]> {
  const script = fileURLToPath(new URL('../start/register.mjs', import.meta.url));
  const entries = {
    empty: [],
    bundle: [join(appDir, 'main.mjs')],
    plain: [join(plainDir, 'functions', 'main.js')],
  };
  const times = { empty: [] as number[], bundle: [] as number[], plain: [] as number[] };
  const sizes = { empty: [] as number[], bundle: [] as number[], plain: [] as number[] };
  for (let turn = 0; turn < (quick ? 3 : 21); turn += 1) {
    for (const form of ['empty', 'bundle', 'plain'] as const) {
      signal.throwIfAborted();
      const { stdout } = await run(node, [script, ...entries[form]], { env: environment });
      const { ms, rss, registered } = started.parse(JSON.parse(stdout));
      if (form !== 'empty' && registered === 0) throw new Error(`the ${form} app registered no function`);
      times[form].push(ms);
      sizes[form].push(rss / MEGABYTE);
    }
  }
  const [floor, least] = [median(times.empty), median(sizes.empty)];
  const floorIs = 'an empty Node process';
  return (['bundle', 'plain'] as const).flatMap((form) => [
    figure(`start.registered.${form}`, 'ms', { value: median(times[form]), floor, floorIs }),
    figure(`start.memory.${form}`, 'MB', { value: median(sizes[form]), floor: least, floorIs }),
  ]);
}

/** From spawning the functions host to a person's first message answered. */
async function firstAnswers(
  { quick, appDir, folder, signal }: Bench,
  { plainDir, leastDir, environment, replies }: Apps & { readonly replies: Replies },
): Promise<readonly Figure[]> {
  const times = { least: [] as number[], bundle: [] as number[], plain: [] as number[] };
  const dirs = { least: leastDir, bundle: appDir, plain: plainDir };
  for (let turn = 0; turn < (quick ? 1 : 7); turn += 1) {
    for (const form of ['least', 'bundle', 'plain'] as const) {
      signal.throwIfAborted();
      const dataDir = await mkdtemp(join(folder, 'host-'));
      const startedAt = performance.now();
      const host = await startHostProcess({ appDir: dirs[form], dataDir, env: environment });
      try {
        await (form === 'least' ? replies.post(host.origin) : replies.say(host.origin));
        times[form].push(performance.now() - startedAt);
      } finally {
        await host.stop();
      }
    }
  }
  const floor = median(times.least);
  const floorIs = 'the same host with an app that only answers 200';
  return (['bundle', 'plain'] as const).map((form) =>
    figure(`start.first-answer.${form}`, 'ms', { value: median(times[form]), floor, floorIs }),
  );
}

/** What the bundle has loaded after one run of each function, each in a process of its own. */
async function loads(
  { quick, appDir, folder, signal }: Bench,
  { environment, replies }: { readonly environment: Environment; readonly replies: Replies },
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const first of firstRuns.filter(({ name }) => !quick || name === 'deliveries')) {
    signal.throwIfAborted();
    const dataDir = await mkdtemp(join(folder, 'host-'));
    const probe = join(dataDir, 'probe');
    const env = { ...environment, ...probeEnvironment(probe, { loads: true }) };
    const host = await startHostProcess({ appDir, dataDir, env });
    try {
      const loaded = async (): Promise<number> => {
        const { files } = await usageOf(probe, 'collect');
        const own = files.filter(({ url }) => url.includes(appDir));
        return own.reduce((sum, { bytes }) => sum + bytes, 0) / KILOBYTE;
      };
      const before = await loaded();
      const over = host.untilExecuted(first.name);
      if (first.input !== undefined) await invoke(host.origin, first.name, first.input);
      else if (first.request === undefined) await replies.say(host.origin);
      else await fetch(`${host.origin}${first.request.path}`, requestOf(first.request));
      await over;
      figures.push(
        figure(`start.loads.${first.name}`, 'kB', {
          value: await loaded(),
          floor: before,
          floorIs: 'what registering loads',
        }),
      );
    } finally {
      await host.stop();
    }
  }
  return figures;
}

function requestOf({ method, body }: { readonly method: string; readonly body?: string }): RequestInit {
  return {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/cloudevents+json' } }),
  };
}

async function invoke(origin: string, name: string, input: string): Promise<void> {
  const answer = await fetch(`${origin}/admin/functions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input }),
  });
  if (!answer.ok) throw new Error(`the host answered ${answer.status} when asked to run ${name}`);
}
