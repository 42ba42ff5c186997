import type { Instant } from '../../../../shared/domain/time.ts';
import { type DueReminder, tellingId } from '../../../../shared/kinds/reminders/model/reminder.ts';
import type { ReminderIndex } from '../../../../shared/kinds/reminders/stores/reminder-index.ts';
import { checkLimit } from './in-memory-directory.ts';

export class InMemoryReminderIndex implements ReminderIndex {
  readonly #entries = new Map<string, DueReminder>();

  async add(due: DueReminder): Promise<void> {
    this.#entries.set(tellingId(due), structuredClone(due));
  }

  async rewrite(due: DueReminder): Promise<void> {
    if (this.#entries.has(tellingId(due))) await this.add(due);
  }

  async remove(due: readonly DueReminder[]): Promise<void> {
    for (const entry of due) this.#entries.delete(tellingId(entry));
  }

  async *due(until: Instant, limit: number): AsyncGenerator<readonly DueReminder[], void, undefined> {
    checkLimit(limit);
    const due = this.all().filter(({ at }) => at <= until);
    for (let start = 0; start < due.length; start += limit) yield due.slice(start, start + limit);
  }

  /** Everything in the index, oldest first. */
  all(): readonly DueReminder[] {
    return structuredClone([...this.#entries.values()].sort((a, b) => a.at - b.at));
  }
}
