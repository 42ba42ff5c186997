import { describeAudienceStoreContract } from './audience-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeAudienceStoreContract(name, makeStores);
