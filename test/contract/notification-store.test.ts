import { describeNotificationStoreContract } from './notification-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeNotificationStoreContract(name, makeStores);
