import type { Content, JsonObject } from '../domain/event/notification.ts';
import type { NotificationId } from '../domain/ids.ts';
import { type DigestMember, type DigestReason, digest, memberBlock } from './digest.ts';
import type { Reader } from './entry.ts';
import { excerptOf } from './excerpt.ts';

/** A digest has so many cards at most. */
export const MOST_CARDS = 5;

/** So many members stand on one card: more are read better on the next one than further down. */
export const MOST_ON_A_CARD = 10;

/** The most members that any digest takes. */
export const MOST_MEMBERS = MOST_CARDS * MOST_ON_A_CARD;

/** Whoever is told by a digest can read at least so many characters of each text on its cards. */
export const LEAST_SHOWN = 300;

/** Lengths that texts are cut to, until all of them have room. */
const LENGTHS = [2000, 1000, 600, LEAST_SHOWN];

/** One card with more text than this is read better as several. */
const LONGEST_CARD = 8000;

/** Of the channel's limit, so much is used: names and times of another locale are longer than those measured. */
const SHARE_OF_LIMIT = 0.9;

/** Stands for the digest's id, which follows from who is in it. */
const ID = 'x'.repeat(43) as NotificationId;

/** A member before it has a place: with its whole text. */
export type Candidate = DigestMember & { readonly text: string };

export interface Room {
  readonly most: number;
  /** 1 where nothing is shown side by side. */
  readonly cards: number;
  /** How much of `most` a message takes. */
  weigh(content: Content): number;
}

/**
 * The data of a digest that fits its channel and shows at least the first 300 characters of each member.
 *
 * @param members oldest first, `MOST_MEMBERS` at most: as many of them as have room are in it, and the `needed` one
 * @returns the data without the digest's id, and who is in it, newest first
 */
export function packDigest(
  reason: DigestReason,
  members: readonly Candidate[],
  { room, reader, needed }: { readonly room: Room; readonly reader: Reader; readonly needed: NotificationId },
): { readonly data: JsonObject; readonly taken: readonly DigestMember[] } {
  let candidates = members;
  for (;;) {
    const newestFirst = candidates.toReversed();
    for (const length of LENGTHS) {
      const taken = place(
        newestFirst.map((member) => shortened(member, length)),
        room,
      );
      const data = { reason, members: taken };
      if (taken !== undefined && fits({ ...data, id: ID }, room, reader)) {
        return { data, taken };
      }
    }
    const dropped = candidates.findLastIndex(({ notification }) => notification !== needed);
    // The last one goes by itself, and is cut there.
    if (candidates.length <= 1 || dropped < 0)
      return { data: { reason, members: candidates }, taken: candidates };
    candidates = candidates.toSpliced(dropped, 1);
  }
}

/** Gives each member its card; `undefined` when they have no room at this length. */
function place(members: readonly Candidate[], room: Room): readonly DigestMember[] | undefined {
  const length = members.reduce((sum, { text }) => sum + text.length, 0);
  if (room.cards === 1 || (members.length <= MOST_ON_A_CARD && length <= LONGEST_CARD)) return members;
  const capacity = (room.most * SHARE_OF_LIMIT) / room.cards;
  const placed: DigestMember[] = [];
  let card = 0;
  let count = 0;
  let used = 0;
  for (const member of members) {
    const weight = room.weigh({ card: memberBlock(member, member.kind) });
    if (count === MOST_ON_A_CARD || (count > 0 && used + weight > capacity)) {
      card += 1;
      count = 0;
      used = 0;
    }
    if (card === room.cards) return undefined;
    placed.push(card === 0 ? member : { ...member, card });
    count += 1;
    used += weight;
  }
  return placed;
}

function fits(data: JsonObject, room: Room, reader: Reader): boolean {
  return room.weigh(digest.render(data, reader)) <= room.most * SHARE_OF_LIMIT;
}

function shortened(member: Candidate, length: number): Candidate {
  const { text, isCut } = excerptOf(member.text, length);
  return isCut ? { ...member, text, hasMore: true } : member;
}
