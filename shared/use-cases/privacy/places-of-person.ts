import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { bareNamesOf, believedAccount, isSamePerson, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';

/** Where something of a person lies: a conversation of theirs, or a group that knows them. */
export interface PlaceOfPerson {
  readonly key: ConversationKey;
  /** Absent where nothing but leftovers of a record may lie. */
  readonly conversation?: Conversation;
  /** Of a thread: the place that it belongs to. */
  readonly place?: Conversation;
}

export interface PlacesOfPersonDeps {
  readonly conversations: Pick<ConversationStore, 'findConversation'>;
  readonly addressees: Pick<AddresseeStore, 'findAddressee' | 'everyPlace' | 'earlierKeys'>;
  readonly personalData: Pick<PersonalData, 'conversationsOf'>;
  readonly vouching: Vouching;
}

/**
 * Everywhere that something is stored about whoever is meant by `accounts`, as they are sighted in `here`: on this channel,
 * and in every conversation of the addressee, on whichever channel.
 * Where nobody vouches for them that is `here` alone. Leads by an id are followed, and each record that they lead to is
 * judged, that of the addressee where a conversation has none of its own any more: another one's personal conversation stays
 * another one's, whatever its record claims.
 */
export type PlacesOfPerson = (
  here: Conversation,
  accounts: readonly ChannelAccount[],
) => Promise<readonly PlaceOfPerson[]>;

/** Throws `StoreUnavailable`. */
export function placesOfPerson({
  conversations,
  addressees,
  personalData,
  vouching,
}: PlacesOfPersonDeps): PlacesOfPerson {
  return async (here, accounts) => {
    const places: PlaceOfPerson[] = [{ key: here.key, conversation: here }];
    const believed = accounts.flatMap((account) => believedAccount(account, here, vouching) ?? []);
    const proofs = believed.flatMap((account) => proofsOf(account, here, vouching));
    const leads = new Set<ConversationKey>();
    for (const name of new Set(believed.flatMap(bareNamesOf))) {
      for (const key of await personalData.conversationsOf(name)) leads.add(key);
    }
    leads.delete(here.key);
    for (const key of leads) {
      const { record, belongsTo } = await addressees.findAddressee(key);
      const judged = record ?? (belongsTo && (await conversations.findConversation(belongsTo)));
      if (judged === undefined) places.push({ key });
      else if (!isTheirs(judged)) continue;
      else if (record !== undefined) places.push({ key, conversation: record });
      else if (judged.conversationType === 'personal') places.push({ key });
      // Of a thread nothing is left but what its members answered to what was told there before it was its place's.
      else places.push({ key, place: judged });
    }
    // What lies with an addressee is theirs in all of their conversations, each of which leads there.
    const known = new Set(places.map(({ key }) => key));
    for (const { key, conversation, place = conversation } of [...places]) {
      // Of a group too: under the keys of its threads lies what its members answered there before.
      const within = place === undefined || place.conversationType === 'personal' ? {} : { place };
      for (const other of await otherKeysOf(key)) {
        if (!known.has(other)) places.push({ key: other, ...within });
        known.add(other);
      }
    }
    return places;

    function isTheirs(conversation: Conversation): boolean {
      if (conversation.channelId !== here.channelId) return false;
      // A group's members are told apart by their ids within it, which the channel vouches for.
      if (conversation.conversationType !== 'personal') return true;
      return isSamePerson(proofsOf(conversation.user, conversation, vouching), proofs);
    }
  };

  /** All conversations, also those beyond the most that a reach names; and the keys under which they were told before. */
  async function otherKeysOf(addressee: ConversationKey): Promise<readonly ConversationKey[]> {
    const [{ reach }, earlier] = await Promise.all([
      addressees.findAddressee(addressee),
      addressees.earlierKeys(addressee),
    ]);
    if (reach === undefined) return earlier;
    return [...reach.places.map(({ key }) => key), ...(await addressees.everyPlace(addressee)), ...earlier];
  }
}
