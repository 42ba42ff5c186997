import { z } from 'zod';
import { defined } from '../domain/defined.ts';
import type { JsonObject } from '../domain/event/notification.ts';
import { wordsFor } from '../locale/words.ts';
import type { CatalogEntry } from './entry.ts';
import { check } from './schema.ts';

/** The type of a notification that somebody wanted to see once more, later. */
export const SNOOZED = 'notification.snoozed';

const json = z.record(z.string(), z.unknown());
const schema = z.object({
  /** The kind of the one that was put off, and what it said. */
  type: z.string().min(1),
  data: json,
  particulars: json.exactOptional(),
});

/** What was put off. */
export interface Snoozed {
  readonly type: string;
  readonly data: JsonObject;
  readonly particulars?: JsonObject;
}

export function snoozedData({ type, data, particulars }: Snoozed): JsonObject {
  return { type, data, ...defined({ particulars }) };
}

/** Reads what `snoozedData` wrote. Throws `ZodError` for data that `plan` would not accept. */
export function readSnoozed(data: JsonObject): Snoozed {
  return schema.parse(data);
}

/**
 * A notification once more, at the time to which the person put it off. It carries what the first one said, so that it
 * says the same whatever became of that.
 *
 * @param entryOf finds the kind of what was put off
 */
export function notificationSnoozed(entryOf: (type: string) => CatalogEntry | undefined): CatalogEntry {
  return {
    type: SNOOZED,
    schema,
    title: (locale) => wordsFor(locale).cards.kinds.snoozed,
    internal: true,
    askedFor: true,
    example: {
      type: 'notification.requested',
      data: { to: { everyone: true }, text: 'The canteen closes at **14:00** today.' },
    },

    plan(data) {
      const checked = check(schema, data);
      if (!checked.ok) return checked;
      if (entryOf(checked.value.type) === undefined) {
        return { ok: false, faults: [{ path: 'data.type', message: 'must be a kind of notification' }] };
      }
      // Who gets it is said by whoever announces it.
      return { ok: true, value: { to: [], delivery: {} } };
    },

    render(data, reader) {
      const { type, data: original, particulars } = schema.parse(data);
      const entry = entryOf(type);
      if (entry === undefined) throw new Error(`no catalog entry for type "${type}", although it was shown`);
      const { particulars: _own, ...others } = reader;
      return entry.render(original, { ...others, ...defined({ particulars }) });
    },

    why({ locale }) {
      return wordsFor(locale).why.snoozed;
    },
  };
}
