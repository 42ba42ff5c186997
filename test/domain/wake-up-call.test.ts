import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDeliveryId, parseDeliveryId } from '../../shared/domain/delivery.ts';
import { conversationKey, notificationId } from '../../shared/domain/ids.ts';
import { parseJob, toJobBody } from '../../shared/domain/job.ts';
import { messageIdOf, parseWakeUpCall, toMessageBody } from '../../shared/domain/wake-up-call.ts';

const call = {
  notification: notificationId('urn:s', '1'),
  conversation: conversationKey('msteams', 'a:1'),
  version: 3,
  hop: 0,
};

describe('a wake-up call', () => {
  it('reads back what it writes', () => {
    const full = {
      ...call,
      slotAt: 5,
      sent: { outcome: 'delivered', at: 1, attempts: 1, repeats: 0 } as const,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    expect(parseWakeUpCall(JSON.parse(JSON.stringify(toMessageBody(full))))).toEqual({
      ok: true,
      value: full,
    });
  });

  it('has a message id that fits the broker and never parses as JSON', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (version, hop) => {
        const id = messageIdOf({ ...call, version, hop });
        expect(id.length).toBeLessThanOrEqual(128);
        expect(() => JSON.parse(id)).toThrow();
      }),
    );
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
          sent: fc.anything(),
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
