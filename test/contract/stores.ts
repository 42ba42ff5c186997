import { randomBytes } from 'node:crypto';
import type { RecordLayout } from '../../shared/adapters/table/records/record-layout.ts';
import { TableRecordStore } from '../../shared/adapters/table/records/table-record-store.ts';
import type { TableService } from '../../shared/adapters/table/table-service.ts';
import { tableStores as storesOf } from '../../shared/adapters/table/table-stores.ts';
import { reminderStores } from '../../shared/kinds/reminders/rows/reminder-stores.ts';
import type { ReminderIndex } from '../../shared/kinds/reminders/stores/reminder-index.ts';
import type { ReminderStore } from '../../shared/kinds/reminders/stores/reminder-store.ts';
import type { AuditTrail } from '../../shared/ports/audit-trail.ts';
import type { AudienceStore } from '../../shared/ports/authored/audience-store.ts';
import type { DraftStore } from '../../shared/ports/authored/draft-store.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { AddresseeStore } from '../../shared/ports/conversation/addressee-store.ts';
import type { AnswerStore } from '../../shared/ports/conversation/answer-store.ts';
import type { ConversationStore } from '../../shared/ports/conversation/conversation-store.ts';
import type { NameStore } from '../../shared/ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../shared/ports/conversation/people-index.ts';
import type { PersonalData } from '../../shared/ports/conversation/personal-data.ts';
import type { PreferenceStore } from '../../shared/ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../shared/ports/conversation/subscription-store.ts';
import type { Tombstones } from '../../shared/ports/conversation/tombstones.ts';
import type { TurnStore } from '../../shared/ports/conversation/turn-store.ts';
import type { Audience } from '../../shared/ports/delivery/audience.ts';
import type { DueIndex } from '../../shared/ports/delivery/due-index.ts';
import type { Ledger } from '../../shared/ports/delivery/ledger.ts';
import type { LivingStore } from '../../shared/ports/delivery/living-store.ts';
import type { Pacer, TenantCursors } from '../../shared/ports/delivery/pacer.ts';
import type { ParticularsStore } from '../../shared/ports/delivery/particulars-store.ts';
import type { ToldList } from '../../shared/ports/delivery/told-list.ts';
import type { AnnouncementStore } from '../../shared/ports/event/announcement-store.ts';
import type { ListStore } from '../../shared/ports/event/list-store.ts';
import type { NotificationListing } from '../../shared/ports/event/notification-listing.ts';
import type { NotificationStore } from '../../shared/ports/event/notification-store.ts';
import type { Parking } from '../../shared/ports/event/parking.ts';
import type { Retention } from '../../shared/ports/event/retention.ts';
import type { TopicActivity } from '../../shared/ports/event/topic-activity.ts';
import type { Progress } from '../../shared/ports/progress.ts';
import type { RecordStore } from '../../shared/ports/record-store.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { inMemoryStores } from '../support/fakes/stores/in-memory-stores.ts';
import { freshTables } from '../support/tables.ts';

export interface Stores {
  readonly conversations: ConversationStore;
  readonly addressees: AddresseeStore;
  readonly subscriptions: SubscriptionStore;
  readonly audience: Audience;
  readonly audit: AuditTrail;
  readonly ledger: Ledger;
  readonly living: LivingStore;
  readonly missed: ToldList;
  readonly asked: ToldList;
  readonly notifications: NotificationStore;
  readonly listing: NotificationListing;
  readonly dueIndex: DueIndex;
  readonly parking: Parking;
  readonly preferences: PreferenceStore;
  /** Absent in memory. */
  readonly tables?: TableService;
  readonly records: <Value>(layout: RecordLayout<Value>) => RecordStore<Value>;
  readonly particulars: ParticularsStore;
  readonly announcements: AnnouncementStore;
  readonly lists: ListStore;
  readonly audiences: AudienceStore;
  readonly drafts: DraftStore;
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly turns: TurnStore;
  readonly answers: AnswerStore;
  readonly retention: Retention;
  readonly progress: Progress;
  readonly topicActivity: TopicActivity;
  readonly pacer: Pacer & TenantCursors;
  readonly personalData: PersonalData;
  readonly tombstones: Tombstones;
  readonly peopleIndex: PeopleIndex;
  readonly names: NameStore;
}

/** Empty stores, as a contract asks for them. */
export interface FreshStores extends Stores {
  readonly clock: FakeClock;
  /** The same stores as another process has them: same data, nothing remembered. */
  inAnotherProcess(): Promise<Stores>;
}

export type MakeStores = () => Promise<FreshStores>;

/** Of the contract's pacers. */
export const REQUESTS_PER_SECOND = 32;

/** What every contract runs on: the fakes that the other tests trust, and the real thing. */
export const backends: readonly { readonly name: string; readonly makeStores: MakeStores }[] = [
  {
    name: 'in memory',
    async makeStores() {
      const clock = new FakeClock();
      const stores = inMemoryStores({ clock, requestsPerSecond: REQUESTS_PER_SECOND });
      return { ...stores, clock, inAnotherProcess: async () => stores };
    },
  },
  {
    name: 'in Table Storage',
    async makeStores() {
      const clock = new FakeClock();
      const tablePrefix = `t${randomBytes(6).toString('hex')}`;
      const service = await freshTables({ tablePrefix });
      return {
        ...tableStores(service, clock),
        clock,
        inAnotherProcess: async () => tableStores(await freshTables({ tablePrefix }), clock),
      };
    },
  },
];

export function tableStores(service: TableService, clock: Clock): Stores {
  return {
    ...storesOf(service, { clock, requestsPerSecond: REQUESTS_PER_SECOND }),
    ...reminderStores(service),
    tables: service,
    records: (layout) => new TableRecordStore(service, layout),
  };
}

/** Every item of a paged listing, a page of `limit` at a time. */
export async function allPages<Item>(
  list: (page: { readonly limit: number; readonly after?: string }) => Promise<{
    readonly items: readonly Item[];
    readonly after?: string;
  }>,
  limit: number,
): Promise<readonly (readonly Item[])[]> {
  const pages: (readonly Item[])[] = [];
  let after: string | undefined;
  do {
    const page = await list(after === undefined ? { limit } : { limit, after });
    pages.push(page.items);
    after = page.after;
  } while (after !== undefined);
  return pages;
}
