import { describeLivingStoreContract } from './living-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeLivingStoreContract(name, makeStores);
