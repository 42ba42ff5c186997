import { describeParkingContract } from './parking.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeParkingContract(name, makeStores);
