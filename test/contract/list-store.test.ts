import { describeListStoreContract } from './list-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeListStoreContract(name, makeStores);
