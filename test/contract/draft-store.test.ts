import { describeDraftStoreContract } from './draft-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeDraftStoreContract(name, makeStores);
