import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NotificationId } from '../../../shared/domain/ids.ts';
import { type Duration, type Instant, minutes, seconds } from '../../../shared/domain/time.ts';
import { textsOn } from '../../support/reading.ts';
import { Crash, type World } from '../../support/world.ts';
import { aPersonWhoIsTold, statesOf } from './held-person.ts';

/** One card as it was sent: which of the messages it has, in its order, by their numbers. */
interface Card {
  readonly at: Instant;
  readonly numbers: readonly number[];
}

/** How the calls that are due at one moment come to workers. */
interface Workers {
  /** So many answer a call each at the same time. */
  readonly count: number;
  /** In which order they take them. */
  readonly seed: number;
  /** A process dies at so many of its steps, behind which the broker gives its call out again. */
  readonly crashes: readonly number[];
}

type Told = Awaited<ReturnType<typeof aPersonWhoIsTold>>;

/** Lets several workers answer what is due within so long; the clock stands at its end. */
async function workFor({ world }: Told, span: Duration, { count, seed, crashes }: Workers): Promise<void> {
  const end = world.clock.now() + span;
  let turn = seed;
  for (const step of crashes)
    world.watch.failCall(world.watch.calls.length + step, { error: new Crash(), when: 'after' });
  for (;;) {
    const again = world.crashed.splice(0);
    const next = again.length > 0 ? world.clock.now() : (world.deliveries.nextAt ?? Number.POSITIVE_INFINITY);
    if (next > end) break;
    world.clock.set(Math.max(next, world.clock.now()));
    const due = [...again, ...world.deliveries.takeAll()];
    while (due.length > 0) {
      const some = Array.from({ length: Math.min(count, due.length) }, () => {
        turn = (Math.imul(turn, 1664525) + 1013904223) >>> 0;
        return due.splice(turn % due.length, 1)[0];
      });
      await Promise.all(some.map((call) => call && world.handle(call)));
      // Each of them takes a moment.
      world.clock.advance(1);
    }
  }
  world.clock.set(end);
}

/** Notes each card that the person is sent. */
function cardsOf({ world }: Told): readonly Card[] {
  const cards: Card[] = [];
  const send = world.channel.sendActivity.bind(world.channel);
  world.channel.sendActivity = async (reference, message, isOff) => {
    const sent = await send(reference, message, isOff);
    if (sent.kind === 'sent') {
      const words = [message.text ?? '', ...textsOn(message.card)].join('\n');
      const numbers = [...words.matchAll(/«(\d+)»/g)].map(([, number]) => Number(number));
      cards.push({ at: world.clock.now(), numbers });
    }
    return sent;
  };
  return cards;
}

/** Each card with messages as it was sent first: one whose worker died behind its request is sent once more. */
function firstOf(cards: readonly Card[]): readonly Card[] {
  const known = new Set<string>();
  return cards.filter(({ numbers }) => {
    const name = numbers.join();
    const isFirst = numbers.length > 0 && !known.has(name);
    known.add(name);
    return isFirst;
  });
}

/** Every digest that was ever written down, with what its report says. */
async function digestsIn(world: World) {
  const ids: NotificationId[] = [];
  for await (const { notification } of world.listing.acceptedBetween(0, world.clock.now()))
    ids.push(notification);
  const reports = await Promise.all(ids.map((id) => world.report(id)));
  return reports.filter((report) => report?.type === 'notification.digest');
}

const reasons = {
  async 'quiet hours'(told: Told) {
    await told.prefers({ quietHours: { from: 8 * 60, to: 9 * 60 + 30 } });
    return { ends: async () => told.prefers({}), after: minutes(31) };
  },
  async 'a dialog'(told: Told) {
    await told.speaks();
    return { ends: () => told.finishes(), after: minutes(1) };
  },
  async 'a burst'(told: Told) {
    for (let number = 0; number < 3; number += 1) await told.tell('before', { mode: 'adHoc' });
    await told.passes(0);
    return { ends: async () => undefined, after: seconds(61) };
  },
} as const;

const workers = fc.record({
  count: fc.constantFrom(1, 2, 3, 8),
  seed: fc.nat(2 ** 32 - 1),
  crashes: fc.array(fc.nat(400), { maxLength: 3 }),
});

describe('many that were held back', () => {
  it.each(Object.entries(reasons))(
    'for %s come oldest first and a window apart, whichever worker is first and whichever dies',
    async (_reason, hold) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 51, max: 160 }), workers, async (many, work) => {
          const told = await aPersonWhoIsTold();
          const cards = cardsOf(told);
          const { ends, after } = await hold(told);
          const ids: NotificationId[] = [];
          for (let number = 0; number < many; number += 1)
            ids.push(await told.tell(`«${number}»`, { mode: 'wait' }));
          await workFor(told, seconds(20), { ...work, crashes: [] });
          const held = cards.flatMap(({ numbers }) => numbers);
          expect(held).toEqual([]);
          await workFor(told, after - seconds(21), { ...work, crashes: [] });
          await ends();
          for (let minute = 0; minute < 20; minute += 1) {
            await workFor(told, minutes(1), minute === 0 ? work : { ...work, crashes: [] });
            // What dies there is done a minute later.
            await told.world.sweep().catch(() => undefined);
          }
          const digests = firstOf(cards);
          expect(digests.flatMap(({ numbers }) => numbers)).toEqual(ids.map((_id, number) => number));
          const apart = digests.slice(1).map(({ at }, index) => at - (digests[index]?.at ?? 0));
          expect(Math.min(...apart)).toBeGreaterThanOrEqual(seconds(60));
          expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
          for (const report of await digestsIn(told.world)) expect(report).toMatchObject({ complete: true });
        }),
        { numRuns: 20 },
      );
    },
    120_000,
  );

  it('of a stream that goes on for minutes come in digests that are a window apart, none newer than the next', async () => {
    const told = await aPersonWhoIsTold();
    const cards = cardsOf(told);
    const ids: NotificationId[] = [];
    for (let number = 0; number < 300; number += 1) {
      ids.push(await told.tell(`«${number}»`, { mode: 'adHoc' }));
      await workFor(told, seconds(0.7), { count: 3, seed: number, crashes: [] });
    }
    await told.passes(minutes(20));
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
    const digests = cards.filter(({ numbers }) => numbers.length > 1);
    expect(digests.length).toBeGreaterThan(3);
    const apart = digests.slice(1).map(({ at }, index) => at - (digests[index]?.at ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(seconds(60));
    const inDigests = digests.flatMap(({ numbers }) => numbers);
    expect(inDigests).toEqual(inDigests.toSorted((a, b) => a - b));
  });
});
