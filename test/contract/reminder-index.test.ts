import { describeReminderIndexContract } from './reminder-index.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeReminderIndexContract(name, makeStores);
