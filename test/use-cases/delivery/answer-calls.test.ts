import { describe, expect, it } from 'vitest';
import { CALLS_SPAN, type DueCall } from '../../../shared/domain/delivery/wake-up-call.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { milliseconds } from '../../../shared/domain/time.ts';
import type { DeliveryQueue } from '../../../shared/ports/queues.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { answerCalls } from '../../../shared/use-cases/delivery/answer-calls.ts';
import { laterIfAway } from '../../../shared/use-cases/delivery/later.ts';
import { aResult, aWakeUpCall } from '../../support/builders.ts';
import { aWorld, queueAway } from '../../support/world.ts';

const notification = notificationId('urn:s', 'one');
const callsAt = (...delays: readonly number[]) => {
  const world = aWorld();
  const calls: DueCall[] = delays.map((delay) => ({
    message: aWakeUpCall({ notification }),
    at: world.clock.now() + milliseconds(delay),
  }));
  return { world, calls };
};

/** Answers `calls`, each of which `fail` may make fail; gives when each was delivered, in the order of that. */
async function answered(
  { world, calls }: ReturnType<typeof callsAt>,
  fail: (index: number) => Error | undefined = () => undefined,
  queue: DeliveryQueue = world.deliveries,
) {
  const begin = world.clock.now();
  const delivered: { readonly index: number; readonly after: number }[] = [];
  const answer = answerCalls({
    deliver: async (call) => {
      const index = calls.findIndex(({ message }) => message === call);
      const error = fail(index);
      if (error !== undefined) throw error;
      delivered.push({ index, after: world.clock.now() - begin });
      return { kind: 'settled' };
    },
    queue,
    log: world.log,
    laterIfAway: laterIfAway(world),
    clock: world.clock,
    wait: async (delay) => {
      // Shorter waits end first.
      const end = world.clock.now() + delay;
      for (let turn = 0; turn < delay; turn += 1) await Promise.resolve();
      world.clock.set(Math.max(world.clock.now(), end));
    },
  });
  const outcome = await answer(calls).then(
    () => 'done with' as const,
    (error: unknown) => error,
  );
  return { delivered, outcome };
}

describe('the calls of one message', () => {
  it('are answered each at its instant', async () => {
    const { delivered } = await answered(callsAt(0, 20, 40));
    expect(delivered).toEqual([
      { index: 0, after: 0 },
      { index: 1, after: 20 },
      { index: 2, after: 40 },
    ]);
  });

  it('wait no longer than calls of one message are apart, whatever the sender’s clock says', async () => {
    const { delivered } = await answered(callsAt(0, 60_000));
    expect(delivered[1]?.after).toBe(CALLS_SPAN);
  });

  it('are answered at once when the message comes late', async () => {
    const { delivered } = await answered(callsAt(-300, -280, -260));
    expect(delivered.map(({ after }) => after)).toEqual([0, 0, 0]);
  });

  it('come back alone and later where the store is away; the others are told', async () => {
    const asked = callsAt(0, 0, 0);
    const away = new StoreUnavailable('get', new Error());
    const { delivered, outcome } = await answered(asked, (index) => (index === 1 ? away : undefined));
    expect(outcome).toBe('done with');
    expect(delivered.map(({ index }) => index)).toEqual([0, 2]);
    const { waiting, nextAt } = asked.world.deliveries;
    expect(waiting.map(({ message }) => message)).toEqual([{ ...asked.calls[1]?.message, hop: 1 }]);
    expect(nextAt).toBeGreaterThan(asked.world.clock.now());
  });

  it('go back as messages of their own where they met a bug, so that the broker counts each alone', async () => {
    const asked = callsAt(0, 0, 0);
    const sent: (readonly DueCall[])[] = [];
    const { delivered, outcome } = await answered(
      asked,
      (index) => (index > 0 ? new TypeError() : undefined),
      { sendCalls: async (calls) => void sent.push(calls) },
    );
    expect(outcome).toBe('done with');
    expect(delivered.map(({ index }) => index)).toEqual([0]);
    // Sent together they would travel together again, and fail for ever without being counted.
    expect(sent).toEqual([1, 2].map((index) => [{ message: { ...asked.calls[index]?.message, hop: 1 } }]));
  });

  it('come again together when the queue is away too', async () => {
    const asked = callsAt(0, 0);
    const { delivered, outcome } = await answered(
      asked,
      (index) => (index === 1 ? new TypeError() : undefined),
      { sendCalls: () => Promise.reject(queueAway) },
    );
    expect(outcome).toBe(queueAway);
    expect(delivered.map(({ index }) => index)).toEqual([0]);
  });

  it('alone lets a bug reach the broker, which counts and in the end dead-letters', async () => {
    const bug = new TypeError('a bug');
    const asked = callsAt(0);
    expect((await answered(asked, () => bug)).outcome).toBe(bug);
    expect(asked.world.deliveries.waiting).toEqual([]);
  });

  it('that end alike are one line of the log, which names all of them; who ends otherwise has one of their own', async () => {
    const { world, calls } = callsAt(0, 0, 0, 0);
    const [first, second, third, fourth] = calls.map(({ message }) => message);
    const lines: object[] = [];
    const log = {
      ...world.log,
      info: (event: string, fields: object = {}) => void lines.push({ event, ...fields }),
    };
    const delivered = aResult({ outcome: 'delivered', attempts: 1, repeats: 0 });
    const answer = answerCalls({
      deliver: async (call) => {
        if (call === fourth) return { kind: 'stale' };
        return { kind: 'recorded', result: call === second ? { ...delivered, repeats: 1 } : delivered };
      },
      queue: world.deliveries,
      log: { ...log, warn: () => undefined, error: () => undefined },
      laterIfAway: laterIfAway(world),
      clock: world.clock,
      wait: async () => undefined,
    });
    await answer(calls);
    const line = { event: 'delivery.outcome', notification, outcome: 'delivered', attempts: 1 };
    expect(lines).toMatchObject([
      { ...line, repeats: 0, conversation: `${first?.conversation} ${third?.conversation}` },
      { ...line, repeats: 1, conversation: second?.conversation },
    ]);
    // What travels in one message says who is told in one query of the log.
    await answer(calls.slice(0, 1));
    expect(lines[2]).toMatchObject({ ...line, conversation: first?.conversation });
  });
});
