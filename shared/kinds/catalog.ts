import * as app from '../../app/app.ts';
import { engineTables } from '../adapters/table/tables.ts';
import { digest } from '../catalog/digest.ts';
import type { CatalogEntry, TopicOffer } from '../catalog/entry.ts';
import { notificationSnoozed } from '../catalog/notification-snoozed.ts';
import type { DialogEntry } from '../chat/dialogs/dialog-book.ts';
import { refuseTwice } from '../domain/taken-twice.ts';
import { buildFinished } from './builds/build-finished.ts';
import { exports } from './exports/exports.ts';
import { notificationRequested } from './general/notification-requested.ts';
import { hooks } from './hooks/kind.ts';
import type { Kind } from './kind.ts';
import { reminders } from './reminders/kind.ts';
import { surveyRequested } from './survey/survey-requested.ts';

/** What the product itself tells. */
const product: readonly Kind[] = [
  notificationRequested,
  buildFinished,
  reminders,
  surveyRequested,
  exports,
  hooks,
];

/** Everything that the app knows of its kinds before any is at work. */
export interface Catalog {
  readonly kinds: readonly Kind[];
  /** Every kind of notification there is. */
  readonly entries: readonly CatalogEntry[];
  /** The entry for a CloudEvent's type; `undefined` when there is none. */
  entryOf(type: string): CatalogEntry | undefined;
  /** The types that events may have, for error messages. */
  readonly knownTypes: readonly string[];
  /** What people can subscribe to without anybody having told of it. */
  readonly topicOffers: readonly TopicOffer[];
  readonly dialogEntries: readonly DialogEntry[];
  /** What people may try first: see `Kind.hints`. */
  readonly hints: readonly string[];
  /** Every table of the app. In Azure they are made by the infrastructure templates. */
  readonly tableNames: readonly string[];
}

/** The product's own kinds and others. Throws `TakenTwice` where two have the same type, or two dialogs the same name. */
export function catalogOf(others: readonly Kind[]): Catalog {
  // By their names: in which order a module gives what it exports depends on who loads it.
  const kinds = [...product, ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
  const own = kinds.flatMap(({ notification }) => notification ?? []);
  // It shows any of the others once more.
  const entries: readonly CatalogEntry[] = [...own, digest, notificationSnoozed((type) => byType.get(type))];
  const byType = new Map(entries.map((entry) => [entry.type, entry]));
  const dialogEntries = kinds.flatMap(({ dialogs }) => dialogs ?? []);
  refuseTwice(
    'type',
    entries.map(({ type }) => type),
  );
  refuseTwice(
    'dialog',
    dialogEntries.map(({ name }) => name),
  );
  return {
    kinds,
    entries,
    entryOf: (type) => byType.get(type),
    knownTypes: entries.filter(({ internal }) => internal !== true).map(({ type }) => type),
    topicOffers: entries.flatMap(({ topics }) => topics ?? []),
    dialogEntries,
    hints: [
      ...dialogEntries.map(({ name, said }) => [name, said?.de?.[0] ?? name].join('|')),
      ...kinds.flatMap(({ hints }) => hints ?? []),
    ],
    tableNames: [...engineTables, ...kinds.flatMap(({ tables }) => tables ?? [])],
  };
}

/** The app's: the product's kinds, and those that `app/app.ts` names. */
export const catalog: Catalog = catalogOf(Object.values(app));

export const { entries, entryOf, knownTypes, topicOffers, dialogEntries, tableNames } = catalog;
