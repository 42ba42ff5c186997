import { z } from 'zod';
import type { DeferralReason } from '../domain/delivery/delivery.ts';
import type { Content, JsonObject } from '../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { localeFor, type Words, wordsFor } from '../locale/words.ts';
import type { CatalogEntry, Reader } from './entry.ts';
import { markdownLink } from './readable-text.ts';
import { check } from './schema.ts';
import { showAllCommand } from './show-all.ts';

/** The type of a digest: the app's own, no event can ask for one. */
export const DIGEST = 'notification.digest';

/** Why its members come together; `mixed` when they were held back for different reasons. */
export type DigestReason = DeferralReason | 'mixed';

/** One notification of a digest. */
export interface DigestMember {
  readonly notification: NotificationId;
  /** The catalog entry's title. */
  readonly kind: string;
  /** Markdown; absent for those that a digest of the former release only counts. */
  readonly text?: string;
  /** Where its first button leads to, if it leads to a page. */
  readonly link?: { readonly title: string; readonly url: string };
  /** When it happened. */
  readonly at: Instant;
  /** Past it, it is left out. */
  readonly expiresAt?: Instant;
  /** There is more of it than is shown here: a longer text, or a card. */
  readonly hasMore?: true;
  /** Why it was held back, where others were for another reason. */
  readonly heldFor?: DeferralReason;
  /** By which it can be muted. */
  readonly topic?: string;
}

const schema = z.object({
  reason: z.enum(['waiting', 'quiet-hours', 'burst', 'mixed']),
  /** The digest's own id, by which its buttons name it; absent in those of the former release. */
  id: z.string().exactOptional(),
  /** Others were let go with it and had no room: the next digest comes when another window is over. */
  isFull: z.literal(true).exactOptional(),
  members: z
    .array(
      z.object({
        notification: z.custom<NotificationId>(isNotificationId),
        kind: z.string(),
        text: z.string().exactOptional(),
        link: z.object({ title: z.string(), url: z.string() }).exactOptional(),
        at: z.number(),
        expiresAt: z.number().exactOptional(),
        hasMore: z.literal(true).exactOptional(),
        heldFor: z.enum(['waiting', 'quiet-hours', 'burst']).exactOptional(),
        topic: z.string().exactOptional(),
      }),
    )
    .min(1),
});

/**
 * Several notifications that were held back, as one card: newest last, as it is read, with counts by kind and the beginning of
 * the text of each. The summary, for a lock screen, names the same in one line each.
 */
export const digest: CatalogEntry = {
  type: DIGEST,
  schema,
  title: (locale) => wordsFor(locale).cards.kinds.digest,
  internal: true,
  example: {
    reason: 'waiting',
    id: 'o7rQ1mWmZ0S4k0c1a8Qe0Jw6m2s3F5nB9y7uT4vXzLk',
    members: [
      {
        notification: 'M6JBXTGxKaybKr4tCz2YHOGJ2ZSB8i5nUIYWNs-jNrk',
        kind: 'Notification',
        text: 'The canteen closes at **14:00** today.',
        at: Date.UTC(2026, 10, 23, 9, 12),
      },
      {
        notification: 'XrUVXpS6ZnMu_Id0FXH2MGzUCoc6qQGUaN8Zr4lyS9I',
        kind: 'Build finished',
        text: 'Build web #1482 failed on main',
        at: Date.UTC(2026, 10, 23, 9, 5),
        hasMore: true,
      },
    ],
  },

  plan(data) {
    const checked = check(schema, data);
    return checked.ok ? { ok: true, value: { to: [], delivery: {} } } : checked;
  },

  render(data, reader): Content {
    const { reason, id, members } = schema.parse(data);
    const shown = members.filter(({ text }) => text !== undefined).toReversed();
    const words = wordsFor(reader.locale).cards.digest;
    const title = words.title(reason, members.length);
    const kinds = countKinds(members);
    const timed = labels(shown, reader, kinds.length > 1);
    const labelOf = (member: DigestMember) =>
      member.heldFor === undefined
        ? timed(member)
        : `${timed(member)} \u00b7 ${words.heldFor[member.heldFor]}`;
    const left = members.length - shown.length;
    const more = left > 0 ? words.more(left) : undefined;
    const hasMore = more !== undefined || shown.some((member) => member.hasMore === true);
    const lines = [more, ...shown.map(({ text }) => `• ${inOneLine(text ?? '')}`)];
    return {
      summary: [title, ...lines.filter((line) => line !== undefined)].join('\n'),
      isSummaryShort: true,
      card: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.5',
        fallbackText: title,
        body: [
          { type: 'TextBlock', text: title, weight: 'Bolder', size: 'Medium', wrap: true },
          ...(kinds.length > 1
            ? [subtle(kinds.map(([kind, count]) => `${count} × ${kind}`).join(' · '), { spacing: 'None' })]
            : []),
          ...(more === undefined ? [] : [subtle(more, { separator: true, spacing: 'Medium' })]),
          ...shown.map((member) => memberBlock(member, labelOf(member))),
          ...(hasMore ? showAll(id, words) : []),
          ...muteEach(shown, words),
        ],
      },
    };
  },
};

/** The notifications that a digest is made of, newest first; `undefined` for data of any other kind. */
export function membersOf(type: string, data: JsonObject): readonly DigestMember[] | undefined {
  return type === DIGEST ? schema.parse(data).members : undefined;
}

/** The digest's data without the members that `has` says no of; the order stays. */
export function withMembers(data: JsonObject, has: (member: DigestMember) => boolean): JsonObject {
  return { ...data, members: schema.parse(data).members.filter(has) };
}

/** Whether it is a digest that others had no room in: no message of the same burst follows it within the window. */
export function isFullDigest(type: string, data: JsonObject): boolean {
  return type === DIGEST && data.isFull === true;
}

/** One member as it stands on the digest's card. */
export function memberBlock({ text, link }: Pick<DigestMember, 'text' | 'link'>, label: string): JsonObject {
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      { type: 'TextBlock', text: label, isSubtle: true, size: 'Small', wrap: true },
      { type: 'TextBlock', text: text ?? '', spacing: 'Small', wrap: true },
      ...(link === undefined
        ? []
        : [{ type: 'TextBlock', text: markdownLink(link), spacing: 'Small', wrap: true }]),
    ],
  };
}

/** When each was, with the day where they are of several, and its kind where there are several. */
export function labels<Member extends Pick<DigestMember, 'kind' | 'at'>>(
  members: readonly Member[],
  { locale, timeZone }: Pick<Reader, 'locale' | 'timeZone'>,
  withKind: boolean,
): (member: Member) => string {
  const day = new Intl.DateTimeFormat(localeFor(locale), {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const isOneDay = new Set(members.map(({ at }) => day.format(at))).size <= 1;
  const time = new Intl.DateTimeFormat(localeFor(locale), {
    timeZone,
    hour: 'numeric',
    minute: '2-digit',
    ...(isOneDay ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
  });
  return ({ kind, at }) => (withKind ? `${kind} · ${time.format(at)}` : time.format(at));
}

function showAll(id: string | undefined, words: Words['cards']['digest']): readonly JsonObject[] {
  if (id === undefined || !isNotificationId(id)) return [];
  const data = { notifier: showAllCommand(id), said: 'missed' };
  return [{ type: 'ActionSet', actions: [{ type: 'Action.Submit', title: words.showAll, data }] }];
}

/** More topics than these are muted by words. */
const MOST_MUTED = 4;

/** What a digest is full of can be muted by itself. */
function muteEach(members: readonly DigestMember[], words: Words['cards']['digest']): readonly JsonObject[] {
  const topics = [...new Set(members.flatMap(({ topic }) => topic ?? []))].slice(0, MOST_MUTED);
  if (topics.length === 0) return [];
  const actions = topics.map((topic) => ({
    type: 'Action.Submit',
    title: words.mute(topic),
    data: { notifier: `mute ${topic} for 1 hour` },
  }));
  return [{ type: 'ActionSet', spacing: 'Small', actions }];
}

function subtle(text: string, look: JsonObject): JsonObject {
  return { type: 'TextBlock', text, isSubtle: true, wrap: true, ...look };
}

/** For the summary, which clients cut anyway. */
const LONGEST_LINE = 60;

function inOneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_LINE)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : `${characters.slice(0, LONGEST_LINE - 1).join('')}…`;
}

/** The most frequent kind first. */
function countKinds(members: readonly DigestMember[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { kind } of members) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
