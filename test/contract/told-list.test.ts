import { backends } from './stores.ts';
import { describeToldListContract } from './told-list.contract.ts';

for (const { name, makeStores } of backends) describeToldListContract(name, makeStores);
