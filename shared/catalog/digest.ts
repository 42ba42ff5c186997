import { z } from 'zod';
import type { DeferralReason } from '../domain/delivery/delivery.ts';
import type { Content, JsonObject } from '../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { localeFor, wordsFor } from '../locale/words.ts';
import type { CatalogEntry, Reader } from './entry.ts';
import { check } from './schema.ts';

/** The type of a digest: the app's own, no event can ask for one. */
export const DIGEST = 'notification.digest';

/** Why its members come together; `mixed` when they were held back for different reasons. */
export type DigestReason = DeferralReason | 'mixed';

/** One notification of a digest. */
export interface DigestMember {
  readonly notification: NotificationId;
  /** The catalog entry's title. */
  readonly kind: string;
  /** Markdown; absent for those that are only counted. */
  readonly text?: string;
  /** Where its first button leads to, if it leads to a page. */
  readonly link?: { readonly title: string; readonly url: string };
  /** When it happened. */
  readonly at: Instant;
  /** Past it, it is left out. */
  readonly expiresAt?: Instant;
}

/** The newest so many are shown; the rest is counted. */
const MOST_SHOWN = 20;

/** Lengths that texts are cut to, until the whole fits: characters. */
const TEXT_LENGTHS = [2000, 1000, 500, 250, 120, 60];

/** A longer address is left out: the list must fit the channel. */
const LONGEST_LINK = 500;

/** Of the channel's limit, so much is used: names and times of another locale are longer than those measured. */
const SHARE_OF_LIMIT = 0.9;

const schema = z.object({
  reason: z.enum(['waiting', 'quiet-hours', 'burst', 'mixed']),
  members: z
    .array(
      z.object({
        notification: z.custom<NotificationId>((id) => typeof id === 'string' && isNotificationId(id)),
        kind: z.string(),
        text: z.string().exactOptional(),
        link: z.object({ title: z.string(), url: z.string() }).exactOptional(),
        at: z.number(),
        expiresAt: z.number().exactOptional(),
      }),
    )
    .min(1),
});

/**
 * Several notifications that were held back, as one card: newest first, with counts by kind and the text of each.
 * Where a channel shows no card, the summary names the same.
 */
export const digest: CatalogEntry = {
  type: DIGEST,
  schema,
  title: ({ cards }) => cards.kinds.digest,
  internal: true,
  example: {
    reason: 'waiting',
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
      },
    ],
  },

  plan(data) {
    const checked = check(schema, data);
    return checked.ok ? { ok: true, value: { to: [], delivery: {} } } : checked;
  },

  render(data, reader): Content {
    const { reason, members } = schema.parse(data);
    const shown = members.filter(({ text }) => text !== undefined).slice(0, MOST_SHOWN);
    const left = members.length - shown.length;
    const words = wordsFor(reader.locale).cards.digest;
    const title = words.title(reason, members.length);
    const kinds = countKinds(members);
    const labelOf = labels(shown, reader, kinds.length > 1);
    return {
      summary: [
        title,
        ...shown.map(({ text }) => `• ${text ?? ''}`),
        ...(left > 0 ? [words.more(left)] : []),
      ].join('\n'),
      card: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.5',
        fallbackText: title,
        body: [
          { type: 'TextBlock', text: title, weight: 'Bolder', size: 'Medium', wrap: true },
          ...(kinds.length > 1
            ? [
                {
                  type: 'TextBlock',
                  text: kinds.map(([kind, count]) => `${count} × ${kind}`).join(' · '),
                  isSubtle: true,
                  spacing: 'None',
                  wrap: true,
                },
              ]
            : []),
          ...shown.map((member) => ({
            type: 'Container',
            separator: true,
            spacing: 'Medium',
            items: [
              { type: 'TextBlock', text: labelOf(member), isSubtle: true, size: 'Small', wrap: true },
              { type: 'TextBlock', text: member.text ?? '', spacing: 'Small', wrap: true },
              ...(member.link === undefined
                ? []
                : [{ type: 'TextBlock', text: markdownLink(member.link), spacing: 'Small', wrap: true }]),
            ],
          })),
          ...(left > 0
            ? [
                {
                  type: 'TextBlock',
                  text: words.more(left),
                  isSubtle: true,
                  separator: true,
                  spacing: 'Medium',
                },
              ]
            : []),
        ],
      },
    };
  },
};

/**
 * The data of a digest whose message has at most `mostBytes`: texts are cut as far as that takes.
 * @param members newest first, each with its whole text
 */
export function digestData(
  reason: DigestReason,
  members: readonly DigestMember[],
  { mostBytes, reader }: { readonly mostBytes: number; readonly reader: Reader },
): JsonObject {
  let data: JsonObject = {};
  for (const length of TEXT_LENGTHS) {
    data = {
      reason,
      members: members.map(({ text, link, ...member }, place) =>
        place < MOST_SHOWN && text !== undefined
          ? { ...member, text: shortened(text, length), ...(link === undefined ? {} : { link }) }
          : member,
      ),
    };
    const bytes = Buffer.byteLength(JSON.stringify(digest.render(data, reader)));
    if (bytes <= mostBytes * SHARE_OF_LIMIT) break;
  }
  return data;
}

/** The notifications that a digest is made of, newest first; `undefined` for data of any other kind. */
export function membersOf(type: string, data: JsonObject): readonly DigestMember[] | undefined {
  return type === DIGEST ? schema.parse(data).members : undefined;
}

/** The digest's data without the members that `has` says no of; the order stays. */
export function withMembers(data: JsonObject, has: (member: DigestMember) => boolean): JsonObject {
  return { ...data, members: schema.parse(data).members.filter(has) };
}

/** What a notification says in one piece of text, for a list. */
export function textOf({ text, summary, card }: Content, kind: string): string {
  return text ?? summary ?? firstText(card) ?? kind;
}

/** The first button of a notification's card that opens a page. */
export function linkOf(
  { card }: Content,
  locale: string,
): { readonly title: string; readonly url: string } | undefined {
  const actions: unknown = card?.actions;
  for (const action of Array.isArray(actions) ? actions : []) {
    if (action === null || typeof action !== 'object' || action.type !== 'Action.OpenUrl') continue;
    const { title, url } = action;
    if (typeof url !== 'string' || url.length > LONGEST_LINK) continue;
    const name = typeof title === 'string' && title !== '' ? title.slice(0, 80) : undefined;
    return { title: name ?? wordsFor(locale).cards.digest.open, url };
  }
  return undefined;
}

/** What would end the link or its title early is written otherwise. */
function markdownLink({ title, url }: { readonly title: string; readonly url: string }): string {
  const name = title.replace(/[[\]\\*_`]/g, '\\$&');
  const address = url.replace(
    /[\s()<>]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `[${name}](${address})`;
}

function firstText(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = firstText(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if ('type' in value && value.type === 'TextBlock' && 'text' in value && typeof value.text === 'string') {
    return value.text === '' ? undefined : value.text;
  }
  return firstText(Object.values(value).filter((inner) => typeof inner === 'object'));
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  // Back to the last whole word, unless that would take too much away.
  const space = cut.lastIndexOf(' ');
  return `${(space > cut.length * 0.8 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** The most frequent kind first. */
function countKinds(members: readonly DigestMember[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { kind } of members) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** When each was, with the day where they are of several, and its kind where there are several. */
function labels(
  members: readonly DigestMember[],
  { locale, timeZone }: Reader,
  withKind: boolean,
): (member: DigestMember) => string {
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
