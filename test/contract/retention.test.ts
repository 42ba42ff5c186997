import { describeRetentionContract } from './retention.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeRetentionContract(name, makeStores);
