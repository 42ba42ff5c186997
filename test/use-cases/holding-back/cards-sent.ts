import { isJsonObject } from '../../../shared/domain/json-object.ts';
import type { OutgoingMessage } from '../../../shared/ports/delivery/messenger.ts';

/** Every text that somebody can read: those of messages, and each text of each card. Summaries are no cards. */
export function readIn(shown: readonly { readonly message: OutgoingMessage }[]): readonly string[] {
  return shown.flatMap(({ message }) => [
    ...(message.text === undefined ? [] : [message.text]),
    ...textsOf(message.card),
  ]);
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isJsonObject(value)) return [];
  if (value.type === 'TextBlock' && typeof value.text === 'string') return [value.text];
  return Object.values(value).flatMap(textsOf);
}
