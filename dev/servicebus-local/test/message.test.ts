import fc from 'fast-check';
import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { encodeValue } from '../amqp/rhea-internals.ts';
import { batchFormat, parseTransfer } from '../message/batch.ts';
import { DecodeError, encodeString } from '../message/codec.ts';
import { encodeDelivery } from '../message/delivery.ts';
import { parseMessage } from '../message/message.ts';
import { withProperties } from '../message/properties.ts';
import { scanSections, sectionCode } from '../message/sections.ts';
import type { StoredMessage } from '../queue/stored-message.ts';

const { message: codec } = rhea;

function stored(wire: Buffer, more: Partial<StoredMessage> = {}): StoredMessage {
  return {
    message: parseMessage(wire),
    sequence: 7,
    enqueuedSequence: 5,
    enqueuedAt: 1_700_000_000_123,
    dueAt: 0,
    expiresAt: Number.POSITIVE_INFINITY,
    deliveryCount: 2,
    state: 'active',
    lock: undefined,
    deadLetterSource: undefined,
    ...more,
  };
}

function sections(wire: Buffer, ...codes: number[]): Buffer[] {
  return scanSections(wire)
    .filter(({ code }) => codes.includes(code))
    .map(({ start, end }) => wire.subarray(start, end));
}

const name = fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' });
const value = fc.oneof(
  fc.string({ maxLength: 400, unit: 'grapheme' }),
  fc.integer(),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);
const map = fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true });
const content = fc.oneof(
  fc.uint8Array({ maxLength: 1000 }).map((bytes) => codec.data_section(Buffer.from(bytes))),
  fc
    .array(
      fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
      { minLength: 2, maxLength: 3 },
    )
    .map(codec.data_sections),
  fc.array(value, { maxLength: 4 }).map(codec.sequence_section),
  value,
);
const anyMessage = fc.record(
  {
    message_id: fc.oneof(fc.string({ minLength: 1 }), fc.nat()),
    correlation_id: fc.string(),
    content_type: fc.stringMatching(/^[a-z+/]{1,20}$/),
    subject: fc.string({ maxLength: 300 }),
    durable: fc.boolean(),
    priority: fc.integer({ min: 0, max: 9 }),
    application_properties: map,
    message_annotations: map,
    delivery_annotations: map,
    footer: map,
    body: content,
  },
  { requiredKeys: ['message_id', 'body'] },
);

/** What the sender wrote and the broker must not touch. */
const untouched = [
  sectionCode.deliveryAnnotations,
  sectionCode.properties,
  sectionCode.applicationProperties,
  sectionCode.data,
  sectionCode.sequence,
  sectionCode.value,
  sectionCode.footer,
];

describe('a message on its way through', () => {
  it('keeps every section that the sender wrote, byte for byte', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const wire = codec.encode(message);
        const delivered = encodeDelivery(stored(wire), 1_700_000_060_000);
        expect(sections(delivered, ...untouched)).toEqual(sections(wire, ...untouched));
        expect(codec.decode(delivered).message_annotations).toMatchObject(
          codec.decode(wire).message_annotations ?? {},
        );
      }),
      { numRuns: 200 },
    );
  });

  it('gets what the broker knows, in the types of Service Bus', () => {
    const wire = codec.encode({ body: 'x', message_id: 'm', ttl: 5000, durable: true });
    const more = { expiresAt: 1_700_000_005_123, state: 'deferred', deadLetterSource: 'q' } as const;
    const delivered = codec.decode(encodeDelivery(stored(wire, more), 1_700_000_060_000));
    expect(delivered).toMatchObject({
      durable: true,
      priority: 4,
      ttl: 5000,
      first_acquirer: false,
      delivery_count: 2,
      message_annotations: {
        'x-opt-sequence-number': 7,
        'x-opt-enqueue-sequence-number': 5,
        'x-opt-enqueued-time': new Date(1_700_000_000_123),
        'x-opt-locked-until': new Date(1_700_000_060_000),
        'x-opt-message-state': 1,
        'x-opt-deadletter-source': 'q',
      },
    });
  });

  it('loses the broker’s annotations of an earlier delivery', () => {
    const message_annotations = {
      'x-opt-sequence-number': 99,
      'x-opt-locked-until': new Date(0),
      'x-opt-partition-key': 'p',
    };
    const wire = codec.encode({ body: 'x', message_id: 'm', message_annotations });
    const delivered = codec.decode(encodeDelivery(stored(wire), undefined));
    expect(delivered.message_annotations).toEqual({
      'x-opt-sequence-number': 7,
      'x-opt-enqueue-sequence-number': 5,
      'x-opt-enqueued-time': new Date(1_700_000_000_123),
      'x-opt-message-state': 0,
      'x-opt-partition-key': 'p',
    });
  });

  it.each([
    ['no properties', { body: 'x' }],
    ['properties without an id', { body: 'x', subject: 's', content_type: 'text/plain' }],
  ])('gets an id when it has %s', (_what, message) => {
    const parsed = parseMessage(codec.encode(message));
    expect(codec.decode(parsed.wire)).toMatchObject({ ...message, message_id: parsed.id });
    expect(parsed.id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has the same identity for ids of equal type and value only', () => {
    const id = (message_id: string | number | Buffer) =>
      parseMessage(codec.encode({ message_id, body: 1 })).id;
    expect(id('1')).toBe(id('1'));
    expect(id(1)).toBe(id(1));
    expect(id(1)).not.toBe(id('1'));
    expect(id(Buffer.alloc(16, 1))).not.toBe(id(Buffer.alloc(16, 2)));
  });
});

describe('changing application properties', () => {
  it('sets the named ones and leaves every other byte alone', () => {
    fc.assert(
      fc.property(anyMessage, map, (message, changes) => {
        const wire = codec.encode(message);
        const given = Object.entries(changes).filter(([, changed]) => changed !== null);
        const encoded = new Map(given.map(([key, changed]) => [key, encodeValue(changed)]));
        const changed = withProperties(parseMessage(wire), encoded).wire;
        const others = untouched.filter((code) => code !== sectionCode.applicationProperties);
        expect(sections(changed, ...others)).toEqual(sections(wire, ...others));
        const expected = { ...codec.decode(wire).application_properties };
        for (const [key, bytes] of encoded) expected[key] = codec.decode(asBody(bytes)).body;
        expect({ ...codec.decode(changed).application_properties }).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('makes the section when there was none', () => {
    const changes = new Map([['a', encodeString('b')]]);
    const { wire } = withProperties(parseMessage(codec.encode({ message_id: 'm', body: 1 })), changes);
    expect(codec.decode(wire)).toMatchObject({
      message_id: 'm',
      body: 1,
      application_properties: { a: 'b' },
    });
  });
});

function asBody(encodedValue: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x00, 0x53, sectionCode.value), encodedValue]);
}

describe('a transfer', () => {
  it('is one message, or a batch of complete ones', () => {
    const inner = ['a', 'b'].map((message_id) => codec.encode({ message_id, body: message_id }));
    const batch = codec.encode({ body: codec.data_sections(inner), message_id: 'a' });
    expect(parseTransfer(batch, batchFormat).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(parseTransfer(inner[0] ?? Buffer.alloc(0), 0).map(({ id }) => id)).toEqual(['a']);
  });

  it('is refused when it is cut short or no AMQP at all', () => {
    fc.assert(
      fc.property(
        anyMessage,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (message, part) => {
          const wire = codec.encode(message);
          const cut = wire.subarray(0, Math.floor(wire.length * part));
          if (scansAsSections(cut)) return;
          expect(() => parseTransfer(cut, 0)).toThrow(DecodeError);
        },
      ),
      { numRuns: 100 },
    );
    expect(() => parseTransfer(Buffer.from('GET / HTTP/1.1'), 0)).toThrow(DecodeError);
    expect(() => parseTransfer(Buffer.of(0x00, 0x53, 0x99, 0x40), 0)).toThrow(/unknown section/);
  });
});

/** A cut between two sections leaves a valid message. */
function scansAsSections(wire: Buffer): boolean {
  try {
    scanSections(wire);
    return true;
  } catch {
    return false;
  }
}
