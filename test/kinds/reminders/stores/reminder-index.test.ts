import { backends } from '../../../contract/stores.ts';
import { describeReminderIndexContract } from './reminder-index.contract.ts';

for (const { name, makeStores } of backends) describeReminderIndexContract(name, makeStores);
