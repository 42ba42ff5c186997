import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { BrokerError } from '../broker-error.ts';
import { Images } from '../journal/images.ts';
import { Journal } from '../journal/journal.ts';
import type { JournalRecord } from '../journal/records.ts';
import { recover } from '../journal/recovery.ts';
import { encodeString } from '../message/codec.ts';
import { parseMessage } from '../message/message.ts';
import { type Entity, Namespace } from '../queue/namespace.ts';
import type { Outcome } from '../queue/outcome.ts';
import { aFolder, present } from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

const settings = {
  name: 'q',
  lockMs: 1000,
  maxDeliveryCount: 3,
  timeToLiveMs: Number.POSITIVE_INFINITY,
  deadLetterOnExpiry: true,
  duplicateWindowMs: 5000,
};

/** What can happen to a queue. Indexes choose among what is there, whatever their number. */
type Step =
  | { do: 'accept'; ids: number[]; ttl: number | undefined; inMs: number | undefined }
  | { do: 'receive'; max: number; andDelete: boolean }
  | { do: 'settle'; held: number; outcome: Outcome }
  | { do: 'renew'; held: number }
  | { do: 'fetch-deferred'; index: number; andDelete: boolean }
  | { do: 'cancel'; index: number }
  | { do: 'receive-dead'; outcome: Outcome }
  | { do: 'expire-locks' }
  | { do: 'wait'; ms: number };

const properties = fc.option(fc.constant(new Map([['note', encodeString('changed')]])), { nil: undefined });
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant({ kind: 'complete' } as const),
  fc.constant({ kind: 'release' } as const),
  fc.record({ kind: fc.constantFrom('abandon' as const, 'defer' as const), properties }),
  fc.record({
    kind: fc.constant('dead-letter' as const),
    reason: fc.constant('r'),
    description: fc.constant('d'),
  }),
);
const small = fc.nat({ max: 20 });
/** Mostly without a time, so that most messages can be received. */
const maybe = (ms: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: ms }) },
  );
const seldom = fc.nat({ max: 5 }).map((number) => number === 0);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('accept' as const),
      ids: fc.array(small, { minLength: 1, maxLength: 4 }),
      ttl: maybe(3000),
      inMs: maybe(3000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      max: fc.integer({ min: 1, max: 4 }),
      andDelete: seldom,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), held: small, outcome }) },
  fc.record({ do: fc.constant('renew' as const), held: small }),
  fc.record({ do: fc.constant('fetch-deferred' as const), index: small, andDelete: seldom }),
  fc.record({ do: fc.constant('cancel' as const), index: small }),
  fc.record({ do: fc.constant('receive-dead' as const), outcome }),
  fc.record({ do: fc.constant('expire-locks' as const) }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2500 }) }),
  },
);

/** Long enough for messages to go all the ways; by default most lists would have fewer than ten steps. */
const stepList = fc.array(step, { minLength: 15, maxLength: 60, size: 'max' });

/** A namespace over a journal file, driven step by step. */
class Driven {
  readonly clock = new ManualClock(1_700_000_000_000);
  readonly journal: Journal;
  readonly namespace: Namespace;
  readonly entity: Entity;
  readonly #tokens: string[] = [];

  constructor(path: string | undefined, compactAboveBytes = Number.POSITIVE_INFINITY) {
    const onFailure = (error: Error) => {
      throw error;
    };
    this.journal = new Journal({ path, compactAboveBytes, onFailure });
    const parts = { clock: this.clock, journal: this.journal, images: new Images() };
    this.namespace = new Namespace([settings], parts);
    this.journal.open(this.namespace);
    this.entity = present(this.namespace.entity('q'));
  }

  /** Takes the step and waits until it is written. A refusal changes nothing and is part of the game. */
  async take(taken: Step): Promise<void> {
    try {
      this.#take(taken);
    } catch (thrown) {
      if (!(thrown instanceof BrokerError)) throw thrown;
    }
    await new Promise<void>((resolve) => this.journal.commit(resolve));
  }

  #take(taken: Step): void {
    const { main, dead } = this.entity;
    switch (taken.do) {
      case 'accept': {
        const at = taken.inMs === undefined ? undefined : new Date(this.clock.now() + taken.inMs);
        main.accept(taken.ids.map((id) => aMessage(id, taken.ttl, at)));
        break;
      }
      case 'receive':
        if (taken.andDelete) main.receiveAndDelete(taken.max);
        else this.#tokens.push(...main.receive(taken.max).map(({ lock }) => present(lock).token));
        break;
      case 'settle':
        main.settle(this.#token(taken.held), taken.outcome);
        break;
      case 'renew':
        main.renew(this.#token(taken.held));
        break;
      case 'fetch-deferred': {
        const found = main.receiveDeferred([this.#sequence('deferred', taken.index)], taken.andDelete);
        this.#tokens.push(...found.flatMap(({ lock }) => lock?.token ?? []));
        break;
      }
      case 'cancel':
        main.cancelScheduled([this.#sequence('scheduled', taken.index)]);
        break;
      case 'receive-dead':
        for (const { lock } of dead.receive(1)) dead.settle(present(lock).token, taken.outcome);
        break;
      case 'expire-locks':
        main.expireLocks();
        break;
      case 'wait':
        this.clock.advance(taken.ms);
        break;
    }
  }

  #token(index: number): string {
    return this.#tokens[index % Math.max(this.#tokens.length, 1)] ?? 'none';
  }

  #sequence(state: string, index: number): number {
    const found = this.entity.main.peek(0, 1000).filter((stored) => stored.state === state);
    return found[index % Math.max(found.length, 1)]?.sequence ?? 0;
  }
}

function aMessage(id: number, ttl: number | undefined, at: Date | undefined) {
  const message_annotations = at && { 'x-opt-scheduled-enqueue-time': at };
  return parseMessage(rhea.message.encode({ message_id: `m${id}`, body: id, ttl, message_annotations }));
}

function snapshot(namespace: Namespace): JournalRecord[] {
  return structuredClone([...namespace.snapshot()]);
}

function recovered(path: string, clock: ManualClock): JournalRecord[] {
  const journal = new Journal({ path: undefined, onFailure() {} });
  return snapshot(new Namespace([settings], { clock, journal, images: recover(path) }));
}

describe('the journal', () => {
  it('gives back exactly what the queues were, whatever happened to them', async () => {
    const path = join(aFolder(), 'journal');
    await fc.assert(
      fc.asyncProperty(stepList, fc.boolean(), async (steps, compacts) => {
        const driven = new Driven(path, compacts ? 1 : undefined);
        for (const taken of steps) await driven.take(taken);
        expect(recovered(path, driven.clock)).toEqual(snapshot(driven.namespace));
        driven.namespace.close();
        driven.journal.close();
      }),
      { numRuns: 60 },
    );
  });

  it('cut off anywhere gives back the queues as they were at some moment before', async () => {
    const folder = aFolder();
    const path = join(folder, 'journal');
    const torn = join(folder, 'torn');
    await fc.assert(
      fc.asyncProperty(stepList, fc.nat(), async (steps, at) => {
        const driven = new Driven(path);
        const moments = [{ bytes: driven.journal.bytes, messages: messagesOf(path) }];
        for (const taken of steps) {
          await driven.take(taken);
          moments.push({ bytes: driven.journal.bytes, messages: messagesOf(path) });
        }
        driven.namespace.close();
        driven.journal.close();

        const whole = readFileSync(path);
        const first = present(moments[0]).bytes;
        const cut = first + (at % (whole.length - first + 1));
        writeFileSync(torn, whole.subarray(0, cut));
        const before = present(moments.findLast(({ bytes }) => bytes <= cut));
        const after = moments.find(({ bytes }) => bytes >= cut) ?? before;
        const found = messagesOf(torn);
        // A step that does many things may be cut between them; what it had not touched is there in any case.
        for (const message of before.messages)
          if (after.messages.has(message)) expect(found).toContain(message);
        for (const message of found) expect([...before.messages, ...after.messages]).toContain(message);
        if (cut === before.bytes) expect(found).toEqual(before.messages);
      }),
      { numRuns: 25 },
    );
  });
});

/** Box and first sequence number of every message that the journal has. */
function messagesOf(path: string): Set<string> {
  const boxes = recover(path).queues.get('q')?.boxes;
  const names = (box: 'main' | 'dead') =>
    [...(boxes?.[box].values() ?? [])].map((stored) => `${box} ${stored.enqueuedSequence}`);
  return new Set([...names('main'), ...names('dead')]);
}

describe('a queue', () => {
  it('neither loses nor doubles a message: each accepted one is somewhere, until somebody takes it out', async () => {
    await fc.assert(
      fc.asyncProperty(stepList, async (steps) => {
        const driven = new Driven(undefined);
        const { main, dead } = driven.entity;
        for (const taken of steps) {
          await driven.take(taken);
          const all = [...main.peek(0, 1000), ...dead.peek(0, 1000)].map(({ sequence }) => sequence);
          expect(new Set(all).size).toBe(all.length);
          const { active, scheduled, deferred, deadLetter, locked } = driven.entity.counts;
          expect(active + scheduled + deferred + deadLetter).toBe(all.length);
          expect(locked).toBe(main.peek(0, 1000).filter(({ lock }) => lock).length);
        }
        // Nobody holds anything any more: all that is active can be received, in order.
        driven.clock.advance(10_000);
        const expected = driven.entity.counts.active;
        const received = main.receive(1000).map(({ sequence }) => sequence);
        expect(received).toHaveLength(expected);
        expect(received).toEqual([...received].sort((a, b) => a - b));
        driven.namespace.close();
      }),
      { numRuns: 60 },
    );
  });

  it('accepts an id once per window, as a list of all ids would tell', async () => {
    const arrivals = fc.array(fc.record({ id: fc.nat({ max: 5 }), afterMs: fc.nat({ max: 4000 }) }));
    await fc.assert(
      fc.asyncProperty(arrivals, async (messages) => {
        const driven = new Driven(undefined);
        const accepted: { id: number; at: number }[] = [];
        for (const { id, afterMs } of messages) {
          driven.clock.advance(afterMs);
          const at = driven.clock.now();
          const before = driven.entity.counts.active;
          await driven.take({ do: 'accept', ids: [id], ttl: undefined, inMs: undefined });
          const isRepeat = accepted.some(
            (other) => other.id === id && at - other.at < settings.duplicateWindowMs,
          );
          expect(driven.entity.counts.active - before).toBe(isRepeat ? 0 : 1);
          if (!isRepeat) accepted.push({ id, at });
        }
        driven.namespace.close();
      }),
      { numRuns: 100 },
    );
  });
});
