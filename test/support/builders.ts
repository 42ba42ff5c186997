import type { ChannelAccount, Conversation } from '../../shared/domain/conversation/conversation.ts';
import type { DeliveryResult, DeliveryRow } from '../../shared/domain/delivery/delivery.ts';
import type { WakeUpCall } from '../../shared/domain/delivery/wake-up-call.ts';
import type { CloudEvent } from '../../shared/domain/event/cloud-event.ts';
import {
  type DeliveryOptions,
  defaultDelivery,
  type Notification,
} from '../../shared/domain/event/notification.ts';
import { parseTopic, type Topic } from '../../shared/domain/event/topic.ts';
import { type Proof, proofsOf } from '../../shared/domain/identity/proofs.ts';
import { vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import {
  type ConversationKey,
  conversationKey,
  notificationId,
  tenantKey,
  uncreatedConversationKey,
} from '../../shared/domain/ids.ts';
import type { DueReminder, Reminder } from '../../shared/kinds/reminders/model/reminder.ts';
import type { Person } from '../../shared/ports/conversation/conversation-store.ts';

/** A Monday morning, the same as `FakeClock` begins with. */
const MONDAY = Date.UTC(2026, 10, 23, 9);

const theBot: ChannelAccount = { id: '28:bot', name: 'Notifier' };

let count = 0;
/** A name that nothing else built in this process has. */
function unique(name: string): string {
  count++;
  return `${name}-${count}`;
}

type Without<T, Keys extends keyof T> = Partial<Omit<T, Keys>>;

/** A personal Teams conversation, another one each time; its keys follow from the ids. */
export function aConversation(fields: Without<Conversation, 'key' | 'tenant'> = {}): Conversation & {
  readonly conversationId: string;
} {
  const built = {
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    conversationId: unique('a:conversation'),
    conversationType: 'personal',
    tenantId: 'contoso',
    bot: theBot,
    user: { id: unique('29:user'), name: 'Ada Example' },
    capturedAt: MONDAY,
    changedAt: MONDAY,
    ...fields,
  } as const;
  return {
    ...built,
    key: conversationKey(built.channelId, built.conversationId),
    tenant: tenantKey(built),
  };
}

/** The record of a person with whom the channel has not created a conversation yet. */
export function anUncreatedConversation(
  fields: Without<Conversation, 'key' | 'tenant' | 'conversationId'> = {},
): Conversation {
  const { conversationId: _none, ...built } = aConversation(fields);
  return { ...built, key: uncreatedConversationKey(built.channelId, built.user?.id ?? 'nobody') };
}

export function aPerson(fields: Partial<Person> = {}): Person {
  return {
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    tenantId: 'contoso',
    bot: theBot,
    user: { id: unique('29:user'), name: 'Ada Example' },
    metAt: MONDAY,
    ...fields,
  };
}

/** A person and their proofs, as they are saved. */
export function provenPerson(person: Person): readonly [Person, readonly Proof[]] {
  const scope = { channelId: person.channelId, tenant: tenantKey(person) };
  return [person, proofsOf(person.user, scope, vouchesForAll)];
}

/** A notification for everyone, another one each time; its id follows from source and event id. */
export function aNotification(
  fields: Without<Notification, 'id' | 'delivery'> & { readonly delivery?: Partial<DeliveryOptions> } = {},
): Notification {
  const { delivery, ...rest } = fields;
  const built = {
    type: 'notification.requested',
    source: 'https://upstream.example',
    eventId: unique('event'),
    time: MONDAY,
    acceptedAt: MONDAY,
    data: { text: 'The build is green' },
    to: [{ everyone: true }],
    ...rest,
  } as const;
  return {
    ...built,
    id: notificationId(built.source, built.eventId),
    delivery: { ...defaultDelivery, ...delivery },
  };
}

/** The event that asks for such a notification. */
export function anEvent(fields: Partial<CloudEvent> = {}): CloudEvent {
  return {
    specversion: '1.0',
    id: unique('event'),
    source: 'https://upstream.example',
    type: 'notification.requested',
    time: MONDAY,
    data: { to: { everyone: true }, text: 'The build is green' },
    ...fields,
  };
}

/** A first claim; of a delivery of its own unless `id` is given. */
export function aDeliveryRow(fields: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    id: { notification: aNotification().id, conversation: aConversationKey() },
    version: 0,
    state: 'claimed',
    leaseUntil: MONDAY + 60_000,
    attempts: 1,
    unconfirmed: 0,
    firstClaimedAt: MONDAY,
    ...fields,
  };
}

export function aResult(fields: Partial<DeliveryResult> = {}): DeliveryResult {
  return { outcome: 'delivered', at: MONDAY, attempts: 1, repeats: 0, ...fields };
}

export function aWakeUpCall(fields: Partial<WakeUpCall> = {}): WakeUpCall {
  return {
    notification: aNotification().id,
    conversation: aConversationKey(),
    version: 0,
    hop: 0,
    ...fields,
  };
}

/** Another one each time. */
export function aConversationKey(): ConversationKey {
  return conversationKey('msteams', unique('a:conversation'));
}

/** `aTopic('builds/web')`. Throws for what is no topic. */
export function aTopic(text: string): Topic {
  const topic = parseTopic(text);
  if (!topic.ok) throw new Error(`"${text}" is no topic`);
  return topic.value;
}

/** A reminder in an hour that does not repeat; the first of a conversation of its own. */
export function aReminder(fields: Partial<Reminder> = {}): Reminder {
  return {
    conversation: aConversationKey(),
    number: 1,
    id: unique('reminder'),
    text: 'water the plants',
    schedule: { at: MONDAY + 3_600_000, zone: 'UTC' },
    version: 0,
    state: 'open',
    createdAt: MONDAY,
    changedAt: MONDAY,
    ...fields,
  };
}

/** What is to be told of such a reminder. */
export function aDueReminder(fields: Partial<DueReminder> = {}): DueReminder {
  const { conversation, number, id, version, text, schedule } = aReminder();
  return {
    at: schedule.at,
    conversation,
    number,
    id,
    version,
    occurrence: schedule.at,
    text,
    schedule,
    ...fields,
  };
}
