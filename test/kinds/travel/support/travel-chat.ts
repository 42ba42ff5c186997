import { dialogBook } from '../../../../shared/chat/dialogs/dialog-book.ts';
import { travel } from '../../../../shared/kinds/travel/kind.ts';
import { aChat } from '../../../support/chat.ts';

export const travelBook = dialogBook(travel.dialogs ?? []);

/** Somebody with whom trips are booked. */
export function aTravelChat(options: Parameters<typeof aChat>[0] = {}) {
  return aChat({ dialogs: travelBook, ...options });
}
