import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromQueue } from '../../../functions/cloud-event-binding.ts';
import { fromRequest } from '../../../functions/cloud-event-request.ts';
import { messageIdOf } from '../../../shared/domain/delivery/wake-up-call.ts';
import { walkName } from '../../../shared/domain/event/job.ts';
import { parseTopic } from '../../../shared/domain/event/topic.ts';
import { conversationKey, notificationId, tenantKey } from '../../../shared/domain/ids.ts';
import { catalog } from '../../../shared/kinds/catalog.ts';
import { checkEvent } from '../../../shared/use-cases/intake/check-event.ts';
import { unknownLabel } from '../../../shared/use-cases/intake/park-unknown.ts';
import { snoozedId } from '../../../shared/use-cases/intake/snooze-notification.ts';

const data = { to: { everyone: true }, text: 'hi' };
const good = { specversion: '1.0', id: '1', source: 'urn:s', type: 'notification.requested', data };

/** Everything that an event can come by, as the one envelope that is checked. */
const entrances: readonly (readonly [
  string,
  (envelope: typeof good & { readonly subject?: string }) => unknown,
])[] = [
  ['the queue, structured', (envelope) => fromQueue(envelope, undefined).envelope],
  [
    'the queue, binary',
    ({ data: body, ...attributes }) => {
      const properties = Object.entries(attributes).map(([name, value]) => [`cloudEvents:${name}`, value]);
      return fromQueue(body, { applicationProperties: Object.fromEntries(properties) }).envelope;
    },
  ],
  ['HTTP, structured', (envelope) => overHttp({ 'content-type': 'application/cloudevents+json' }, envelope)],
  [
    'HTTP, batched',
    (envelope) => overHttp({ 'content-type': 'application/cloudevents-batch+json' }, [envelope]),
  ],
  [
    'HTTP, binary',
    ({ data: body, ...attributes }) => {
      const headers = Object.entries(attributes).map(([name, value]) => [
        `ce-${name}`,
        encodeURIComponent(value),
      ]);
      return overHttp({ 'content-type': 'application/json', ...Object.fromEntries(headers) }, body);
    },
  ],
];

function overHttp(headers: Readonly<Record<string, string>>, body: unknown): unknown {
  const read = fromRequest(Object.entries(headers), JSON.stringify(body));
  return read.ok ? read.value[0] : expect.fail(JSON.stringify(read.faults));
}

/** Letters of few kinds, so that parts run together in every way that they can. */
const tricky = fc.string({
  unit: fc.constantFrom('a', 'b', '\n', ':', '.', '/', '\u0000', '\ufffd', '\ud800'),
  maxLength: 6,
});

describe.each(entrances)('by %s', (_name, enter) => {
  it.each(['id', 'source', 'type', 'subject'])(
    'control characters in "%s" are refused, each of them',
    (attribute) => {
      for (const code of [
        ...Array.from({ length: 32 }, (_code, index) => index),
        ...Array.from({ length: 33 }, (_code, index) => 127 + index),
      ]) {
        const value = `x${String.fromCharCode(code)}y`;
        const checked = checkEvent(enter({ ...good, [attribute]: value }), { at: 0 }, catalog);
        const hex = code.toString(16).toUpperCase().padStart(4, '0');
        expect(checked.ok ? [] : checked.faults, hex).toEqual([
          { path: attribute, message: expect.stringContaining(`it has U+${hex} at character 2`) },
        ]);
      }
    },
  );

  it('events of different source and id are different notifications', () => {
    fc.assert(
      fc.property(tricky, tricky, tricky, tricky, (source, id, otherSource, otherId) => {
        fc.pre(source !== otherSource || id !== otherId);
        const wellFormed = [source, id, otherSource, otherId].every((text) => text.isWellFormed());
        // `encodeURIComponent` and UTF-8 take none of these.
        fc.pre(wellFormed);
        const [one, other] = [
          { ...good, source, id },
          { ...good, source: otherSource, id: otherId },
        ].map((envelope) => checkEvent(enter(envelope), { at: 0 }, catalog));
        if (one?.ok && other?.ok) expect(one.notification.id).not.toBe(other.notification.id);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an id', () => {
  it('that is no Unicode, or was made of bytes that were none, is refused: different ones would be alike', () => {
    for (const id of ['a\ud800', '\udc00', 'a\ufffd']) {
      const checked = checkEvent({ ...good, id }, { at: 0 }, catalog);
      expect(checked.ok ? [] : checked.faults.map(({ path }) => path)).toEqual(['id']);
    }
    expect(checkEvent({ ...good, subject: 'a\ufffd' }, { at: 0 }, catalog).ok).toBe(true);
  });

  it('that came as a number counts only where no digit was lost on its way', () => {
    const idOf = (id: number) => {
      const applicationProperties = { 'cloudEvents:id': id, 'cloudEvents:source': 's' };
      const { envelope } = fromQueue(data, { applicationProperties });
      return Reflect.get(Object(envelope), 'id');
    };
    expect(idOf(1482)).toBe('1482');
    for (const lossy of [2 ** 53, 1e21, 0.1, Number.NaN]) expect(idOf(lossy)).toBeUndefined();
  });

  it('has at most 1024 characters, and says so', () => {
    const checked = checkEvent({ ...good, id: 'x'.repeat(1025) }, { at: 0 }, catalog);
    expect(checked.ok ? [] : checked.faults).toEqual([
      { path: 'id', message: 'must have at most 1024 characters; it has 1025' },
    ]);
    expect(checkEvent({ ...good, id: 'x'.repeat(1024) }, { at: 0 }, catalog).ok).toBe(true);
  });
});

/** Everything that is named by several parts, or by a text of somebody's. */
describe('no two different things have one name:', () => {
  const few = fc.constantFrom('a', 'b', 'c:d', 'd');
  const notification = few.map((id) => notificationId('s', id));
  const conversation = few.map((id) => conversationKey('c', id));
  const topic = fc.constantFrom('a', 'a/b', 'b').map((text) => {
    const read = parseTopic(text);
    return read.ok ? read.value : expect.fail(text);
  });
  const group = fc.oneof(
    fc.constant({ kind: 'everyone' as const }),
    topic.map((of) => ({ kind: 'topic' as const, topic: of })),
    few.map((key) => ({ kind: 'kept' as const, audience: 'readers', field: 'note', key })),
  );
  const tenant = few.map((tenantId) => tenantKey({ tenantId, channelId: 'c' }));
  const recipient = fc.oneof(
    tricky.map((user) => ({ user })),
    tricky.map((of) => ({ conversation: of })),
  );

  function differ<T>(things: fc.Arbitrary<T>, nameOf: (thing: T) => string): void {
    fc.assert(
      fc.property(things, things, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(nameOf(one)).not.toBe(nameOf(other));
      }),
      { numRuns: 1000 },
    );
  }

  it('calls', () => {
    const call = fc.record({ notification, conversation, version: fc.nat(20), hop: fc.nat(20) });
    differ(call, messageIdOf);
  });

  it('walks', () => differ(fc.record({ group, tenant }), walkName));

  it('notifications that were put off', () =>
    differ(fc.record({ notification, conversation }), (of) => snoozedId(of.notification, of.conversation)));

  it('recipients whom nobody knows', () => differ(recipient, unknownLabel));
});
