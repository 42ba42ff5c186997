import type { Vouching } from '../../domain/identity/vouching.ts';
import type { Clock } from '../../ports/clock.ts';
import { TableAuditTrail } from './audit/table-audit-trail.ts';
import { TableAudienceStore } from './authored/table-audience-store.ts';
import { TableDraftStore } from './authored/table-draft-store.ts';
import { TableDueIndex } from './due/table-due-index.ts';
import { TableLedger } from './ledger/table-ledger.ts';
import { TableToldList } from './ledger/table-told-list.ts';
import { TableLivingStore } from './living/table-living-store.ts';
import { TableAnnouncementStore } from './notification/table-announcement-store.ts';
import { TableListStore } from './notification/table-list-store.ts';
import { TableNotificationListing } from './notification/table-notification-listing.ts';
import { TableNotificationStore } from './notification/table-notification-store.ts';
import { TableParticularsStore } from './notification/table-particulars-store.ts';
import { TablePacer } from './pace/table-pacer.ts';
import { TableParking } from './parking/table-parking.ts';
import { TableAddresseeStore } from './people/table-addressee-store.ts';
import { TableAudience } from './people/table-audience.ts';
import { TableConversationStore } from './people/table-conversation-store.ts';
import { TableNameStore } from './people/table-name-store.ts';
import { TablePeopleIndex } from './people/table-people-index.ts';
import { TablePreferenceStore } from './people/table-preference-store.ts';
import { TableSubscriptionStore } from './people/table-subscription-store.ts';
import { TableTopicActivity } from './people/table-topic-activity.ts';
import { TablePersonalData } from './privacy/table-personal-data.ts';
import { TableTombstones } from './privacy/table-tombstones.ts';
import { TableProgress } from './retention/table-progress.ts';
import { TableRetention } from './retention/table-retention.ts';
import type { TableService } from './table-service.ts';
import { TableAnswerStore } from './turns/table-answer-store.ts';
import { TableTurnStore } from './turns/table-turn-store.ts';

/** Every store of the app, on one storage account. */
export function tableStores(
  service: TableService,
  {
    clock,
    requestsPerSecond,
    vouching,
  }: { readonly clock: Clock; readonly requestsPerSecond: number; readonly vouching?: Vouching },
) {
  return {
    conversations: new TableConversationStore(service, clock, vouching),
    addressees: new TableAddresseeStore(service),
    audit: new TableAuditTrail(service),
    subscriptions: new TableSubscriptionStore(service),
    audience: new TableAudience(service),
    ledger: new TableLedger(service),
    missed: new TableToldList(service, 'missed'),
    asked: new TableToldList(service, 'asked'),
    living: new TableLivingStore(service),
    notifications: new TableNotificationStore(service),
    listing: new TableNotificationListing(service),
    dueIndex: new TableDueIndex(service),
    parking: new TableParking(service),
    preferences: new TablePreferenceStore(service),
    particulars: new TableParticularsStore(service),
    announcements: new TableAnnouncementStore(service),
    lists: new TableListStore(service),
    audiences: new TableAudienceStore(service),
    drafts: new TableDraftStore(service),
    turns: new TableTurnStore(service),
    answers: new TableAnswerStore(service),
    retention: new TableRetention(service),
    progress: new TableProgress(service),
    topicActivity: new TableTopicActivity(service),
    personalData: new TablePersonalData(service),
    tombstones: new TableTombstones(service),
    peopleIndex: new TablePeopleIndex(service),
    names: new TableNameStore(service),
    pacer: new TablePacer(service, { requestsPerSecond }),
  };
}
