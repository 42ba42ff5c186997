import { backends } from './stores.ts';
import { describeTurnStoreContract } from './turn-store.contract.ts';

for (const { name, makeStores } of backends) describeTurnStoreContract(name, makeStores);
