import type { Clock } from '../../../../shared/ports/clock.ts';
import { InMemoryAudience } from './in-memory-audience.ts';
import { InMemoryConversationStore } from './in-memory-conversation-store.ts';
import { InMemoryDirectory } from './in-memory-directory.ts';
import { InMemoryDueIndex } from './in-memory-due-index.ts';
import { InMemoryLedger } from './in-memory-ledger.ts';
import { InMemoryNotificationStore } from './in-memory-notification-store.ts';
import { InMemoryPacer } from './in-memory-pacer.ts';
import { InMemoryParking } from './in-memory-parking.ts';
import { InMemoryPreferenceStore } from './in-memory-preference-store.ts';
import { InMemorySubscriptionStore } from './in-memory-subscription-store.ts';

/** Every store, empty, over one memory: as the app gets them from one storage account. */
export function inMemoryStores(deps: { readonly clock: Clock; readonly requestsPerSecond?: number }) {
  const directory = new InMemoryDirectory();
  return {
    conversations: new InMemoryConversationStore(directory, deps.clock),
    subscriptions: new InMemorySubscriptionStore(directory),
    audience: new InMemoryAudience(directory),
    ledger: new InMemoryLedger(directory),
    notifications: new InMemoryNotificationStore(),
    dueIndex: new InMemoryDueIndex(),
    parking: new InMemoryParking(),
    preferences: new InMemoryPreferenceStore(directory),
    pacer: new InMemoryPacer({ requestsPerSecond: deps.requestsPerSecond ?? 50 }),
  };
}
