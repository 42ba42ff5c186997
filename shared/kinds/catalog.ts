import { digest } from '../catalog/digest.ts';
import type { CatalogEntry } from '../catalog/entry.ts';
import { buildFinished } from './builds/build-finished.ts';
import { notificationRequested } from './general/notification-requested.ts';
import { notificationSnoozed } from './general/notification-snoozed.ts';
import { hotelPriceChanged } from './hotels/cards/hotel-price-changed.ts';
import { priceReportReady } from './hotels/cards/price-report-ready.ts';
import { reminderDue } from './reminders/cards/reminder-due.ts';
import { surveyRequested } from './survey/survey-requested.ts';

/** Every kind of notification there is. */
export const entries: readonly CatalogEntry[] = [
  notificationRequested,
  buildFinished,
  reminderDue,
  hotelPriceChanged,
  priceReportReady,
  digest,
  surveyRequested,
  // It shows any of the others once more.
  notificationSnoozed((type) => entryOf(type)),
];

const byType = new Map(entries.map((entry) => [entry.type, entry]));

/** The entry for a CloudEvent's type; `undefined` when there is none. */
export function entryOf(type: string): CatalogEntry | undefined {
  return byType.get(type);
}

/** The types that events may have, for error messages. */
export const knownTypes: readonly string[] = entries
  .filter(({ internal }) => internal !== true)
  .map(({ type }) => type);
