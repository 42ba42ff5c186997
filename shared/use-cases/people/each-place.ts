import { type Conversation, placeName } from '../../domain/conversation/conversation.ts';
import { placeKeyOf } from '../../domain/conversation/reach.ts';
import type { TurnPlace } from '../../domain/conversation/turn-state.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { toIso } from '../../domain/time.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';

const AT_ONCE = 16;

/** Describes every conversation of an addressee, not only where they are told. Reads only. */
export function eachPlace(deps: {
  readonly addressees: Pick<AddresseeStore, 'findAddressee' | 'findPlace'>;
  readonly turns: Pick<TurnStore, 'loadTurns'>;
}) {
  return { placesOf, dialogsOf };

  /** Of a person with several conversations each of them, by the key that the channel's id gives it. */
  async function placesOf(one: Conversation, told: ConversationKey): Promise<readonly JsonObject[]> {
    const isTold = one.conversationType === 'personal' && one.key === told;
    const { reach } = await deps.addressees.findAddressee(one.key);
    if (reach === undefined) return [placeOf(one, isTold)];
    const leading = placeKeyOf(one);
    const each = await inParallel(reach.places, AT_ONCE, async ({ key, isGone }) => {
      const record = key === leading ? one : await deps.addressees.findPlace(one.key, key);
      if (record === undefined) return [];
      const place = placeOf({ ...record, key }, isTold && key === leading);
      return [isGone === true ? { ...place, suppressed: 'gone' } : place];
    });
    return each.flat();
  }

  /** Dialogs stay where they were begun. */
  async function dialogsOf(addressee: ConversationKey): Promise<readonly JsonObject[]> {
    const { reach } = await deps.addressees.findAddressee(addressee);
    const others = (reach?.places ?? []).flatMap(({ key }) => (key === addressee ? [] : [key]));
    const places = [
      { conversation: addressee },
      ...others.map((within) => ({ conversation: addressee, within })),
    ];
    const each = await inParallel(places, AT_ONCE, async (place: TurnPlace) => {
      const { state } = await deps.turns.loadTurns(place);
      const open = [
        ...(state.dialog === undefined ? [] : [{ name: state.dialog.name, title: state.dialog.title }]),
        ...state.interruptions.map(({ notification, pushedAt }) => ({
          notification,
          since: toIso(pushedAt),
        })),
      ];
      const conversation = place.within ?? addressee;
      return open.map((one) => ({ ...one, lastSpokenAt: toIso(state.spokeAt), conversation }));
    });
    return each.flat();
  }
}

function placeOf(one: Conversation, isTold: boolean): JsonObject {
  return {
    key: one.key,
    channelId: one.channelId,
    conversationType: one.conversationType,
    name: placeName(one),
    conversationId: one.conversationId,
    suppressed: one.suppressed,
    isTold,
    knownSince: toIso(one.capturedAt),
  };
}
