import { describePreferenceStoreContract } from './preference-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describePreferenceStoreContract(name, makeStores);
