import { describeParticularsStoreContract } from './particulars-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeParticularsStoreContract(name, makeStores);
