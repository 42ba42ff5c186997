import { formatDeliveryId } from '../../../../shared/domain/delivery/delivery.ts';
import { walkName } from '../../../../shared/domain/event/job.ts';
import { type Instant, minutes } from '../../../../shared/domain/time.ts';
import type { DueEntry, DueIndex } from '../../../../shared/ports/delivery/due-index.ts';
import { checkLimit } from './in-memory-directory.ts';

const MINUTE = minutes(1);

export class InMemoryDueIndex implements DueIndex {
  readonly #entries = new Map<string, DueEntry>();

  async addDue(entry: DueEntry): Promise<void> {
    this.#entries.set(nameOf(entry), structuredClone(entry));
  }

  async removeDue(entry: DueEntry): Promise<void> {
    this.#entries.delete(nameOf(entry));
  }

  async findOverdue(until: Instant, limit: number, after?: DueEntry): Promise<readonly DueEntry[]> {
    checkLimit(limit);
    const due = this.all().filter(
      (entry) => entry.at <= until && (after === undefined || inOrder(after, entry) < 0),
    );
    return due.slice(0, limit);
  }

  async findDueBeyond(from: Instant, limit: number): Promise<readonly DueEntry[]> {
    checkLimit(limit);
    return this.all()
      .filter((entry) => Math.floor(entry.at / MINUTE) > Math.floor(from / MINUTE))
      .slice(0, limit);
  }

  /** Everything in the index, oldest first. */
  all(): readonly DueEntry[] {
    return structuredClone([...this.#entries.values()].sort(inOrder));
  }
}

function inOrder(a: DueEntry, b: DueEntry): number {
  return a.at - b.at || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0);
}

function nameOf(entry: DueEntry): string {
  switch (entry.kind) {
    case 'delivery':
      return `${entry.at} delivery ${formatDeliveryId(entry.id)}`;
    case 'page':
      return `${entry.at} page ${entry.notification} ${entry.after ?? ''} ${entry.upTo}`;
    case 'walk':
      return `${entry.at} walk ${entry.walk.notification} ${walkName(entry.walk)}`;
    case 'plan':
      return `${entry.at} plan ${entry.notification}`;
    case 'listed':
      return `${entry.at} listed ${entry.notification} ${entry.dueAt ?? ''}`;
    case 'work':
      return `${entry.at} ${entry.work} ${entry.about.id}`;
    case 'forgetting':
      return `${entry.at} forgetting ${entry.request.id}`;
    case 'old-notification':
      return `${entry.at} old ${entry.notification}`;
    case 'old-parked':
      return `${entry.at} old parked ${entry.parked}`;
  }
}
