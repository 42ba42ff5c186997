import { membersOf } from '../../catalog/digest.ts';
import type { Reader } from '../../catalog/entry.ts';
import { piecesOf } from '../../catalog/excerpt.ts';
import { inOneCard } from '../../catalog/one-card.ts';
import { linesOf, readableText } from '../../catalog/readable-text.ts';
import type { MissedPlace } from '../../catalog/show-all.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { messageLimit, showsCards, weightOf } from '../../domain/delivery/channel-limits.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { ToldList } from '../../ports/delivery/told-list.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { isForgotten } from '../delivery/is-cancelled.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import { type WasToldDeps, wasTold } from '../delivery/was-told.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** Characters of a page; a page of a channel that shows less at once is as much shorter. */
const MOST_ON_A_PAGE = 6000;
/** A longer text comes in pieces. */
const LONGEST_PIECE = 3000;
/** Items and cards of one page: each card is a message of its own. */
const MOST_ITEMS = 10;
const MOST_CARDS = 5;
/** Notifications that are looked at for one page, with those that are not shown any more. */
const MOST_LOOKS = 60;

/** One thing to read. */
export interface MissedItem {
  readonly kind: string;
  readonly at: Instant;
  /** Markdown, the whole of it or a piece. */
  readonly text: string;
  /** There is another piece before, or behind it. */
  readonly isContinued: boolean;
  readonly goesOn: boolean;
  /** The very card of the notification. */
  readonly card?: JsonObject;
}

export type MissedPage =
  | { readonly kind: 'page'; readonly items: readonly MissedItem[]; readonly next?: MissedPlace }
  /** Nothing is listed. */
  | { readonly kind: 'nothing' }
  /** This conversation never got it, or it is no longer kept. */
  | { readonly kind: 'no-such' };

/** @param from absent: begin with the newest of all that was missed */
export type ReadMissed = (asked: {
  readonly conversation: Conversation;
  readonly reader: Reader;
  readonly from?: MissedPlace;
}) => Promise<MissedPage>;

/**
 * Reads in full what a conversation was told in digests, and what was cut, page by page. Only what was sent to
 * this very addressee, and is still kept: what was forgotten, suppressed or has expired is passed over. What one page reads
 * is bounded. Throws `StoreUnavailable`.
 */
export function readMissed(
  deps: WasToldDeps & {
    readonly missed: Pick<ToldList, 'toldOf'>;
    readonly notifications: Pick<NotificationStore, 'findNotification'>;
    readonly particulars: ParticularsStore;
    readonly kinds: Pick<AllKinds, 'entryOf'>;
  },
): ReadMissed {
  const told = wasTold(deps);
  const withParticulars = readParticulars(deps);

  return async ({ conversation, reader, from }) => {
    const entries = await entriesFrom(conversation, from);
    const page = new Page(conversation.channelId);
    for (const [index, entry] of entries.entries()) {
      const start = index === 0 ? from : undefined;
      const { members, toldAs } = await membersIn(entry, conversation, page);
      const begin = start?.member === undefined ? 0 : members.indexOf(start.member);
      for (const member of members.slice(Math.max(0, begin))) {
        const first = member === start?.member ? start.piece : 0;
        const place = { entry, member, goesOn: from === undefined || from.goesOn };
        if (page.isFull) return page.upTo({ ...place, piece: first });
        const items = await itemsOf(member, { toldAs, conversation, reader }, page);
        for (const [piece, item] of items.entries()) {
          if (piece >= first && !page.took(item)) return page.upTo({ ...place, piece });
        }
      }
    }
    if (page.items.length > 0) return { kind: 'page', items: page.items };
    return { kind: from === undefined ? 'nothing' : 'no-such' };
  };

  async function entriesFrom(
    { key }: Conversation,
    from: MissedPlace | undefined,
  ): Promise<readonly NotificationId[]> {
    if (from?.goesOn === false) return [from.entry];
    const listed = await deps.missed.toldOf(key);
    if (from === undefined) return listed;
    const place = listed.indexOf(from.entry);
    return place < 0 ? [from.entry] : listed.slice(place);
  }

  /**
   * The members of a digest, newest first, or the message itself; none where it was not told here. With the key under which
   * the reader was told, which is another than theirs for what was told before they were known to be this one.
   */
  async function membersIn(
    entry: NotificationId,
    { key }: Conversation,
    page: Page,
  ): Promise<{ readonly members: readonly NotificationId[]; readonly toldAs: ConversationKey }> {
    if (page.isFull) return { members: [entry], toldAs: key };
    page.looks += 1;
    const notification = await deps.notifications.findNotification(entry);
    const shown = notification && (await told({ notification: entry, conversation: key }));
    if (notification === undefined || shown === undefined) return { members: [], toldAs: key };
    const members = membersOf(notification.type, notification.data);
    return {
      members: members === undefined ? [entry] : members.map(({ notification: id }) => id),
      toldAs: shown.conversation,
    };
  }

  /** What there is to read of one notification, piece by piece. */
  async function itemsOf(
    id: NotificationId,
    about: {
      readonly toldAs: ConversationKey;
      readonly conversation: Conversation;
      readonly reader: Reader;
    },
    page: Page,
  ): Promise<readonly MissedItem[]> {
    page.looks += 1;
    const { toldAs, conversation, reader } = about;
    const [stored, result] = await Promise.all([
      deps.notifications.findNotification(id),
      deps.ledger.findOutcome({ notification: id, conversation: toldAs }),
    ]);
    // One whose outcome is not recorded yet follows the digest, which was told.
    const isShown =
      result === undefined ||
      result.outcome === Outcome.delivered ||
      result.outcome === Outcome.updated ||
      result.outcome === Outcome.unconfirmed;
    if (stored === undefined || isForgotten(stored) || !isShown) return [];
    const notification = await withParticulars(stored, toldAs);
    const entry = deps.kinds.entryOf(notification.type);
    if (entry === undefined) return [];
    const { particulars } = notification;
    const content = entry.render(
      notification.data,
      particulars === undefined ? reader : { ...reader, particulars },
    );
    const kind = entry.title(reader.locale);
    const limit = messageLimit(conversation.channelId);
    const { card } = content;
    const showsCard =
      card !== undefined &&
      showsCards(conversation.channelId) &&
      weightOf(inOneCard({ card }, kind), limit) <= limit.most;
    // The card says it all; what was said beside it stands above it.
    const text = showsCard
      ? (content.text ?? content.summary ?? linesOf(card)[0] ?? kind)
      : readableText(content, kind);
    const pieces = piecesOf(text, Math.min(LONGEST_PIECE, page.most));
    return pieces.map((piece, place) => ({
      kind,
      at: notification.time,
      text: piece,
      isContinued: place > 0,
      goesOn: place < pieces.length - 1,
      ...(showsCard && place === pieces.length - 1 ? { card } : {}),
    }));
  }
}

/** What is read for one answer, until it is full. */
class Page {
  readonly items: MissedItem[] = [];
  readonly most: number;
  looks = 0;
  #length = 0;
  #cards = 0;

  constructor(channelId: string) {
    const { most, unit } = messageLimit(channelId);
    this.most = unit === 'characters' ? Math.min(MOST_ON_A_PAGE, Math.floor(most / 2)) : MOST_ON_A_PAGE;
  }

  get isFull(): boolean {
    return this.items.length >= MOST_ITEMS || this.#cards >= MOST_CARDS || this.looks >= MOST_LOOKS;
  }

  /** Takes an item, unless it has no room. The first one always has. */
  took(item: MissedItem): boolean {
    if (this.items.length > 0 && (this.isFull || this.#length + item.text.length > this.most)) return false;
    this.items.push(item);
    this.#length += item.text.length;
    if (item.card !== undefined) this.#cards += 1;
    return true;
  }

  upTo(next: MissedPlace): MissedPage {
    return { kind: 'page', items: this.items, next };
  }
}
