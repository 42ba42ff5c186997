import { describe } from 'vitest';
import { nameStoreContract } from './name-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describe(name, () => nameStoreContract(makeStores));
