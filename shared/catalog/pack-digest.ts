import type { Content, JsonObject } from '../domain/event/notification.ts';
import type { NotificationId } from '../domain/ids.ts';
import { type DigestMember, type DigestReason, digest } from './digest.ts';
import type { Reader } from './entry.ts';
import { excerptOf } from './excerpt.ts';

/** A digest takes so many members at most: a card that is longer is not read. */
export const MOST_MEMBERS = 50;

/** Whoever is told by a digest can read at least so many characters of each text on its cards. */
const LEAST_SHOWN = 300;

/** Lengths that texts are cut to, until all of them have room. */
const LENGTHS = [1000, 600, LEAST_SHOWN];

/** Characters of a card that is still read with ease: where there are more, texts are cut shorter. */
const LONGEST_CARD = 8000;

/** Of the channel's limit, so much is used: names and times of another locale are longer than those measured. */
const SHARE_OF_LIMIT = 0.9;

/** Stands for the digest's id, which follows from who is in it. */
const ID = 'x'.repeat(43) as NotificationId;

/** A member before it has a place: with its whole text. */
export type Candidate = DigestMember & { readonly text: string };

export interface Room {
  readonly most: number;
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
    for (const length of LENGTHS) {
      const taken = candidates.map((member) => shortened(member, length)).toReversed();
      const data = { reason, members: taken };
      const isLong = taken.reduce((sum, { text }) => sum + text.length, 0) > LONGEST_CARD;
      if (isLong && length > LEAST_SHOWN) continue;
      if (fits({ ...data, id: ID }, room, reader)) return { data, taken };
    }
    const dropped = candidates.findLastIndex(({ notification }) => notification !== needed);
    // The last one goes by itself, and is cut there.
    if (dropped < 0) return { data: { reason, members: candidates }, taken: candidates };
    candidates = candidates.toSpliced(dropped, 1);
  }
}

function fits(data: JsonObject, room: Room, reader: Reader): boolean {
  return room.weigh(digest.render(data, reader)) <= room.most * SHARE_OF_LIMIT;
}

function shortened(member: Candidate, length: number): Candidate {
  const { text, isCut } = excerptOf(member.text, length);
  return isCut ? { ...member, text, hasMore: true } : member;
}
