import type { TableService } from './table-service.ts';

/**
 * Every table of the notifier. In Azure they are made by the infrastructure templates; nothing creates a table
 * while it serves.
 *
 * | Table | Partition | Holds |
 * |---|---|---|
 * | `conversations` | conversation key | record `0c`, send windows `0w`, deliveries `d:`, own subscriptions `s:`, own watches `h:` |
 * | `directory` | see `people/directory-keys.ts` | by what a conversation or a person is found |
 * | `notifications` | notification id | content `n`, plan mark `p`, walks `w:`, report `r:` and `r~`, particulars `x:` |
 * | `due` | minute | what is not final, by the instant it is due at |
 * | `parked` | one | what cannot be used or finished, until somebody decides |
 * | `pace` | tenant key | the next free slot in the tenant's rate, and what instances tell each other of late requests |
 * | `reminders` | see `reminders/reminder-row.ts` | reminders, and what of them is due by the minute |
 * | `hotels` | one | hotels with their last prices |
 * | `watches` | hotel and tenant | who watches a hotel's price, and how far it has moved |
 */
export const tableNames = [
  'conversations',
  'directory',
  'notifications',
  'due',
  'parked',
  'pace',
  'reminders',
  'hotels',
  'watches',
] as const;
export type TableName = (typeof tableNames)[number];

/** Makes the tables that are missing: for the local stack and for tests. Throws `StoreUnavailable`. */
export async function ensureTables(service: TableService): Promise<void> {
  await Promise.all(tableNames.map((name) => service.table(name).create()));
}
