import { describeDeliveriesContract } from './ledger-deliveries.contract.ts';
import { describeLinesContract } from './ledger-lines.contract.ts';
import { describeReportsContract } from './ledger-reports.contract.ts';
import type { MakeStores } from './stores.ts';

export function describeLedgerContract(name: string, makeStores: MakeStores): void {
  describeDeliveriesContract(name, makeStores);
  describeLinesContract(name, makeStores);
  describeReportsContract(name, makeStores);
}
