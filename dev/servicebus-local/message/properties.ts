import { encodeSection, encodeString } from './codec.ts';
import { type Message, parseMessage } from './message.ts';
import { scanMap, scanSections, sectionCode } from './sections.ts';

/** Application properties to set: name to encoded AMQP value. */
export type PropertyChanges = ReadonlyMap<string, Buffer>;

/** The message with these application properties added or replaced; all other bytes stay as they are. */
export function withProperties(message: Message, changes: PropertyChanges | undefined): Message {
  if (!changes || changes.size === 0) return message;
  const { wire } = message;
  const sections = scanSections(wire);
  const section = sections.find(({ code }) => code === sectionCode.applicationProperties);
  const items: Buffer[] = [];
  for (const { key, start, value, end } of section ? scanMap(wire, section.value).entries : []) {
    if (!changes.has(key)) items.push(wire.subarray(start, value), wire.subarray(value, end));
  }
  for (const [name, value] of changes) items.push(encodeString(name), value);
  const at =
    section?.start ?? sections.find(({ code }) => code > sectionCode.properties)?.start ?? wire.length;
  const rewritten = encodeSection(sectionCode.applicationProperties, 0xd1, items);
  return parseMessage(Buffer.concat([wire.subarray(0, at), rewritten, wire.subarray(section?.end ?? at)]));
}
