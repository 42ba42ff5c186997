import type { ConversationKey } from '../../../shared/domain/ids.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { type Waits, waitsOf } from '../waits.ts';
import type { PaperOptions } from './paper-run.ts';
import { paperWorld } from './paper-world.ts';

/** What became of many urgent messages to one person, and of everybody else meanwhile. Times in milliseconds. */
export interface NoisyRun {
  readonly noisy: number;
  readonly instances: number;
  readonly lost: number;
  /** Messages shown in a second, between the first and the last. */
  readonly shownPerSecond: number;
  /** How often a worker looked at the conversation for each of its messages. */
  readonly looks: number;
  readonly throttled: number;
  /** Single notifications to others while the noisy ones waited, and as many where there were none. */
  readonly singles: Waits;
  readonly idle: Waits;
  /** Single notifications from the noise's beginning until all of it was accepted and looked at: behind it in the queues. */
  readonly behindTheCrowd: Waits;
}

const BEGIN = Date.UTC(2026, 0, 1);
const PUBLISHED = BEGIN + minutes(1);
const LONGEST = hours(24);
/** After it all that was published at once has come through the queues. */
const CROWD = seconds(20);

/** Publishes `noisy` urgent messages to one person at once, and single notifications to others, as the product would. */
export async function noisyOnPaper(options: PaperOptions & { readonly noisy: number }): Promise<NoisyRun> {
  const loud = await run(options, options.noisy);
  const took = Math.max(...loud.noise.told) - PUBLISHED;
  const quiet = await run(options, 0, Math.min(took, minutes(15)));
  const span = (Math.max(...loud.noise.told) - Math.min(...loud.noise.told)) / 1000;
  return {
    noisy: options.noisy,
    instances: options.instances,
    lost: options.noisy - loud.noise.told.length,
    shownPerSecond: Number(((options.noisy - 1) / Math.max(span, 0.001)).toFixed(3)),
    looks: Number((loud.looks / options.noisy).toFixed(2)),
    throttled: loud.admitted.throttled,
    singles: waitsOf(loud.later),
    idle: waitsOf(quiet.later),
    behindTheCrowd: waitsOf(loud.sooner),
  };
}

async function run(options: PaperOptions, noisy: number, until = LONGEST) {
  const world = paperWorld(options, BEGIN);
  const { time, people } = world;
  const loud: ConversationKey | undefined = people[0]?.key;
  if (loud === undefined)
    throw new Error('"recipients" must be two at least: somebody noisy and somebody else');
  const isOver = () =>
    world.failed() ||
    time.now() >= PUBLISHED + until ||
    (noisy > 0 && world.read().noise.told.length >= noisy);
  let sooner = 0;
  time.at(PUBLISHED, () => {
    for (let count = 0; count < noisy; count += 1) world.publish({ conversation: loud }, { urgent: true });
  });
  time.at(PUBLISHED + CROWD, () => {
    sooner = world.read().singles.length;
  });
  const singleSoon = (at: number): void =>
    time.at(at, () => {
      if (isOver()) return;
      world.publishSingle(loud);
      singleSoon(at + options.singleEvery);
    });
  if (options.singleEvery > 0) singleSoon(PUBLISHED + options.singleEvery);
  // The end, where nothing else is due then.
  time.at(PUBLISHED + until, () => undefined);
  await time.run(options.signal, isOver);
  world.rethrow();
  const { noise, singles, stores, admitted } = world.read();
  return {
    noise,
    admitted,
    looks: stores.countLooks(loud),
    sooner: singles.slice(0, sooner),
    later: singles.slice(sooner),
  };
}
