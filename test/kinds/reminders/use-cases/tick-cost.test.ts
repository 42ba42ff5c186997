import { describe, expect, it } from 'vitest';
import type { TableHttpClient } from '../../../../shared/adapters/table/wire/undici-http-client.ts';
import { undiciHttpClient } from '../../../../shared/adapters/table/wire/undici-http-client.ts';
import { days, hours, type Instant, minutes } from '../../../../shared/domain/time.ts';
import { fireReminders } from '../../../../shared/kinds/reminders/fire-reminders.ts';
import type { DueReminder } from '../../../../shared/kinds/reminders/model/reminder.ts';
import { tellingId } from '../../../../shared/kinds/reminders/model/reminder.ts';
import { TableReminderIndex } from '../../../../shared/kinds/reminders/rows/table-reminder-index.ts';
import type { ReminderIndex } from '../../../../shared/kinds/reminders/stores/reminder-index.ts';
import { aConversation, aDueReminder } from '../../../support/builders.ts';
import { freshTables } from '../../../support/tables.ts';
import { aWorld } from '../../../support/world.ts';

/** Monday 2026-11-23, 9:00 in UTC. */
const NINE = Date.UTC(2026, 10, 23, 9);
const DUE = 5;

/**
 * An index by minute that counts what a table would read: a row for each that is given, and nothing for minutes that are
 * not asked for.
 */
class CountingIndex implements ReminderIndex {
  rowsRead = 0;
  queries = 0;
  readonly #minutes = new Map<number, Map<string, DueReminder>>();

  async add(due: DueReminder): Promise<void> {
    const minute = Math.floor(due.at / minutes(1));
    const rows = this.#minutes.get(minute) ?? new Map<string, DueReminder>();
    this.#minutes.set(minute, rows.set(tellingId(due), due));
  }

  async rewrite(due: DueReminder): Promise<void> {
    await this.add(due);
  }

  async remove(due: readonly DueReminder[]): Promise<void> {
    for (const entry of due) this.#minutes.get(Math.floor(entry.at / minutes(1)))?.delete(tellingId(entry));
  }

  async *due(until: Instant, limit: number): AsyncGenerator<readonly DueReminder[], void, undefined> {
    const last = Math.floor(until / minutes(1));
    const asked = [...this.#minutes.keys()].filter((minute) => minute <= last).sort((a, b) => a - b);
    const rows = asked.flatMap((minute) => [...(this.#minutes.get(minute)?.values() ?? [])]);
    this.rowsRead += rows.length;
    this.queries += Math.max(1, Math.ceil(rows.length / limit));
    for (let start = 0; start < rows.length; start += limit) yield rows.slice(start, start + limit);
  }
}

/** Pending ones over the next year, and a few that are due. */
async function fill(index: ReminderIndex, pending: number): Promise<void> {
  const { key: conversation } = aConversation();
  const later = aDueReminder({ conversation });
  for (let n = 0; n < pending; n += 1) {
    const at = NINE + hours(1) + Math.floor((n / pending) * days(365));
    await index.add({ ...later, id: `pending-${n}`, at, occurrence: at });
  }
  for (let n = 0; n < DUE; n += 1) {
    const at = NINE + minutes(1);
    await index.add({ ...later, id: `due-${n}`, at, occurrence: at });
  }
}

describe('what a tick costs', () => {
  it('is the same with a thousand and with a million reminders pending', async () => {
    const cost = async (pending: number) => {
      const world = aWorld();
      const reminderIndex = new CountingIndex();
      await fill(reminderIndex, pending);
      const before = world.watch.calls.length;
      const fired = await fireReminders({ ...world, reminderIndex })();
      return {
        fired,
        operations: world.watch.calls.length - before,
        rows: reminderIndex.rowsRead,
        queries: reminderIndex.queries,
      };
    };
    const small = await cost(1000);
    expect(small.fired.announced).toBe(DUE);
    expect(small.rows).toBe(DUE);
    expect(await cost(1_000_000)).toEqual(small);
  }, 60_000);

  it('in Table Storage is one query for whole partitions and one transaction, whatever is pending', async () => {
    const cost = async (pending: number) => {
      const requests: string[] = [];
      const http = undiciHttpClient();
      const counting: TableHttpClient = {
        sendRequest: (request) => {
          const { pathname, searchParams } = new URL(request.url);
          const what = pathname.includes('$batch')
            ? 'transaction'
            : (searchParams.get('$filter') ?? pathname);
          requests.push(`${request.method} ${what}`);
          return http.sendRequest(request);
        },
      };
      const world = aWorld();
      const reminderIndex = new TableReminderIndex(await freshTables({ httpClient: counting }));
      await fill(reminderIndex, pending);
      requests.length = 0;
      const fired = await fireReminders({ ...world, reminderIndex })();
      expect(fired.announced).toBe(DUE);
      return [...requests];
    };
    const small = await cost(20);
    expect(small).toEqual([
      "GET PartitionKey ge 'd:' and PartitionKey le 'd:2026-11-23T09:01'",
      'POST transaction',
    ]);
    expect(await cost(Number(process.env.PENDING ?? 1000))).toEqual(small);
  }, 600_000);
});
