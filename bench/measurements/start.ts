import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../dev/build.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { probeEnvironment, usageOf } from '../probe/probed.ts';
import { firstAnswer } from '../start/first-answer.ts';
import { firstRuns } from '../start/first-runs.ts';
import { startHostProcess } from '../start/host-process.ts';
import { writePlainModules } from '../start/plain-modules.ts';
import { register } from '../start/register.ts';
import type { Replies } from '../start/replies.ts';
import { startSurroundings } from '../start/surroundings.ts';

const KILOBYTE = 1024;

export const start: Measurement = {
  name: 'start',
  about: 'process start to functions registered and to the first answer: bundle and plain modules; loads',
  async run(bench) {
    const plainDir = await writePlainModules(join(bench.folder, 'plain'));
    const entry = fileURLToPath(new URL('../start/least-app.ts', import.meta.url));
    const { outDir: leastDir } = await build({ outDir: join(bench.folder, 'least'), entry });
    await using surroundings = await startSurroundings(bench);
    const { environment, replies } = surroundings;
    const apps = { plainDir, leastDir };
    const registered = await registrations(bench, { ...apps, environment });
    bench.onProgress('starts measured');
    const answers = await firstAnswers(bench, { ...apps, environment, replies });
    bench.onProgress('first answers measured');
    return [...registered, ...answers, ...(await loads(bench, { environment, replies }))];
  },
};

type Environment = Readonly<Record<string, string>>;
interface Apps {
  readonly plainDir: string;
  readonly leastDir: string;
  readonly environment: Environment;
}

/** From the process's start to all functions registered, and what is resident then. */
async function registrations(
  { quick, appDir, signal }: Bench,
  { plainDir, environment }: Apps,
): Promise<readonly Figure[]> {
  const entries = {
    empty: undefined,
    bundle: join(appDir, 'main.mjs'),
    plain: join(plainDir, 'functions', 'main.js'),
  };
  const times = { empty: [] as number[], bundle: [] as number[], plain: [] as number[] };
  const cpus = { empty: [] as number[], bundle: [] as number[], plain: [] as number[] };
  const sizes = { empty: [] as number[], bundle: [] as number[], plain: [] as number[] };
  for (let turn = 0; turn < (quick ? 3 : 21); turn += 1) {
    for (const form of ['empty', 'bundle', 'plain'] as const) {
      signal.throwIfAborted();
      const { ms, cpu, megabytes } = await register(entries[form], environment);
      times[form].push(ms);
      cpus[form].push(cpu);
      sizes[form].push(megabytes);
    }
  }
  const [floor, work, least] = [median(times.empty), median(cpus.empty), median(sizes.empty)];
  const floorIs = 'an empty Node process';
  return (['bundle', 'plain'] as const).flatMap((form) => [
    figure(`start.registered.${form}`, 'ms', { value: median(times[form]), floor, floorIs }),
    figure(`start.registered-cpu.${form}`, 'ms', { value: median(cpus[form]), floor: work, floorIs }),
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
      const say = form === 'least' ? replies.post : replies.say;
      times[form].push(await firstAnswer(dirs[form], { folder, environment, say }));
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
