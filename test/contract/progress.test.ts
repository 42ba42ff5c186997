import { describeProgressContract } from './progress.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeProgressContract(name, makeStores);
