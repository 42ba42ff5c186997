import { readBinary } from './codec.ts';
import { type Message, parseMessage } from './message.ts';
import { scanSections, sectionCode } from './sections.ts';

/** The message format with which Service Bus clients mark several messages in one transfer. */
export const batchFormat = 0x80013700;

/**
 * The messages of one transfer. A batch is an envelope whose data sections each hold a complete encoded message;
 * the envelope's own header and properties repeat the first one's and are not used. The bytes are copied out of the
 * socket's buffer, of which they are a view.
 */
export function parseTransfer(payload: Buffer, format: number): Message[] {
  if (format !== batchFormat) return [parseMessage(Buffer.from(payload))];
  const messages: Message[] = [];
  for (const { code, value } of scanSections(payload)) {
    const inner = code === sectionCode.data ? readBinary(payload, value) : undefined;
    if (inner) messages.push(parseMessage(Buffer.from(inner)));
  }
  return messages;
}
