import { backends } from '../../../contract/stores.ts';
import { describeWatchStoreContract } from './watch-store.contract.ts';

for (const { name, makeStores } of backends) describeWatchStoreContract(name, makeStores);
