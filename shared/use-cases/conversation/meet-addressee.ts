import {
  afterSeeing,
  type Conversation,
  isReachable,
  isSameRecord,
  keyOf,
  type SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import {
  isPlain,
  metIn,
  placeKeyOf,
  type Reach,
  reachOf,
  toldIn,
  withGone,
} from '../../domain/conversation/reach.ts';
import { defined } from '../../domain/defined.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore, Looked } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { Captured, Sighting } from './capture-conversation.ts';

export interface ReachDeps {
  readonly addressees: AddresseeStore;
  readonly conversations: Pick<ConversationStore, 'saveConversation'>;
  readonly clock: Clock;
}

/**
 * Remembers that an addressee was met in a conversation of theirs, and where they are told from now on.
 *
 * @param looked what was just read of them
 */
export type MeetAddressee = (
  addressee: ConversationKey,
  sighting: Sighting,
  looked?: Looked,
) => Promise<Captured>;

export function meetAddressee(deps: ReachDeps): MeetAddressee {
  return (addressee, { reference, speaker, change, is }, looked) => {
    let first = looked;
    return untilWritten('meet addressee', async () => {
      const { record, reach, tag } = first ?? (await deps.addressees.findAddressee(addressee));
      first = undefined;
      const at = keyOf(reference);
      const now = deps.clock.now();
      const isTold = record === undefined || (placeKeyOf(record) ?? at) === at;
      const before =
        reach ?? (record === undefined ? { channelId: reference.channelId, places: [] } : reachOf(record));
      // Whom the bot left here it tells on another channel.
      const isLeft = change === 'uninstalled' && isLiveBeside(before, reference.channelId);
      const known = isTold ? record : await deps.addressees.findPlace(addressee, at);
      const seen = afterSeeing(known, reference, {
        at: now,
        ...(isTold && !isLeft ? suppressionAfter(change, record) : {}),
      });
      // Whoever is met again keeps the name under which everything of theirs lies.
      const here: Conversation = seen.key === addressee ? seen : { ...seen, key: addressee };
      if (reference.conversationType !== 'personal') {
        if (here !== record) await deps.conversations.saveConversation(here);
        return { conversation: here, isNew: record === undefined };
      }
      const next = reachAfter();
      const told = toldIn(next);
      const isApart = told !== undefined && told.key !== at;
      const leading = await leadingTo(told?.key);
      if (!isPlain(next, addressee)) {
        if (isReachable(here) && here !== known) await deps.addressees.keepPlace(addressee, here);
        if (next !== before || reach === undefined) {
          if (reach === undefined && record !== undefined && isReachable(record))
            await deps.addressees.keepPlace(addressee, record);
          if ((await deps.addressees.saveReach(addressee, next, tag)) === 'lost') return LOST;
        }
      }
      if (record === undefined || !isSameRecord(record, leading)) {
        await deps.conversations.saveConversation({ ...leading, changedAt: now });
      }
      const { capturedAt } = leading;
      const conversation = isApart ? { ...here, capturedAt } : leading;
      return { conversation, isNew: record === undefined, ...(isApart ? { isApart: true as const } : {}) };

      function reachAfter(): Reach {
        if (change === 'uninstalled') {
          return isLeft ? withGone(before, ({ channelId }) => channelId === reference.channelId) : before;
        }
        if (change === 'heard' || speaker === undefined)
          return record === undefined ? metIn(before, met()) : before;
        return metIn(before, met());
      }

      function met() {
        return {
          key: at,
          channelId: reference.channelId,
          isCopilot: is === 'copilot',
          isInstalled: is === 'installed',
          isOtherBot:
            // What Copilot calls the bot says nothing of the other conversations.
            is !== 'copilot' &&
            record !== undefined &&
            record.channelId === reference.channelId &&
            record.bot.id !== reference.bot.id &&
            !isTold,
        };
      }

      /** The record from now on: it leads to where the person is told. */
      async function leadingTo(place: ConversationKey | undefined): Promise<Conversation> {
        const capturedAt = record?.capturedAt ?? here.capturedAt;
        if (record === undefined || place === at) return { ...here, ...suppressed(), capturedAt };
        const stays = place === undefined || place === placeKeyOf(record);
        const other = stays ? undefined : await deps.addressees.findPlace(addressee, place);
        const { suppressed: _before, ...rest } = { ...(other ?? record), key: addressee, capturedAt };
        return { ...rest, ...suppressed() };
      }

      function suppressed(): { readonly suppressed?: SuppressionReason } {
        if (!isLeft) return suppressionAfter(change, record);
        // That a conversation was gone held for that one.
        return record?.suppressed === 'gone' ? {} : keepsSuppression(record);
      }
    });
  };
}

/** Whether the person is told on another channel, whatever becomes of this one. */
function isLiveBeside({ places }: Reach, here: string): boolean {
  return places.some(({ channelId, isGone }) => channelId !== here && isGone !== true);
}

function suppressionAfter(
  change: Sighting['change'],
  known: Conversation | undefined,
): { readonly suppressed?: SuppressionReason } {
  if (change === 'uninstalled') return { suppressed: 'uninstalled' };
  return change === 'heard' ? keepsSuppression(known) : {};
}

function keepsSuppression(known: Conversation | undefined): { readonly suppressed?: SuppressionReason } {
  return defined({ suppressed: known?.suppressed });
}
