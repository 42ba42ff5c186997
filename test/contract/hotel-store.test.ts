import { describeHotelStoreContract } from './hotel-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeHotelStoreContract(name, makeStores);
