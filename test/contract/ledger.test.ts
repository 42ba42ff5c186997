import { describeLedgerContract } from './ledger.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeLedgerContract(name, makeStores);
