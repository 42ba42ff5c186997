import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { RecordedRow } from '../../dev/recorded/store-file.ts';
import { toDueRow } from '../../shared/adapters/table/due/due-row.ts';
import { parseTopic, type Topic } from '../../shared/domain/event/topic.ts';
import { days, type Instant } from '../../shared/domain/time.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import type { DueReminder } from '../../shared/kinds/reminders/model/reminder.ts';
import type { DueEntry } from '../../shared/ports/delivery/due-index.ts';
import type { Stores } from '../contract/stores.ts';
import {
  conversation,
  HASH,
  isThere,
  notification,
  person,
  type Reader,
  reader,
  type Source,
  tenant,
} from './row-reader.ts';

/** Reads the indexes up to a time at which everything recorded is due. */
export async function sourceOf(stores: Stores, now: Instant): Promise<Source> {
  const until = now + days(400);
  const dueReminders: DueReminder[] = [];
  for await (const page of stores.reminderIndex.due(until, 1000)) dueReminders.push(...page);
  return { stores, now, due: await stores.dueIndex.findOverdue(until, 1000), dueReminders };
}

const kindTests = fileURLToPath(new URL('../kinds/', import.meta.url));

const MINUTE = 'd:\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d';

/** One for each kind of row of the engine and of reminders. */
const own: readonly Reader[] = [
  reader('conversations', HASH, '0c', async ({ keys: [key] }, { stores }) =>
    isThere(await stores.conversations.findConversation(conversation(key))),
  ),
  reader('conversations', HASH, '0d', async ({ keys: [key] }, { stores }) =>
    isThere((await stores.ledger.findDesk(conversation(key))).dialog),
  ),
  reader('conversations', HASH, '0p', async ({ keys: [key] }, { stores }) => {
    const { mutes, quietHours, timeZone } = (await stores.ledger.findDesk(conversation(key))).preferences;
    return mutes.length > 0 || quietHours !== undefined || timeZone !== undefined;
  }),
  reader('conversations', HASH, '0w', async ({ keys: [key] }, { stores }) =>
    isThere((await stores.ledger.findDesk(conversation(key))).windowsTag),
  ),
  reader(
    'conversations',
    HASH,
    'g',
    async ({ keys: [key] }, { stores }) =>
      // Greets nobody: it was greeted.
      !(await stores.conversations.greetOnce(conversation(key))),
  ),
  reader('conversations', HASH, `[dl]:${HASH}`, async ({ keys: [key, row] }, { stores }) =>
    isThere(
      await stores.ledger.findDelivery({
        conversation: conversation(key),
        notification: notification(row.slice(2)),
      }),
    ),
  ),
  reader('conversations', HASH, `s:${HASH}`, async ({ keys: [key], properties }, { stores }) => {
    const own = await stores.subscriptions.subscriptionsOf(conversation(key));
    return own.some(({ topic }) => topic === properties.topic);
  }),
  reader('conversations', HASH, `t(:${HASH})?`, async ({ keys: [key, row] }, { stores }) => {
    const speaker = row === 't' ? {} : { speaker: person(row.slice(2)) };
    const { tag, unreadable } = await stores.turns.loadTurns({ conversation: conversation(key), ...speaker });
    return isThere(tag) && unreadable !== true;
  }),

  reader('directory', 'tenants', HASH, async ({ keys: [, row] }, { stores }) =>
    (await stores.conversations.listTenants()).includes(tenant(row)),
  ),
  reader('directory', `all:${HASH}`, HASH, async ({ keys: [key, row], properties }, { stores }) => {
    const page = { limit: 1000 };
    const { keys } = await stores.audience.members({ kind: 'everyone' }, tenant(key.slice(4)), page);
    return keys.includes(conversation(row)) !== (properties.suppressed === true);
  }),
  reader('directory', `u:${HASH}`, 'person', async ({ keys: [key] }, { stores }) =>
    isThere(await stores.conversations.findPerson(person(key.slice(2)))),
  ),
  reader('directory', `u:${HASH}`, `c:${HASH}`, async ({ keys: [key, row] }, { stores }) =>
    (await stores.personalData.conversationsOf(person(key.slice(2)))).includes(conversation(row.slice(2))),
  ),
  reader('directory', `f:${HASH}`, 'tombstone', async ({ keys: [key] }, { stores }) =>
    isThere(await stores.tombstones.findTombstone(key.slice(2))),
  ),
  reader('directory', `tt:${HASH}`, HASH, async ({ keys: [, row] }, { stores }) => {
    const lists = await Promise.all(topics.map((topic) => stores.audience.tenants({ kind: 'topic', topic })));
    return lists.flat().includes(tenant(row));
  }),
  reader('directory', `t:${HASH}:${HASH}`, HASH, async ({ keys: [key, row] }, { stores }) => {
    const of = tenant(key.slice(-43));
    const lists = await Promise.all(
      topics.map((topic) => stores.audience.members({ kind: 'topic', topic }, of, { limit: 1000 })),
    );
    return lists.flatMap(({ keys }) => keys).includes(conversation(row));
  }),
  reader('directory', 'a:\\d{4}-\\d\\d-\\d\\d', HASH, async ({ properties }, { stores, now }) =>
    (await stores.topicActivity.topicsLately(now)).some(({ topic }) => topic === properties.topic),
  ),

  reader('notifications', HASH, 'n', async ({ keys: [key] }, { stores }) =>
    isThere(await stores.notifications.findNotification(notification(key))),
  ),
  reader('notifications', HASH, 'p', ({ keys: [key] }, { stores }) =>
    stores.notifications.isPlanned(notification(key)),
  ),
  reader('notifications', HASH, 'w:.+', async ({ keys: [key], properties }, { stores }) => {
    const walks = await stores.notifications.walksOf(notification(key));
    return walks.some(({ tenant: of, done }) => of === properties.tenant && done === properties.done);
  }),
  reader('notifications', HASH, `r[:~]${HASH}(:o)?`, async ({ keys: [key, row], properties }, { stores }) => {
    const { items } = await stores.ledger.listResults(notification(key), { limit: 1000 });
    const found = items.find((item) => item.conversation === row.slice(2, 45))?.result;
    return row.endsWith(':o') ? found?.outcome === properties.outcome : found !== undefined;
  }),
  reader('notifications', HASH, `x:${HASH}`, async ({ keys: [key, row] }, { stores }) =>
    isThere(
      await stores.particulars.findParticulars({
        notification: notification(key),
        conversation: conversation(row.slice(2)),
      }),
    ),
  ),
  reader(
    'notifications',
    HASH,
    `a:${HASH}(:${HASH})?`,
    async ({ keys: [key, row], properties }, { stores }) => {
      const [, place = '', speaker] = row.split(':');
      const id = {
        notification: notification(key),
        conversation: conversation(place),
        ...(speaker === undefined ? {} : { person: person(speaker) }),
      };
      const kept = await stores.answers.findAnswer(id);
      return (
        kept !== undefined && kept.stands.choice === properties.choice && kept.sequence === properties.at
      );
    },
  ),

  reader('due', MINUTE, '\\d{15}:.+', async ({ properties }, { due }) =>
    due.some((entry) =>
      isDeepStrictEqual(written(entry), JSON.parse(String(properties.entry), withoutProgress)),
    ),
  ),
  reader('parked', 'parked', HASH, async ({ keys: [, row] }, { stores }) =>
    isThere(await stores.parking.findParked(row)),
  ),
  reader('pace', HASH, 'cursor', async ({ keys: [key] }, { stores }) => {
    // Holds nobody back: the cursor has passed that instant.
    await stores.pacer.holdBack(tenant(key), 0, 0);
    return true;
  }),
  reader('pace', HASH, 'late:.+', async ({ keys: [key], properties }, { stores }) => {
    return (
      (await stores.pacer.compareLate(tenant(key), 'test', undefined, Number(properties.at))).others === 1
    );
  }),

  reader(
    'reminders',
    HASH,
    'n',
    async ({ keys: [key], properties }, { stores }) =>
      (await stores.reminders.of(conversation(key))).lastNumber === properties.last,
  ),
  reader('reminders', HASH, 'r:\\d{9}', async ({ keys: [key, row] }, { stores }) =>
    isThere(await stores.reminders.find(conversation(key), Number(row.slice(2)))),
  ),
  reader('reminders', MINUTE, '\\d{15}:.+', async ({ properties }, { dueReminders }) =>
    dueReminders.some((entry) => isDeepStrictEqual(entry, JSON.parse(String(properties.due)))),
  ),
];

/** The readers of the kinds that have rows of their own, each beside the tests of its kind. */
const ofKinds = await Promise.all(
  readdirSync(kindTests)
    .map((kind) => join(kindTests, kind, 'upgrade-readers.ts'))
    .filter((file) => existsSync(file))
    .map(async (file): Promise<{ readonly readers: readonly Reader[] }> => import(pathToFileURL(file).href)),
);

/** One for each kind of row; a row that fits none, or two, is a fault of this list. */
export const readers: readonly Reader[] = [...own, ...ofKinds.flatMap((kind) => kind.readers)];

/**
 * The rows whose kinds are here, and how many belong to others: an example that is off has no table, and what is named by the
 * keys of its rows only leads there. Without their kind nobody has to read them.
 */
export function ofKindsThatAreHere(rows: readonly RecordedRow[]): {
  readonly rows: readonly RecordedRow[];
  readonly left: number;
} {
  const isOff = ({ table }: RecordedRow) => !tableNames.includes(table);
  const off = new Set(
    rows
      .filter(isOff)
      .flatMap(({ keys }) => keys.flatMap((key) => key.split(':').filter((part) => part.length === 43))),
  );
  const people = new Set(rows.filter(({ table }) => table === 'conversations').map(({ keys: [key] }) => key));
  const leads = ({ table, keys }: RecordedRow) =>
    (table === 'conversations' || table === 'directory') &&
    keys.some((key) => {
      const named = key.slice(key.indexOf(':') + 1);
      return key.includes(':') && off.has(named) && !people.has(named);
    });
  const here = rows.filter((row) => !isOff(row) && !leads(row));
  return { rows: here, left: rows.length - here.length };
}

/** The readers that say they know this row. */
export function readersOf({ table, keys }: RecordedRow): readonly Reader[] {
  return readers.filter((each) => each.table === table && each.keys.test(keys.join('\n')));
}

/** Every topic of the story. */
const topics: readonly Topic[] = ['builds', 'builds/web', 'news'].map((text) => {
  const read = parseTopic(text);
  if (!read.ok) throw new Error(`"${text}" is no topic`);
  return read.value;
});

/** An entry as its row holds it. */
function written(entry: DueEntry): unknown {
  return JSON.parse(String(toDueRow(entry).entry), withoutProgress);
}

/** Entries of walks hold how far the walk had come, which nobody reads. */
function withoutProgress(name: string, value: unknown): unknown {
  return name === 'done' ? undefined : value;
}
