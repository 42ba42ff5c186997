import type { RecordLayout } from '../../../../shared/adapters/table/records/record-layout.ts';
import type { Clock } from '../../../../shared/ports/clock.ts';
import { InMemoryAddresseeStore } from './in-memory-addressee-store.ts';
import { InMemoryAnnouncementStore } from './in-memory-announcement-store.ts';
import { InMemoryAnswerStore } from './in-memory-answer-store.ts';
import { InMemoryAudience } from './in-memory-audience.ts';
import { InMemoryAuditTrail } from './in-memory-audit-trail.ts';
import { InMemoryAudienceStore, InMemoryDraftStore } from './in-memory-authored.ts';
import { InMemoryConversationStore } from './in-memory-conversation-store.ts';
import { InMemoryDirectory } from './in-memory-directory.ts';
import { InMemoryDueIndex } from './in-memory-due-index.ts';
import { InMemoryLedger } from './in-memory-ledger.ts';
import { InMemoryListStore } from './in-memory-list-store.ts';
import { InMemoryLivingStore } from './in-memory-living-store.ts';
import { InMemoryNameStore } from './in-memory-name-store.ts';
import { InMemoryNotificationStore } from './in-memory-notification-store.ts';
import { InMemoryPacer } from './in-memory-pacer.ts';
import { InMemoryParking } from './in-memory-parking.ts';
import { InMemoryParticularsStore } from './in-memory-particulars-store.ts';
import { InMemoryPeopleIndex } from './in-memory-people-index.ts';
import { InMemoryPersonalData } from './in-memory-personal-data.ts';
import { InMemoryPreferenceStore } from './in-memory-preference-store.ts';
import { InMemoryProgress } from './in-memory-progress.ts';
import { InMemoryRecordStore } from './in-memory-record-store.ts';
import { InMemoryReminderIndex } from './in-memory-reminder-index.ts';
import { InMemoryReminderStore } from './in-memory-reminder-store.ts';
import { InMemoryRetention } from './in-memory-retention.ts';
import { InMemorySubscriptionStore } from './in-memory-subscription-store.ts';
import { InMemoryToldList } from './in-memory-told-list.ts';
import { InMemoryTombstones } from './in-memory-tombstones.ts';
import { InMemoryTopicActivity } from './in-memory-topic-activity.ts';
import { InMemoryTurnStore } from './in-memory-turn-store.ts';

/** Every store, empty, over one memory: as the app gets them from one storage account. */
export function inMemoryStores(deps: { readonly clock: Clock; readonly requestsPerSecond?: number }) {
  const directory = new InMemoryDirectory();
  const living = new InMemoryLivingStore();
  const ledger = new InMemoryLedger(directory, living);
  const notifications = new InMemoryNotificationStore();
  const lists = new InMemoryListStore();
  const dueIndex = new InMemoryDueIndex();
  const particulars = new InMemoryParticularsStore();
  const answers = new InMemoryAnswerStore();
  const turns = new InMemoryTurnStore(directory);
  const reminders = new InMemoryReminderStore();
  return {
    personalData: new InMemoryPersonalData({
      directory,
      ledger,
      living,
      notifications,
      particulars,
      answers,
      turns,
    }),
    tombstones: new InMemoryTombstones(),
    peopleIndex: new InMemoryPeopleIndex(directory),
    names: new InMemoryNameStore(directory),
    progress: new InMemoryProgress(),
    retention: new InMemoryRetention({ ledger, living, lists, notifications, particulars }),
    conversations: new InMemoryConversationStore(directory, deps.clock),
    addressees: new InMemoryAddresseeStore(directory),
    subscriptions: new InMemorySubscriptionStore(directory),
    audience: new InMemoryAudience(directory),
    audit: new InMemoryAuditTrail(),
    ledger,
    living,
    missed: new InMemoryToldList(directory.missed),
    asked: new InMemoryToldList(directory.asked),
    notifications,
    listing: notifications,
    dueIndex,
    parking: new InMemoryParking(),
    topicActivity: new InMemoryTopicActivity(),
    preferences: new InMemoryPreferenceStore(directory),
    records: <Value>(layout: RecordLayout<Value>) => new InMemoryRecordStore<Value>(directory, layout),
    particulars,
    lists,
    audiences: new InMemoryAudienceStore(),
    drafts: new InMemoryDraftStore(),
    announcements: new InMemoryAnnouncementStore({ ledger, notifications, dueIndex }),
    reminders,
    reminderIndex: new InMemoryReminderIndex(),
    turns,
    answers,
    pacer: new InMemoryPacer({ requestsPerSecond: deps.requestsPerSecond ?? 50 }),
  };
}
