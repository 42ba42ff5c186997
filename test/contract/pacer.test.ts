import { describePacerContract } from './pacer.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describePacerContract(name, makeStores);
