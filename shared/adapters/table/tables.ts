import type { TableService } from './table-service.ts';

/**
 * The tables of the engine; a kind may have some for itself. In Azure all are made by the infrastructure templates;
 * nothing creates a table while it serves.
 *
 * | Table | Partition | Holds |
 * |---|---|---|
 * | `conversations` | conversation key | record `0c`, reach `0r` `c:`, whom it belongs to `0a`, send windows `0w`, deliveries `d:`, own subscriptions `s:`, what leads to records of kinds `h:` `k:` |
 * | `directory` | see `people/directory-keys.ts` | by what a conversation or a person is found |
 * | `notifications` | notification id | content `n`, plan mark `p`, walks `w:`, report `r:` and `r~`, particulars `x:`, digest of the request `i`; of one with lists its list `j` `k:` `l:` `l~`, plan mark `q` and walks `u:` |
 * | `due` | minute | what is not final, by the instant it is due at |
 * | `parked` | one | what cannot be used or finished, until somebody decides |
 * | `pace` | tenant key | the next free slot in the tenant's rate, and what instances tell each other of late requests |
 * | `authored` | `audiences`, `drafts`, and the entries of each audience | stored audiences, drafts of messages |
 * | `records` | kind, key and tenant | what kinds keep for conversations |
 */
export const engineTables = [
  'conversations',
  'directory',
  'notifications',
  'due',
  'parked',
  'pace',
  'authored',
  'records',
] as const;

/** Makes the tables that are missing: for the local stack and for tests. Throws `StoreUnavailable`. */
export async function ensureTables(service: TableService, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => service.table(name).create()));
}
