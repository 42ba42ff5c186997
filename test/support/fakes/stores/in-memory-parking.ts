import type { ParkedItem, Parking, ParkingReason } from '../../../../shared/ports/event/parking.ts';
import { byKey, pageOf } from './in-memory-directory.ts';

const ID = /^[A-Za-z0-9_-]{43}$/;

export class InMemoryParking implements Parking {
  readonly #items = new Map<string, ParkedItem>();
  #writes = 0;

  async parkItem(item: ParkedItem): Promise<void> {
    if (!ID.test(item.id)) throw new RangeError('the id of a parked item must be a hash');
    this.#writes++;
    this.#items.set(item.id, { ...structuredClone(item), tag: `W/"${this.#writes}"` });
  }

  async findParked(id: string): Promise<ParkedItem | undefined> {
    return structuredClone(this.#items.get(id));
  }

  async listParked(page: {
    readonly limit: number;
    readonly after?: string;
    readonly reason?: ParkingReason;
  }): Promise<{ readonly items: readonly ParkedItem[]; readonly after?: string }> {
    if (page.after !== undefined && !ID.test(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const items = [...this.#items.values()]
      .filter(({ reason }) => page.reason === undefined || reason === page.reason)
      .sort((a, b) => byKey(a.id, b.id));
    return structuredClone(pageOf(items, page, ({ id }) => id));
  }

  async count(most: number): Promise<{ readonly [Reason in ParkingReason]?: number }> {
    const counts: { [Reason in ParkingReason]?: number } = {};
    for (const { reason } of [...this.#items.values()].slice(0, most))
      counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  }

  async dropParked(id: string, tag?: string): Promise<boolean> {
    if (tag !== undefined && this.#items.get(id)?.tag !== tag) return false;
    return this.#items.delete(id);
  }
}
