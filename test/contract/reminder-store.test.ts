import { describeReminderStoreContract } from './reminder-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeReminderStoreContract(name, makeStores);
