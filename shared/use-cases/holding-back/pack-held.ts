import type { DigestReason } from '../../catalog/digest.ts';
import type { EntryOf, Reader } from '../../catalog/entry.ts';
import { inPlainText } from '../../catalog/frame.ts';
import { type Candidate, packDigest, type Room } from '../../catalog/pack-digest.ts';
import { firstLink, readableText } from '../../catalog/readable-text.ts';
import { defined } from '../../domain/defined.ts';
import { messageLimit, showsCards, weightOf } from '../../domain/delivery/channel-limits.ts';
import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { JsonObject, Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { wordsFor } from '../../locale/words.ts';

/** One deferred delivery with what it is about. */
export interface Held {
  readonly row: DeliveryRow;
  readonly notification: Notification;
}

/** As many of them as the channel shows in one message, newest first. @param candidates oldest first */
export function packHeld(
  candidates: readonly Held[],
  {
    needed,
    reader,
    entryOf,
  }: {
    readonly needed: NotificationId;
    readonly reader: Reader & { readonly channelId: string };
    readonly entryOf: EntryOf;
  },
): { readonly members: readonly Held[]; readonly data: JsonObject } {
  const reason = reasonOf(candidates);
  const { data, taken } = packDigest(
    reason,
    candidates.map((held) => toCandidate(held, { reader, entryOf, isMixed: reason === 'mixed' })),
    { room: roomOf(reader.channelId), reader, needed },
  );
  const names = new Set(taken.map(({ notification }) => notification));
  return { data, members: candidates.filter(({ notification }) => names.has(notification.id)).toReversed() };
}

function roomOf(channelId: string): Room {
  const limit = messageLimit(channelId);
  const isWithCards = showsCards(channelId);
  return {
    most: limit.most,
    weigh: (content) => weightOf(isWithCards ? content : inPlainText(content, ''), limit),
  };
}

function reasonOf(members: readonly Held[]): DigestReason {
  const [first, ...others] = members.map(({ row }) => row.deferral ?? 'mixed');
  return first !== undefined && others.every((reason) => reason === first) ? first : 'mixed';
}

function toCandidate(
  { row, notification: { id, type, data, time, delivery, particulars } }: Held,
  {
    reader,
    entryOf,
    isMixed,
  }: { readonly reader: Reader; readonly entryOf: EntryOf; readonly isMixed: boolean },
): Candidate {
  const entry = entryOf(type);
  if (entry === undefined) throw new Error(`no catalog entry for type "${type}", although it was accepted`);
  const content = entry.render(data, particulars === undefined ? reader : { ...reader, particulars });
  const words = wordsFor(reader.locale);
  const kind = entry.title(reader.locale);
  const topic = entry.topicOf?.(data);
  const link = firstLink(content, words.cards.digest.open);
  return {
    notification: id,
    kind,
    text: readableText(content, kind),
    ...defined({ link }),
    at: time,
    ...defined({ expiresAt: delivery.expiresAt }),
    // The card itself is shown to whoever asks for all.
    ...(content.card === undefined ? {} : { hasMore: true }),
    ...(isMixed && row.deferral !== undefined ? { heldFor: row.deferral } : {}),
    ...defined({ topic }),
  };
}
