import { describePersonalDataContract } from './personal-data.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describePersonalDataContract(name, makeStores);
