import {
  type Conversation,
  isReachable,
  keyOf,
  type Reachable,
} from '../../domain/conversation/conversation.ts';
import {
  isPlain,
  type PersonalPlace,
  placeKeyOf,
  type Reach,
  reachOf,
  reopened,
  toldIn,
  withChoice,
  withGone,
} from '../../domain/conversation/reach.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { ReachDeps } from './meet-addressee.ts';

/** What changes about where somebody is told. */
export interface Move {
  /** A conversation that the channel has opened with them. */
  readonly opened?: Reachable;
  /** Which of their conversations the channel does not know any more. */
  readonly isGone?: (place: PersonalPlace) => boolean;
  /** Nothing else is left: also one that only answers will do. */
  readonly takesAny?: true;
  /** The one that they want to be told in. */
  readonly chosen?: ConversationKey;
}

/**
 * Changes where an addressee is told, and gives the record of before and after; `undefined` for nobody who is known.
 *
 * Order of writes: what leads to each conversation -> which there are -> the record. Throws `StoreUnavailable`; repeating it
 * is harmless.
 */
export type MoveReach = (
  addressee: ConversationKey,
  move: Move,
) => Promise<{ readonly before: Conversation; readonly after: Conversation } | undefined>;

export function moveReach(deps: ReachDeps): MoveReach {
  return (addressee, move) =>
    untilWritten('move addressee', async () => {
      const { record, reach, tag } = await deps.addressees.findAddressee(addressee);
      if (record === undefined) return undefined;
      const { opened, chosen } = move;
      const before = reach ?? reachOf(record);
      const next = after(before, move);
      const place = toldIn(next);
      const told = place?.key;
      const isOpen = place?.kind === 'default' || place?.kind === 'ordinary' || told === next.chosen;
      const isAway = opened === undefined && chosen === undefined;
      // Nobody is known to be told elsewhere: the channel is asked first.
      if (isAway && (told === undefined || !(isOpen || move.takesAny === true))) {
        return { before: record, after: record };
      }
      if (!isPlain(next, addressee) && (next !== before || reach === undefined)) {
        // Beside each other what leads to them stays; alone the record says it.
        if (isReachable(record)) await deps.addressees.keepPlace(addressee, record);
        if (opened !== undefined) await deps.addressees.keepPlace(addressee, opened);
        if ((await deps.addressees.saveReach(addressee, next, tag)) === 'lost') return LOST;
      }
      const isThere = told === undefined || told === placeKeyOf(record);
      const isOpened = opened !== undefined && told === keyOf(opened);
      if (isThere && !isOpened && chosen === undefined) return { before: record, after: record };
      const elsewhere = isThere ? record : await deps.addressees.findPlace(addressee, told);
      const source = isOpened ? opened : elsewhere;
      if (source === undefined) return { before: record, after: record };
      const { capturedAt, suppressed } = record;
      const { suppressed: _before, ...leading } = source;
      // What holds for the person stays; that a conversation was gone held for that one.
      const stays = suppressed === undefined || suppressed === 'gone' ? {} : { suppressed };
      const now = deps.clock.now();
      const moved: Conversation = { ...leading, ...stays, key: addressee, capturedAt, changedAt: now };
      if (!isThere || isOpened) await deps.conversations.saveConversation(moved);
      return { before: record, after: moved };
    });
}

function after(reach: Reach, { opened, isGone = () => false, chosen }: Move): Reach {
  const gone = withGone(reach, isGone);
  const open =
    opened === undefined ? gone : reopened(gone, { key: keyOf(opened), channelId: opened.channelId }, isGone);
  return chosen === undefined || open.chosen === chosen ? open : withChoice(open, chosen);
}
