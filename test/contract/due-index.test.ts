import { describeDueIndexContract } from './due-index.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeDueIndexContract(name, makeStores);
