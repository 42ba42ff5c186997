import { describe } from 'vitest';
import { addresseeStoreContract } from './addressee-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describe(name, () => addresseeStoreContract(makeStores));
