import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isChannelId } from '../../../shared/domain/conversation/channel-text.ts';
import { formatDeliveryId, Outcome, parseDeliveryId } from '../../../shared/domain/delivery/delivery.ts';
import { FailureMeaning } from '../../../shared/domain/delivery/failure.ts';
import type { Learned } from '../../../shared/domain/delivery/learned.ts';
import { messageIdOf, parseWakeUpCall, toMessageBody } from '../../../shared/domain/delivery/wake-up-call.ts';
import { parseJob, toJobBody } from '../../../shared/domain/event/job.ts';
import { conversationKey, notificationId } from '../../../shared/domain/ids.ts';

const call = {
  notification: notificationId('urn:s', '1'),
  conversation: conversationKey('msteams', 'a:1'),
  version: 3,
  hop: 0,
};

/** Everything that a worker can learn, as the app makes it. */
const learned: fc.Arbitrary<Learned> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    attempts: fc.nat(),
    at: fc.nat(),
    answer: fc.oneof(
      fc.record(
        {
          kind: fc.constant('sent' as const),
          activityId: fc.string().filter(isChannelId),
          shownIn: fc.string().filter(isChannelId),
        },
        { requiredKeys: ['kind'] },
      ),
      fc.record(
        {
          kind: fc.constant('failed' as const),
          code: fc.string({ maxLength: 100 }),
          meaning: fc.constantFrom(...Object.values(FailureMeaning)),
          surelyNotSent: fc.boolean(),
          status: fc.integer({ min: 100, max: 599 }),
          retryAfter: fc.nat(),
          triedIn: fc.string().filter(isChannelId),
        },
        { requiredKeys: ['kind', 'code', 'surelyNotSent'] },
      ),
      fc.constantFrom({ kind: 'untrusted' as const }, { kind: 'too-large' as const }),
    ),
  }),
  fc.record({
    kind: fc.constant('result' as const),
    result: fc.record(
      {
        outcome: fc.constantFrom(...Object.values(Outcome)),
        reason: fc.constantFrom('blocked' as const, 'gone' as const),
        at: fc.nat(),
        attempts: fc.nat(),
        repeats: fc.nat(),
        activityId: fc.string().filter(isChannelId),
        shownIn: fc.string().filter(isChannelId),
        triedIn: fc.string().filter(isChannelId),
        lastError: fc.record({ class: fc.string(), code: fc.string() }),
      },
      { requiredKeys: ['outcome', 'at', 'attempts', 'repeats'] },
    ),
  }),
);

describe('a wake-up call', () => {
  it('reads back what it writes', () => {
    const full = {
      ...call,
      slotAt: 5,
      learned: {
        kind: 'result',
        result: { outcome: 'suppressed', reason: 'blocked', at: 1, attempts: 1, repeats: 0 },
      } as const,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    expect(parseWakeUpCall(JSON.parse(JSON.stringify(toMessageBody(full))))).toEqual({
      ok: true,
      value: full,
    });
  });

  it('reads back whatever it has learned', () => {
    fc.assert(
      fc.property(learned, (what) => {
        const body: unknown = JSON.parse(JSON.stringify(toMessageBody({ ...call, learned: what })));
        expect(parseWakeUpCall(body)).toEqual({ ok: true, value: { ...call, learned: what } });
      }),
    );
  });

  it('keeps that something was sent whatever the id is like, and no id that cannot be kept', () => {
    for (const activityId of [7, '', 'x'.repeat(1025), 'a\ud800', 'a\u0000']) {
      const answer = { kind: 'answer', attempts: 1, at: 1, answer: { kind: 'sent', activityId } };
      expect(parseWakeUpCall({ call: { ...call, learned: answer } })).toMatchObject({
        ok: true,
        value: { learned: { answer: { kind: 'sent' } } },
      });
      expect(JSON.stringify(parseWakeUpCall({ call: { ...call, learned: answer } }))).not.toContain(
        'activityId',
      );
    }
  });

  it.each([
    { kind: 'answer' },
    { kind: 'answer', attempts: 1, at: 1, answer: { kind: 'perhaps' } },
    { kind: 'answer', attempts: 1, at: 1, answer: { kind: 'failed', code: 'x' } },
    { kind: 'answer', attempts: 1, at: 1, answer: { kind: 'failed', code: 'x', surelyNotSent: 'no' } },
    { kind: 'answer', attempts: -1, at: 1, answer: { kind: 'sent' } },
    { kind: 'answer', attempts: 1, at: 'now', answer: { kind: 'sent' } },
    { kind: 'result', result: { outcome: 'told', at: 1, attempts: 1, repeats: 0 } },
    { kind: 'result', result: { outcome: 'delivered', at: 1, attempts: 1, repeats: 0, lastError: 'x' } },
    { kind: 'guess' },
    null,
  ])('refuses to have learned what nobody can conclude: %j', (what) => {
    expect(parseWakeUpCall({ call: { ...call, learned: what } })).toMatchObject({
      ok: false,
      faults: [{ path: 'call.learned' }],
    });
  });

  it('has a message id that fits the broker and never parses as JSON', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.option(learned, { nil: undefined }), (version, hop, what) => {
        const id = messageIdOf({ ...call, version, hop, ...(what === undefined ? {} : { learned: what }) });
        expect(id.length).toBeLessThanOrEqual(128);
        expect(() => JSON.parse(id)).toThrow();
      }),
    );
  });

  it('shares its message id with no call that knows something else', () => {
    const answered = (attempts: number) =>
      ({ kind: 'answer', attempts, at: 1, answer: { kind: 'sent' } }) as const;
    const decided = {
      kind: 'result',
      result: { outcome: 'expired', at: 1, attempts: 1, repeats: 0 },
    } as const;
    const again = { ...call, hop: 1 };
    const calls = [
      again,
      ...[answered(1), answered(2), decided].map((what) => ({ ...again, learned: what })),
    ];
    expect(new Set(calls.map(messageIdOf)).size).toBe(calls.length);
  });

  it('survives anything that somebody puts on the queue', () => {
    fc.assert(fc.property(fc.anything(), (body) => !parseWakeUpCall(body).ok && !parseJob(body).ok));
    fc.assert(
      fc.property(
        fc.record({
          notification: fc.anything(),
          conversation: fc.anything(),
          version: fc.anything(),
          hop: fc.anything(),
          learned: fc.anything(),
        }),
        (forged) => {
          parseWakeUpCall({ call: forged });
        },
      ),
    );
  });

  it('ignores what a producer writes beside it', () => {
    expect(parseWakeUpCall({ call, deliveryCount: 99, lockToken: 'x', messageId: 'y' })).toEqual({
      ok: true,
      value: call,
    });
  });

  it('names its delivery in a text that reads back', () => {
    expect(parseDeliveryId(formatDeliveryId(call))).toEqual({
      notification: call.notification,
      conversation: call.conversation,
    });
    for (const bad of ['', 'a.b', `${call.notification}.`, `${formatDeliveryId(call)}.x`]) {
      expect(parseDeliveryId(bad)).toBeUndefined();
    }
  });
});

it('a job reads back what it writes', () => {
  const job = {
    kind: 'walk',
    walk: {
      notification: call.notification,
      group: { kind: 'everyone' },
      tenant: notificationId('x', 'y') as unknown as never,
      after: call.conversation,
      done: false,
    },
    hop: 2,
  } as const;
  expect(parseJob(JSON.parse(JSON.stringify(toJobBody(job))))).toEqual({ ok: true, value: job });
});
