import { backends } from '../../../contract/stores.ts';
import { describeHotelStoreContract } from './hotel-store.contract.ts';

for (const { name, makeStores } of backends) describeHotelStoreContract(name, makeStores);
