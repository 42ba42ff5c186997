import { randomUUID } from 'node:crypto';
import { crowdConversationId } from '../../dev/teams-channel-local/conversations/conversation.ts';
import { crowdMember } from '../../dev/teams-channel-local/people/crowd.ts';
import { botAccount, TENANT_ID } from '../../dev/teams-channel-local/people/person.ts';
import { toConversationRow } from '../../shared/adapters/table/people/conversation-row.ts';
import { everyoneRow, memberRow, tenantRow } from '../../shared/adapters/table/people/directory-keys.ts';
import type { Row } from '../../shared/adapters/table/row/row.ts';
import { afterSeeing, type Conversation } from '../../shared/domain/conversation/conversation.ts';
import { defined } from '../../shared/domain/defined.ts';
import { parseTopic } from '../../shared/domain/event/topic.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { days, type Instant, minutes } from '../../shared/domain/time.ts';
import { toDueRow } from '../../shared/kinds/reminders/rows/reminder-row.ts';
import type { Group } from '../../shared/ports/delivery/audience.ts';
import type { MemoryTables } from './server.ts';
import type { Properties } from './sorted-rows.ts';

/** A topic, and which of the people subscribed to it. */
export interface FilledTopic {
  readonly topic: string;
  readonly from: number;
  readonly below: number;
}

export interface PeopleToFill {
  readonly count: number;
  /** Prefix of the channel's crowd. */
  readonly prefix: string;
  readonly serviceUrl: string;
  readonly topics: readonly FilledTopic[];
}

export interface RemindersToFill {
  readonly pending: number;
  readonly due: number;
  readonly now: Instant;
}

/** Writes people as the app would have, had each installed the bot, and subscribed. */
export function fillPeople(tables: MemoryTables, people: PeopleToFill): void {
  const crowd = { prefix: people.prefix, count: people.count, tenantId: TENANT_ID };
  const everyone: Group = { kind: 'everyone' };
  const put = (table: string, row: Row) => tables.rows(table).put(toProperties(row));
  const topics = people.topics.map(({ topic, ...range }) => {
    const parsed = parseTopic(topic);
    if (!parsed.ok) throw new Error(`"${topic}" is no topic`);
    return { group: { kind: 'topic', topic: parsed.value } as const, ...range };
  });
  for (let index = 0; index < people.count; index += 1) {
    const conversation = conversationOf(crowdMember(crowd, index), {
      conversationId: crowdConversationId(people.prefix, index),
      serviceUrl: people.serviceUrl,
    });
    const { key, tenant } = conversation;
    if (index === 0) {
      for (const group of [everyone, ...topics.map(({ group }) => group)])
        put('directory', tenantRow(group, tenant));
    }
    put('conversations', toConversationRow(conversation));
    put('directory', everyoneRow(tenant, key));
    for (const { group, from, below } of topics) {
      if (index >= from && index < below) {
        put('directory', { ...memberRow(group, tenant, key), topic: group.topic });
      }
    }
  }
}

/** Entries of reminders over the next year, of which the first few fall due within this minute. */
export function fillReminders(tables: MemoryTables, { pending, due, now }: RemindersToFill): void {
  const conversation = conversationKey('msteams', 'a:reminded');
  const add = (id: string, at: Instant): void => {
    const schedule = { at, zone: 'UTC' };
    const entry = { at, conversation, number: 1, id, version: 1, occurrence: at, text: 'call Ada', schedule };
    tables.rows('reminders').put(toProperties(toDueRow(entry)));
  };
  const soon = now + minutes(5);
  // Other ones each time: what was announced already is no reminder that is due.
  const batch = randomUUID();
  for (let n = 0; n < due; n += 1) add(`due-${batch}-${n}`, now + n);
  for (let n = 0; n < pending; n += 1) add(`pending-${n}`, soon + Math.floor((n / pending) * days(365)));
}

function conversationOf(
  person: ReturnType<typeof crowdMember>,
  place: { readonly conversationId: string; readonly serviceUrl: string },
): Conversation {
  const { id, name, aadObjectId, channelId, tenantId, locale } = person;
  return afterSeeing(
    undefined,
    {
      channelId,
      ...place,
      conversationType: 'personal',
      bot: botAccount('Notifier'),
      user: { id, name, ...defined({ aadObjectId }) },
      locale,
      ...defined({ tenantId }),
    },
    { at: Date.now() },
  );
}

/** A row as it travels: keys by the protocol's names, bytes and 64-bit numbers with their type. */
function toProperties({ partitionKey, rowKey, ...values }: Row): Properties {
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Uint8Array) {
      properties[name] = Buffer.from(value).toString('base64');
      properties[`${name}@odata.type`] = 'Edm.Binary';
    } else if (typeof value === 'object') {
      properties[name] = value.value;
      properties[`${name}@odata.type`] = 'Edm.Double';
    } else if (value !== undefined) properties[name] = value;
  }
  return { ...properties, PartitionKey: partitionKey, RowKey: rowKey };
}
