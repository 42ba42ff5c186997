import { describeMissedListContract } from './missed-list.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeMissedListContract(name, makeStores);
