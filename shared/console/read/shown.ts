import type { EntryOf } from '../../catalog/entry.ts';
import { excerptOf } from '../../catalog/excerpt.ts';
import { withoutMarks } from '../../catalog/one-card.ts';
import { readableText } from '../../catalog/readable-text.ts';
import { defined } from '../../domain/defined.ts';
import type { Content, DeliveryOptions, JsonObject, Notification } from '../../domain/event/notification.ts';
import { type Duration, minutes, seconds, toIso } from '../../domain/time.ts';
import { atOf } from '../../use-cases/intake/schedule.ts';

/** An excerpt goes on to the end of a word: in all it has at most 200 characters. */
const EXCERPT = 158;

export interface ShownDeps {
  readonly entryOf: EntryOf;
  readonly defaultTimeZone: string;
}

/** What people see of a notification; `undefined` where its kind is gone, or cannot show it any more. */
export function contentOf(
  { entryOf, defaultTimeZone: timeZone }: ShownDeps,
  { type, data, particulars }: Notification,
  locale = 'en',
): Content | undefined {
  try {
    return entryOf(type)?.render(data, { locale, timeZone, ...defined({ particulars }) });
  } catch {
    // It was accepted by a release whose data this one does not show: all else of it can be told.
    return undefined;
  }
}

/** All that is to be read of it, without marks and line by line; empty where it says nothing in words. */
export function textOf(deps: ShownDeps, notification: Notification, locale?: string): string {
  const content = contentOf(deps, notification, locale);
  const lines = content === undefined ? [] : withoutMarks(readableText(content, '')).split('\n');
  return lines
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Its beginning, where there is any. */
export function beginningOf(text: string): string | undefined {
  return text === '' ? undefined : excerptOf(text, EXCERPT).text;
}

/** As an activity of Bot Framework. */
export function activityOf({ text, card, summary }: Content): JsonObject {
  return {
    type: 'message',
    ...defined({ text, summary }),
    ...(card === undefined
      ? {}
      : { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] }),
  };
}

/** As `data.delivery` of an event has it. */
export function deliveryOf({ maxWait, at, expiresAt, ...rest }: DeliveryOptions): JsonObject {
  return {
    ...rest,
    maxWait: isoDuration(maxWait),
    ...defined({ at: atOf(at), expiresAt: expiresAt === undefined ? undefined : toIso(expiresAt) }),
  };
}

function isoDuration(span: Duration): string {
  return span % minutes(1) === 0 ? `PT${span / minutes(1)}M` : `PT${span / seconds(1)}S`;
}
