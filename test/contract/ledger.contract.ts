import { describeDeliveriesContract } from './ledger-deliveries.contract.ts';
import { describeReportsContract } from './ledger-reports.contract.ts';
import type { MakeStores } from './stores.ts';

export function describeLedgerContract(name: string, makeStores: MakeStores): void {
  describeDeliveriesContract(name, makeStores);
  describeReportsContract(name, makeStores);
}
