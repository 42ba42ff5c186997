import { randomUUID } from 'node:crypto';
import { encodeSection, encodeString, readBoolean, readInteger, readText } from './codec.ts';
import { type Section, scanList, scanMap, scanSections, sectionCode } from './sections.ts';

/**
 * A message as the broker keeps it: the encoded sections in one buffer, and offsets into it. Nothing parsed is
 * kept, so a large backlog costs little more than its bytes, and what a sender wrote comes out byte for byte.
 */
export interface Message {
  /** All sections. Never changed in place: the journal and open deliveries refer to it. */
  readonly wire: Buffer;
  /** What duplicate detection compares: the text of the message id, or its type and bytes when it is no text. */
  readonly id: string;
  readonly durable: boolean;
  readonly priority: number;
  /** The sender's own time to live in milliseconds; `undefined` leaves it to the queue. */
  readonly ttlMs: number | undefined;
  /** When it shall become visible, in milliseconds since 1970; `undefined` for at once. */
  readonly scheduledFor: number | undefined;
  readonly deliveryAnnotations: Span;
  /** The sender's message annotations: encoded keys and values without the map around them. */
  readonly annotations: Span;
  /** Keys plus values, as the AMQP map count has it. */
  readonly annotationCount: number;
  /** From here to the end: properties, application properties, body, footer. */
  readonly bareAt: number;
}

/** Offsets into `Message.wire`; an empty one has `start === end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Annotations that the broker writes on delivery; a sender's own ones of these names are dropped. */
const brokersOwn = new Set([
  'x-opt-sequence-number',
  'x-opt-enqueued-time',
  'x-opt-enqueue-sequence-number',
  'x-opt-locked-until',
  'x-opt-message-state',
  'x-opt-deadletter-source',
]);

const nothing: Span = { start: 0, end: 0 };

/**
 * Reads an encoded message. One without an id gets one, because the client's lock renewer needs it. `wire` is kept,
 * not copied. Throws `DecodeError` when it is not an AMQP message.
 */
export function parseMessage(wire: Buffer): Message {
  const sections = scanSections(wire);
  const properties = find(sections, sectionCode.properties);
  const id = properties && readId(wire, properties);
  const clean = withoutBrokersAnnotations(wire, sections);
  if (id === undefined || clean !== wire) return parseMessage(id === undefined ? withId(clean) : clean);

  // Read once here, so that a malformed map is refused from the sender and not found when it has to be changed.
  const application = find(sections, sectionCode.applicationProperties);
  if (application) scanMap(wire, application.value);
  const annotations = find(sections, sectionCode.messageAnnotations);
  const map = annotations && scanMap(wire, annotations.value);
  const schedule = map?.entries.find(({ key }) => key === 'x-opt-scheduled-enqueue-time');
  return {
    wire,
    id,
    ...readHeader(wire, find(sections, sectionCode.header)),
    scheduledFor: schedule && readInteger(wire, schedule.value),
    deliveryAnnotations: find(sections, sectionCode.deliveryAnnotations) ?? nothing,
    annotations: map?.compound ?? nothing,
    annotationCount: map?.compound.count ?? 0,
    bareAt: sections.find(({ code }) => code >= sectionCode.properties)?.start ?? wire.length,
  };
}

function find(sections: readonly Section[], code: number): Section | undefined {
  return sections.find((section) => section.code === code);
}

function readHeader(wire: Buffer, header: Section | undefined) {
  const items = header ? scanList(wire, header.value) : [];
  const [durable, priority, ttl] = items.slice(0, -1);
  return {
    durable: durable === undefined ? false : (readBoolean(wire, durable) ?? false),
    priority: priority === undefined ? 4 : (readInteger(wire, priority) ?? 4),
    ttlMs: ttl === undefined ? undefined : readInteger(wire, ttl),
  };
}

function readId(wire: Buffer, properties: Section): string | undefined {
  const [first, end] = scanList(wire, properties.value);
  if (first === undefined || end === undefined || wire[first] === 0x40) return undefined;
  return readText(wire, first) ?? `\0${wire.toString('hex', first, end)}`;
}

function withId(wire: Buffer): Buffer {
  const sections = scanSections(wire);
  const properties = find(sections, sectionCode.properties);
  const items = properties ? scanList(wire, properties.value) : [];
  const others: Buffer[] = [];
  for (let index = 1; index + 1 < items.length; index += 1) {
    others.push(wire.subarray(items[index], items[index + 1]));
  }
  const id = encodeString(randomUUID().replaceAll('-', ''));
  const section = encodeSection(sectionCode.properties, 0xd0, [id, ...others]);
  const before = properties ?? sections.find(({ code }) => code > sectionCode.properties);
  const at = before?.start ?? wire.length;
  return Buffer.concat([wire.subarray(0, at), section, wire.subarray(properties?.end ?? at)]);
}

function withoutBrokersAnnotations(wire: Buffer, sections: readonly Section[]): Buffer {
  const section = find(sections, sectionCode.messageAnnotations);
  if (!section) return wire;
  const { entries } = scanMap(wire, section.value);
  const kept = entries.filter(({ key }) => !brokersOwn.has(key));
  if (kept.length === entries.length) return wire;
  const items = kept.flatMap(({ start, value, end }) => [
    wire.subarray(start, value),
    wire.subarray(value, end),
  ]);
  const rewritten = encodeSection(sectionCode.messageAnnotations, 0xd1, items);
  return Buffer.concat([wire.subarray(0, section.start), rewritten, wire.subarray(section.end)]);
}
