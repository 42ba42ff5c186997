import { backends } from './stores.ts';
import { describeSubscriptionStoreContract } from './subscription-store.contract.ts';

for (const { name, makeStores } of backends) describeSubscriptionStoreContract(name, makeStores);
