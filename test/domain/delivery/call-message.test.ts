import { describe, expect, it } from 'vitest';
import { slotAt } from '../../../shared/domain/delivery/pace.ts';
import { slotsPerSecond } from '../../../shared/domain/delivery/tenant-window.ts';
import {
  type DueCall,
  idOfCalls,
  inMessages,
  MOST_CALLS,
  messageIdOf,
  parseCalls,
  toCallsBody,
  toMessageBody,
} from '../../../shared/domain/delivery/wake-up-call.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { aWakeUpCall } from '../../support/builders.ts';

const notification = notificationId('urn:s', 'one');
const aCall = (at?: number, fields: object = {}): DueCall => ({
  message: aWakeUpCall({ notification, ...fields }),
  ...(at === undefined ? {} : { at }),
});
const sizes = (calls: readonly DueCall[]) => inMessages(calls).map(({ length }) => length);
/** As it comes from the queue. */
const received = (calls: readonly DueCall[]) => parseCalls(JSON.parse(JSON.stringify(toCallsBody(calls))));

describe('calls travel together', () => {
  it('within an eighth of a second, at the rate of Teams seven', () => {
    for (const first of [1000, 1000.1, 1000.5, 1000.9]) {
      const slots = { first, spacing: 1000 / slotsPerSecond(50), count: 25 };
      const calls = Array.from({ length: 25 }, (_call, index) => aCall(slotAt(slots, index) - 150));
      // The same whenever the first slot is, so that a page that runs twice sends the same messages.
      expect(sizes(calls)).toEqual([7, 7, 7, 4]);
      expect(inMessages(calls).flat()).toEqual(calls);
    }
  });

  it('when all are due at once', () => {
    expect(sizes([aCall(), aCall(), aCall()])).toEqual([3]);
  });

  it('and no more than can be in work at the same time', () => {
    expect(sizes(Array.from({ length: MOST_CALLS + 1 }, () => aCall()))).toEqual([MOST_CALLS, 1]);
  });

  it('never with those of another notification, which have another trace', () => {
    expect(sizes([aCall(), aCall(undefined, { notification: notificationId('urn:s', 'two') })])).toEqual([
      1, 1,
    ]);
  });

  it('never with what was learned, which must not wait', () => {
    const learned = { kind: 'answer', attempts: 1, at: 5, answer: { kind: 'sent' } };
    expect(sizes([aCall(), aCall(undefined, { learned }), aCall()])).toEqual([1, 1, 1]);
  });

  it('never with one that is due before the message is there', () => {
    expect(sizes([aCall(1000), aCall(999)])).toEqual([1, 1]);
  });
});

describe('a message with calls', () => {
  it.each([1, 2, MOST_CALLS])('gives back all %i of them, with their instants', (count) => {
    const calls = Array.from({ length: count }, (_call, index) => aCall(1000 + index / 4, { hop: index }));
    const expected = count === 1 ? [{ message: calls[0]?.message }] : calls;
    expect(received(calls)).toEqual(expected.map((value) => ({ ok: true, value })));
  });

  it('of one call is as it always was, so that an older instance can read it', () => {
    const call = aCall();
    expect(toCallsBody([call])).toEqual(toMessageBody(call.message));
    expect(idOfCalls([call])).toBe(messageIdOf(call.message));
  });

  it('has the same id for the same calls, whenever they are due, and another for others', () => {
    const [one, other] = [aCall(1), aCall(2)];
    const id = idOfCalls([one, other]);
    expect(id).toMatch(/^calls:[\w-]{43}$/);
    expect(idOfCalls([{ ...one, at: 7 }, other])).toBe(id);
    expect(idOfCalls([one, aCall(2)])).not.toBe(id);
    expect(idOfCalls([other, one])).not.toBe(id);
  });

  it('has one key, so that the host copies nothing over the metadata of the broker', () => {
    expect(Object.keys(toCallsBody([aCall(), aCall()]))).toEqual(['calls']);
  });

  it('is read call by call: one that cannot be used takes nothing from the others', () => {
    const call = aWakeUpCall();
    const body = { calls: [{ call, at: 5 }, { call: {} }, { call, at: 'soon' }, 7] };
    expect(parseCalls(body).map(({ ok }) => ok)).toEqual([true, false, false, false]);
  });

  it.each([{ calls: [] }, {}, 'x', null, []])('is not %j', (body) => {
    expect(parseCalls(body)).toMatchObject([{ ok: false }]);
  });
});
