import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { PlaceOfPerson } from './places-of-person.ts';

/**
 * Of the conversations of a person, what leads to those on other channels than the one where they ask, by their keys: there
 * they go by other ids. Throws `StoreUnavailable`.
 */
export async function recordsElsewhere(
  addressees: Pick<AddresseeStore, 'findAddressee' | 'findPlace' | 'everyPlace'>,
  places: readonly PlaceOfPerson[],
  here: string,
): Promise<ReadonlyMap<ConversationKey, Conversation>> {
  const found = new Map<ConversationKey, Conversation>();
  for (const { key } of places) {
    const { reach } = await addressees.findAddressee(key);
    if (reach === undefined) continue;
    const named = new Map(reach.places.map((place) => [place.key, place.channelId]));
    for (const place of new Set([...named.keys(), ...(await addressees.everyPlace(key))])) {
      if (named.get(place) === here) continue;
      const record = await addressees.findPlace(key, place);
      if (record !== undefined && record.channelId !== here) found.set(place, record);
    }
  }
  return found;
}
