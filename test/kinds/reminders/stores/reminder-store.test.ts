import { backends } from '../../../contract/stores.ts';
import { describeReminderStoreContract } from './reminder-store.contract.ts';

for (const { name, makeStores } of backends) describeReminderStoreContract(name, makeStores);
