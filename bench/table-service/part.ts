import { tablesConnectionString } from '../../dev/tables/azurite.ts';
import type { TableCounts } from '../../dev/tables/counts.ts';
import { startPart } from '../parts/part.ts';
import type { PeopleToFill, RemindersToFill } from './fill.ts';

export type TablesQuestion =
  | { readonly kind: 'origin' | 'counts' | 'reset' }
  | { readonly kind: 'people'; readonly people: PeopleToFill }
  | { readonly kind: 'reminders'; readonly reminders: RemindersToFill };

/** The tables in memory, in a process of their own. */
export interface TablesPart {
  readonly origin: string;
  readonly connectionString: string;
  /** The same account by a shared access signature: as with an identity in Azure, no request has to be signed. */
  readonly unsignedConnection: string;
  counts(): Promise<TableCounts>;
  resetCounts(): Promise<void>;
  fillPeople(people: PeopleToFill): Promise<void>;
  fillReminders(reminders: RemindersToFill): Promise<void>;
  stop(): Promise<void>;
}

export async function startTables(): Promise<TablesPart> {
  const part = startPart('table-service/main.ts');
  const ask = (question: TablesQuestion) => part.ask(question);
  const origin = String(await ask({ kind: 'origin' }));
  return {
    origin,
    connectionString: tablesConnectionString(origin),
    unsignedConnection: `TableEndpoint=${origin}/devstoreaccount1;SharedAccessSignature=sv=2019-02-02&sig=none`,
    // main.ts answers with them.
    counts: async () => (await ask({ kind: 'counts' })) as TableCounts,
    resetCounts: async () => void (await ask({ kind: 'reset' })),
    fillPeople: async (people) => void (await ask({ kind: 'people', people })),
    fillReminders: async (reminders) => void (await ask({ kind: 'reminders', reminders })),
    stop: () => part.stop(),
  };
}
