import { describeRecordStoreContract } from './record-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeRecordStoreContract(name, makeStores);
