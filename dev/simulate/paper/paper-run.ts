import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { defined } from '../../../shared/domain/defined.ts';
import type { RateLimit } from '../../../shared/domain/delivery/pace.ts';
import { slotsPerSecond } from '../../../shared/domain/delivery/tenant-window.ts';
import type { ConversationKey } from '../../../shared/domain/ids.ts';
import { type Duration, hours, type Instant, minutes, seconds } from '../../../shared/domain/time.ts';
import { type At, dueIn } from '../../../shared/use-cases/intake/schedule.ts';
import type { Latency } from '../../teams-channel-local/limits/latency.ts';
import type { Waits } from '../waits.ts';
import { waitsOf } from '../waits.ts';
import type { Spells } from './channel.ts';
import { measured } from './measured.ts';
import { paperWorld } from './paper-world.ts';

export interface PaperOptions {
  readonly recipients: number;
  /** Of one tenant. */
  readonly requestsPerSecond: number;
  readonly threadLimits: readonly RateLimit[];
  /** Milliseconds between single notifications while the broadcast runs; 0 sends none. */
  readonly singleEvery: number;
  readonly instances: number;
  readonly tenants: number;
  /** People of so many zones, each told at nine by their own clock; default: everybody at once. */
  readonly zones?: number;
  readonly seed: number;
  /** Of one request to the tables, of the broker's part of a message, and of one way to the channel. */
  readonly latency: { readonly tables: Latency; readonly queue: Latency; readonly network: Latency };
  /** A network that is slow at times. */
  readonly spells?: Spells;
  /** So far apart are the clocks of the instances at most; default: they agree. */
  readonly clocksApart?: Duration;
  /** So long after publishing one more instance begins. */
  readonly startsAfter?: Duration;
  /** So long after publishing an instance is gone, as a machine that is switched off. */
  readonly diesAfter?: Duration;
  readonly signal?: AbortSignal;
}

/** What the model says. Counts are of messages and requests, times in simulated milliseconds. */
export interface PaperRun {
  readonly recipients: number;
  readonly requestsPerSecond: number;
  readonly instances: number;
  readonly tenants: number;
  readonly outcomes: { readonly [outcome: string]: number };
  /** People who have no outcome of the broadcast, and outcomes beyond one for each. */
  readonly lost: number;
  readonly repeated: number;
  /** From publishing to the last outcome of the broadcast. */
  readonly took: number;
  /** Requests that the channel let in between its first and its last, as a share of its limit in that time. */
  readonly shareOfRate: number;
  readonly slotsPerSecond: number;
  /** Requests that the channel refused with 429. */
  readonly throttled: number;
  readonly singles: Waits;
  /** Where each is told by their own clock. */
  readonly byClock?: {
    /** People who were told before their time. */
    readonly early: number;
    /** From the time of a zone to the last outcome there, beyond what its people take at the rate of the tenant; the longest. */
    readonly beyondRate: Duration;
  };
  readonly jobs: number;
  readonly perRecipient: {
    readonly tableRequests: number;
    readonly messages: number;
  };
}

/** What a function app sees that lies in the same region as its storage and its broker. */
export const usualLatency = {
  tables: { least: 3, jitter: 2 },
  queue: { least: 3, jitter: 2 },
  network: { least: 10, jitter: 0.5 },
} satisfies PaperOptions['latency'];

const BEGIN = Date.UTC(2026, 0, 1);
const PUBLISHED = BEGIN + minutes(1);
/** Of the second day after that it is nine everywhere. */
const AT_NINE = { local: '2026-01-03T09:00:00' };
/** Nothing of one broadcast takes this long; a model that goes on is broken. */
const LONGEST = hours(24 * 30);

/**
 * Runs the product's own use cases (plan, walk, deliver) and its own pace over stores, queues and a channel in memory,
 * on a clock that jumps: a broadcast of half an hour takes seconds, and gives the same figures every time.
 */
export async function runOnPaper(options: PaperOptions): Promise<PaperRun> {
  const world = paperWorld(options, BEGIN);
  const { time } = world;
  const at = options.zones === undefined ? undefined : AT_NINE;
  time.at(PUBLISHED, () => world.publish({ everyone: true }, defined({ at })));
  const singleSoon = (at: number): void =>
    time.at(at, () => {
      if (world.isBulkOver()) return;
      world.publishSingle();
      singleSoon(at + options.singleEvery);
    });
  if (options.singleEvery > 0) singleSoon(PUBLISHED + options.singleEvery);
  if (options.startsAfter !== undefined) time.at(PUBLISHED + options.startsAfter, world.begin);
  if (options.diesAfter !== undefined) time.at(PUBLISHED + options.diesAfter, world.end);
  time.at(BEGIN + LONGEST, () => {
    if (!world.isBulkOver()) throw new Error('the model does not come to an end');
  });
  await time.run(options.signal, () => world.isOver());
  world.rethrow();

  const { bulk, singles, queues, admitted, tableRequests } = world.read();
  const messages = queues.jobs.sent + queues.deliveries.sent + queues.events.sent;
  const everybody = options.recipients + singles.length;
  return {
    recipients: options.recipients,
    requestsPerSecond: options.requestsPerSecond,
    instances: options.instances,
    tenants: options.tenants,
    outcomes: bulk.outcomes,
    lost: options.recipients - bulk.told.size,
    repeated: bulk.repeated,
    took: Math.round(bulk.lastAt - PUBLISHED),
    shareOfRate: measured(admitted, options.requestsPerSecond),
    slotsPerSecond: slotsPerSecond(options.requestsPerSecond),
    throttled: admitted.throttled,
    singles: waitsOf(singles),
    ...defined({ byClock: at && byClock(at, world.people, bulk.told, options) }),
    jobs: queues.jobs.sent,
    perRecipient: {
      tableRequests: round(tableRequests / everybody),
      messages: round(messages / everybody),
    },
  };
}

/** How punctually the people of each zone were told. */
function byClock(
  at: At,
  people: readonly Conversation[],
  told: ReadonlyMap<ConversationKey, Instant>,
  { requestsPerSecond, tenants }: PaperOptions,
): NonNullable<PaperRun['byClock']> {
  const lags = Map.groupBy(people, ({ timeZone = 'UTC' }) => timeZone);
  let early = 0;
  let beyondRate = 0;
  for (const [zone, those] of lags) {
    const due = dueIn(at, zone);
    const late = those.map(({ key }) => (told.get(key) ?? Number.NaN) - due);
    early += late.filter((lag) => lag < 0).length;
    const atRate = seconds(those.length / tenants / requestsPerSecond);
    beyondRate = Math.max(beyondRate, Math.round(Math.max(...late) - atRate));
  }
  return { early, beyondRate };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
