import type { ServiceAddress } from '../../config.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { TableDueIndex } from './due/table-due-index.ts';
import { TableLedger } from './ledger/table-ledger.ts';
import { TableAnnouncementStore } from './notification/table-announcement-store.ts';
import { TableNotificationStore } from './notification/table-notification-store.ts';
import { TablePacer } from './pace/table-pacer.ts';
import { TableParking } from './parking/table-parking.ts';
import { TableAudience } from './people/table-audience.ts';
import { TableConversationStore } from './people/table-conversation-store.ts';
import { TablePreferenceStore } from './people/table-preference-store.ts';
import { TableSubscriptionStore } from './people/table-subscription-store.ts';
import { TableTopicActivity } from './people/table-topic-activity.ts';
import { TablePersonalData } from './privacy/table-personal-data.ts';
import { TableTombstones } from './privacy/table-tombstones.ts';
import { TableReminderIndex } from './reminders/table-reminder-index.ts';
import { TableReminderStore } from './reminders/table-reminder-store.ts';
import { TableRetention } from './retention/table-retention.ts';
import { type TableConnection, TableService } from './table-service.ts';
import { ensureTables } from './tables.ts';
import { TableAnswerStore } from './turns/table-answer-store.ts';
import { TableTurnStore } from './turns/table-turn-store.ts';
import { undiciHttpClient } from './undici-http-client.ts';
import { TableHotelStore } from './watches/table-hotel-store.ts';
import { TableParticularsStore } from './watches/table-particulars-store.ts';
import { TableWatchStore } from './watches/table-watch-store.ts';

/** Every store of the app, on one storage account. */
export async function connectTables(
  address: ServiceAddress,
  deps: { readonly clock: Clock; readonly log: Log; readonly requestsPerSecond: number },
) {
  const service = new TableService({
    connection: await connectionOf(address),
    httpClient: undiciHttpClient(),
    log: deps.log,
  });
  // Locally nothing else makes the tables; in Azure the infrastructure templates did, and the app may not.
  if (address.kind === 'connectionString') await ensureTables(service);
  return {
    conversations: new TableConversationStore(service, deps.clock),
    subscriptions: new TableSubscriptionStore(service),
    audience: new TableAudience(service),
    ledger: new TableLedger(service),
    notifications: new TableNotificationStore(service),
    dueIndex: new TableDueIndex(service),
    parking: new TableParking(service),
    preferences: new TablePreferenceStore(service),
    hotels: new TableHotelStore(service),
    watches: new TableWatchStore(service),
    particulars: new TableParticularsStore(service),
    announcements: new TableAnnouncementStore(service),
    reminders: new TableReminderStore(service),
    reminderIndex: new TableReminderIndex(service),
    turns: new TableTurnStore(service),
    answers: new TableAnswerStore(service),
    retention: new TableRetention(service),
    topicActivity: new TableTopicActivity(service),
    personalData: new TablePersonalData(service),
    tombstones: new TableTombstones(service),
    pacer: new TablePacer(service, { requestsPerSecond: deps.requestsPerSecond }),
    /** Rejects when the tables do not answer. */
    probe: async (): Promise<void> => {
      await service.table('pace').get({ partitionKey: 'health', rowKey: 'probe' }, []);
    },
  };
}

async function connectionOf(address: ServiceAddress): Promise<TableConnection> {
  if (address.kind === 'connectionString') return { connectionString: address.value };
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential(
    address.clientId === undefined ? {} : { managedIdentityClientId: address.clientId },
  );
  return { endpoint: address.endpoint, credential };
}
