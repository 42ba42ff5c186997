import { describePeopleIndexContract } from './people-index.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describePeopleIndexContract(name, makeStores);
