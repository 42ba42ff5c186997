import { isTenantKey, type TenantKey } from '../../../domain/ids.ts';
import type { PlainGroup } from '../../../ports/delivery/audience.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { tenantRow, tenantsPartition } from './directory-keys.ts';

/** So many rows are remembered as written; there are as many as tenants times their topics. */
const MOST_REMEMBERED = 10_000;

/**
 * Which tenants have members of a group. Rows are only ever added, so one that this process wrote once need not be
 * written again.
 */
export class TenantIndex {
  readonly #directory: Table;
  readonly #written = new Set<string>();

  constructor(service: TableService) {
    this.#directory = service.table('directory');
  }

  async add(group: PlainGroup, tenant: TenantKey): Promise<void> {
    const row = tenantRow(group, tenant);
    const name = `${row.partitionKey}/${row.rowKey}`;
    if (this.#written.has(name)) return;
    await this.#directory.put(row);
    if (this.#written.size >= MOST_REMEMBERED) this.#written.clear();
    this.#written.add(name);
  }

  /** In key order. */
  async of(group: PlainGroup): Promise<readonly TenantKey[]> {
    const tenants: TenantKey[] = [];
    const rows = this.#directory.rows({ partition: tenantsPartition(group) }, { select: [] });
    for await (const { rowKey } of rows) {
      if (isTenantKey(rowKey)) tenants.push(rowKey);
    }
    return tenants;
  }
}
