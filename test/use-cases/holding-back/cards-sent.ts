import type { Content } from '../../../shared/domain/event/notification.ts';
import { textsOn } from '../../support/reading.ts';

/** Every text that somebody can read: those of messages, and each text of each card. Summaries are no cards. */
export function readIn(shown: readonly { readonly message: Content }[]): readonly string[] {
  return shown.flatMap(({ message }) => [
    ...(message.text === undefined ? [] : [message.text]),
    ...textsOn(message.card),
  ]);
}
