import type { Conversation } from '../../../../shared/domain/conversation/conversation.ts';
import type { ForgetRequest } from '../../../../shared/domain/conversation/forgetting.ts';
import type { DeliveryId, DeliveryRow } from '../../../../shared/domain/delivery/delivery.ts';
import type { JsonObject, Notification } from '../../../../shared/domain/event/notification.ts';
import { bareNamesOf } from '../../../../shared/domain/identity/proofs.ts';
import {
  type ConversationKey,
  type NotificationId,
  type PersonKey,
  uncreatedConversationKey,
} from '../../../../shared/domain/ids.ts';
import type { NamedRecord, PersonalData } from '../../../../shared/ports/conversation/personal-data.ts';
import type { InMemoryAnswerStore } from './in-memory-answer-store.ts';
import type { InMemoryDirectory } from './in-memory-directory.ts';
import type { InMemoryLedger } from './in-memory-ledger.ts';
import type { InMemoryLivingStore } from './in-memory-living-store.ts';
import type { InMemoryNotificationStore } from './in-memory-notification-store.ts';
import type { InMemoryParticularsStore } from './in-memory-particulars-store.ts';
import type { InMemoryTurnStore } from './in-memory-turn-store.ts';

interface Shelves {
  readonly directory: InMemoryDirectory;
  readonly ledger: InMemoryLedger;
  readonly living: InMemoryLivingStore;
  readonly notifications: InMemoryNotificationStore;
  readonly particulars: InMemoryParticularsStore;
  readonly answers: InMemoryAnswerStore;
  readonly turns: InMemoryTurnStore;
}

export class InMemoryPersonalData implements PersonalData {
  readonly #shelves: Shelves;

  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  async conversationsOf(person: PersonKey): Promise<readonly ConversationKey[]> {
    const { directory, turns } = this.#shelves;
    const named = [...directory.merged.values(), ...directory.conversations.values()]
      .filter((conversation) => names(conversation, person))
      .map(({ key }) => key);
    return [...new Set([...named, ...turns.placesOf(person)])].sort();
  }

  async deliveriesOf(conversation: ConversationKey): Promise<readonly DeliveryRow[]> {
    return this.#shelves.ledger.rowsOf(conversation);
  }

  async recordsOfFormerKinds(
    conversation: ConversationKey,
    known: ReadonlySet<string>,
  ): Promise<readonly NamedRecord[]> {
    return [...this.#shelves.directory.records].flatMap(([place, records]) => {
      const [, kind] = /^records k:(.+):$/.exec(place) ?? [];
      if (kind === undefined || known.has(kind)) return [];
      const own = [...records.values()].filter(({ record }) => record.conversation === conversation);
      return own.map(({ record: { key, value } }) => ({
        kind,
        key,
        value: structuredClone(value) as JsonObject,
      })); // Only JSON is put there.
    });
  }

  async redact(id: NotificationId, change: (stored: Notification) => Notification): Promise<boolean> {
    return this.#shelves.notifications.redact(id, change);
  }

  async forgetDelivery(
    id: DeliveryId,
    { scope, persons }: Pick<ForgetRequest, 'scope' | 'persons'>,
  ): Promise<void> {
    const { answers, particulars, ledger } = this.#shelves;
    answers.removeWhere(
      ({ notification, conversation, person }) =>
        notification === id.notification &&
        conversation === id.conversation &&
        (scope === 'conversation' || (person !== undefined && persons.includes(person))),
    );
    if (scope === 'person') return;
    particulars.removeOne(id);
    ledger.removeActivityId(id);
  }

  async forgetConversation(
    {
      conversation,
      scope,
      persons,
    }: Pick<ForgetRequest, 'conversation' | 'tenant' | 'channelId' | 'scope' | 'persons'>,
    { withDeliveries }: { readonly withDeliveries: boolean },
  ): Promise<void> {
    const { directory, ledger, turns } = this.#shelves;
    if (scope === 'person') {
      for (const person of persons) turns.remove(conversation, person);
      return;
    }
    for (const [name, person] of directory.people) {
      const isBare = bareNamesOf(directory.conversations.get(conversation)?.user).includes(name);
      if (isBare && person.personal === conversation) directory.people.delete(name);
    }
    for (const [place, records] of directory.records) {
      if (!place.startsWith('records ')) continue;
      for (const [name, { record }] of records)
        if (record.conversation === conversation) records.delete(name);
    }
    turns.remove(conversation);
    directory.conversations.delete(conversation);
    directory.merged.delete(conversation);
    directory.preferences.delete(conversation);
    directory.greeted.delete(conversation);
    directory.words.delete(conversation);
    directory.belongs.delete(conversation);
    directory.reaches.delete(conversation);
    directory.places.delete(conversation);
    directory.earlier.delete(conversation);
    directory.missed.delete(conversation);
    directory.asked.delete(conversation);
    ledger.removeWindows(conversation);
    this.#shelves.living.removeAll(conversation);
    if (withDeliveries) ledger.removeRows(conversation);
  }

  async forgetPerson(person: PersonKey, channelId: string): Promise<void> {
    const { people, proven, words, names: told } = this.#shelves.directory;
    proven.delete(person);
    const known = people.get(person);
    if (known === undefined) told.delete(person);
    if (known?.channelId !== channelId) return;
    told.delete(person);
    words.delete(uncreatedConversationKey(channelId, known.user.id));
    people.delete(person);
  }
}

function names({ user, installedBy }: Conversation, person: PersonKey): boolean {
  return [user, installedBy].some((account) => bareNamesOf(account).includes(person));
}
