import type { Tombstone, Tombstones } from '../../../../shared/ports/conversation/tombstones.ts';

export class InMemoryTombstones implements Tombstones {
  readonly #stones = new Map<string, Tombstone>();

  async raiseTombstone(name: string, stone: Tombstone): Promise<void> {
    this.#stones.set(name, structuredClone(stone));
  }

  async findTombstone(name: string): Promise<Tombstone | undefined> {
    return structuredClone(this.#stones.get(name));
  }

  async liftTombstone(name: string): Promise<void> {
    this.#stones.delete(name);
  }
}
