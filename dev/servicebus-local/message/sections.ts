import { type Compound, DecodeError, endOfValue, readCompound, readInteger, readText } from './codec.ts';

/** Descriptor codes of the sections of an AMQP message, in the order in which they may stand. */
export const sectionCode = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
  sequence: 0x76,
  value: 0x77,
  footer: 0x78,
} as const;

/** One section: it begins at `start`, its value (behind the descriptor) at `value`, and ends before `end`. */
export interface Section {
  readonly code: number;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

const codeByName = new Map([
  ['amqp:header:list', sectionCode.header],
  ['amqp:delivery-annotations:map', sectionCode.deliveryAnnotations],
  ['amqp:message-annotations:map', sectionCode.messageAnnotations],
  ['amqp:properties:list', sectionCode.properties],
  ['amqp:application-properties:map', sectionCode.applicationProperties],
  ['amqp:data:binary', sectionCode.data],
  ['amqp:amqp-sequence:list', sectionCode.sequence],
  ['amqp:amqp-value:*', sectionCode.value],
  ['amqp:footer:map', sectionCode.footer],
]);

/** All sections of an encoded message. Throws `DecodeError` for bytes that are not one. */
export function scanSections(wire: Buffer): Section[] {
  const sections: Section[] = [];
  let at = 0;
  while (at < wire.length) {
    if (wire[at] !== 0x00) throw new DecodeError('A value without a descriptor where a section belongs', at);
    const value = endOfValue(wire, at + 1);
    const code = readInteger(wire, at + 1) ?? codeByName.get(readText(wire, at + 1) ?? '');
    if (code === undefined || code < sectionCode.header || code > sectionCode.footer) {
      throw new DecodeError('An unknown section', at);
    }
    const end = endOfValue(wire, value);
    sections.push({ code, start: at, value, end });
    at = end;
  }
  return sections;
}

/** One entry of a map: the key begins at `start`, the value at `value`; the next entry begins at `end`. */
export interface MapEntry {
  /** The key when it is a string or symbol, else an empty string. */
  readonly key: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

/** The entries of the map at `at`, in their order. */
export function scanMap(wire: Buffer, at: number): { compound: Compound; entries: MapEntry[] } {
  const compound = readCompound(wire, at);
  const entries: MapEntry[] = [];
  let start = compound.start;
  for (let left = compound.count; left >= 2; left -= 2) {
    const value = endOfValue(wire, start);
    const end = endOfValue(wire, value);
    entries.push({ key: readText(wire, start) ?? '', start, value, end });
    start = end;
  }
  return { compound, entries };
}

/** Where each item of the list at `at` begins; the last element is the end of the list. */
export function scanList(wire: Buffer, at: number): number[] {
  const { count, start, end } = readCompound(wire, at);
  const offsets: number[] = [];
  let next = start;
  for (let item = 0; item < count; item += 1) {
    offsets.push(next);
    next = endOfValue(wire, next);
  }
  offsets.push(end);
  return offsets;
}
