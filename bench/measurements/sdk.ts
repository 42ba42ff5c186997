import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../dev/build.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { startConnector } from '../parts/connector.ts';
import { type BenchPart, startPart } from '../parts/part.ts';
import type { Sends } from '../sdk/sends-main.ts';
import { firstAnswer } from '../start/first-answer.ts';
import { register } from '../start/register.ts';
import { startSurroundings } from '../start/surroundings.ts';
import { AT_ONCE, type Deliverer, startDeliverer } from '../worker/deliverer.ts';

const KILOBYTE = 1024;
const MEGABYTE = 1024 * 1024;
const WARM_UP = 3;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** `none` is the same app with turns that no SDK runs: nothing of what is measured can cost less. */
const KINDS = ['none', 'botbuilder', 'agents'] as const;
type Kind = (typeof KINDS)[number];
type Costs = Record<Kind, number[]>;

/** One way to build the app, built. */
interface Built {
  readonly appDir: string;
  /** A program that sends when it is asked to (sdk/sends-main.ts). */
  readonly sends: string;
  readonly bytes: number;
}

export const sdk: Measurement = {
  name: 'sdk',
  about: 'both SDKs beside each other and beside none: bundle, start, CPU of a send and a delivery, memory',
  async run(bench) {
    const apps = await buildAll(bench.folder);
    bench.onProgress('built');
    const started = await starts(bench, apps);
    bench.onProgress('starts measured');
    const sent = await sends(bench, apps);
    bench.onProgress('sends measured');
    return [
      ...figures(
        'bundle',
        'kB',
        of((kind) => [apps[kind].bytes / KILOBYTE]),
      ),
      ...started,
      ...figures('send', 'us CPU', sent),
      ...(await deliveries(bench, apps)),
    ];
  },
};

async function buildAll(folder: string): Promise<Readonly<Record<Kind, Built>>> {
  const one = async (kind: Kind): Promise<Built> => {
    const how = kind === 'none' ? { turns: path('../sdk/bare-turns.ts') } : { sdk: kind };
    const app = await build({ outDir: join(folder, kind), ...how });
    const entry = path('../sdk/sends-main.ts');
    const { outDir } = await build({ outDir: join(folder, `${kind}-sends`), entry, ...how });
    return { appDir: app.outDir, sends: join(outDir, 'main.mjs'), bytes: app.totalBytes };
  };
  return { none: await one('none'), botbuilder: await one('botbuilder'), agents: await one('agents') };
}

/** To functions registered, and to a person's first message answered. */
async function starts(
  { quick, folder, signal }: Bench,
  apps: Readonly<Record<Kind, Built>>,
): Promise<readonly Figure[]> {
  await using surroundings = await startSurroundings({ appDir: apps.none.appDir, signal });
  const { environment, replies } = surroundings;
  const registered = await inTurns(quick ? 3 : 15, 1, async (kind) => {
    signal.throwIfAborted();
    return (await register(join(apps[kind].appDir, 'main.mjs'), environment)).ms;
  });
  const answered = await inTurns(quick ? 1 : 7, 1, (kind) => {
    signal.throwIfAborted();
    return firstAnswer(apps[kind].appDir, { folder, environment, say: replies.say });
  });
  return [...figures('registered', 'ms', registered), ...figures('first-answer', 'ms', answered)];
}

/** Of the product's own messenger, each in a process of its own. */
async function sends({ quick, signal }: Bench, apps: Readonly<Record<Kind, Built>>): Promise<Costs> {
  const connector = await startConnector();
  const parts = new Map<Kind, BenchPart>(KINDS.map((kind) => [kind, startPart(apps[kind].sends)]));
  const question: Sends = {
    serviceUrl: connector.serviceUrl,
    perSlice: quick ? 200 : 800,
    atOnce: AT_ONCE,
  };
  try {
    return await inTurns(quick ? 5 : 15, WARM_UP, async (kind) => {
      signal.throwIfAborted();
      return Number(await parts.get(kind)?.ask(question));
    });
  } finally {
    for (const part of parts.values()) await part.stop();
    await connector.stop();
  }
}

/** In the worker; and what it holds when it has delivered them. */
async function deliveries(
  { quick, signal }: Bench,
  apps: Readonly<Record<Kind, Built>>,
): Promise<readonly Figure[]> {
  const people = quick ? 100 : 200;
  const connector = await startConnector();
  const { serviceUrl } = connector;
  const undo: Deliverer[] = [];
  try {
    const start = async (kind: Kind) => {
      const deliverer = await startDeliverer({ appDir: apps[kind].appDir, people, serviceUrl });
      undo.push(deliverer);
      return deliverer;
    };
    const workers = {
      none: await start('none'),
      botbuilder: await start('botbuilder'),
      agents: await start('agents'),
    };
    const costs = await inTurns(quick ? 3 : 11, WARM_UP, (kind) => {
      signal.throwIfAborted();
      return workers[kind].deliver();
    });
    const held = await inTurns(1, 0, async (kind) => (await workers[kind].resident()) / MEGABYTE);
    return [...figures('delivery', 'us CPU', costs), ...figures('memory', 'MB', held)];
  } finally {
    for (const each of undo) await each[Symbol.asyncDispose]();
    await connector.stop();
  }
}

/** Lets the three take turns, so that whatever else the machine does meets all alike. */
async function inTurns(turns: number, warmUp: number, once: (kind: Kind) => Promise<number>): Promise<Costs> {
  const costs = of(() => []);
  for (let turn = -warmUp; turn < turns; turn += 1) {
    for (const kind of KINDS) {
      const cost = await once(kind);
      if (turn >= 0) costs[kind].push(cost);
    }
  }
  return costs;
}

function of(values: (kind: Kind) => number[]): Costs {
  return { none: values('none'), botbuilder: values('botbuilder'), agents: values('agents') };
}

function figures(what: string, unit: string, costs: Costs): readonly Figure[] {
  const floor = median(costs.none);
  const floorIs = 'the same app with turns that no SDK runs';
  return (['botbuilder', 'agents'] as const).map((kind) =>
    figure(`sdk.${what}.${kind}`, unit, { value: median(costs[kind]), floor, floorIs }),
  );
}
