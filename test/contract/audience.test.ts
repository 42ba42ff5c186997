import { describeAudienceContract } from './audience.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeAudienceContract(name, makeStores);
