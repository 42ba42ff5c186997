import { type Line, lineUp } from '../../../domain/delivery/pace.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { AskedForMoment } from '../../../ports/delivery/ledger.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import type { Table } from '../storage/table.ts';
import { fromWindowsRow, lineKeys, toLineRow } from './windows-row.ts';

/** Losses to other instances before giving up: each means that one of them took its moments. */
const MOST_RACES = 16;
/** Calls that one write takes moments for. */
const MOST_AT_ONCE = 100;

interface Waiting extends AskedForMoment {
  readonly resolve: (moment: Instant) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * The lines of conversations, one row each. Within a process those who ask while a write is under way share the next
 * one, so that a crowd costs a few writes and no races.
 */
export class TableLines {
  readonly #table: Table;
  readonly #waiting = new Map<ConversationKey, Waiting[]>();

  constructor(conversations: Table) {
    this.#table = conversations;
  }

  join(conversation: ConversationKey, asked: AskedForMoment): Promise<Instant> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(conversation);
      const one = { ...asked, resolve, reject };
      if (waiting !== undefined) {
        waiting.push(one);
        return;
      }
      const queue = [one];
      this.#waiting.set(conversation, queue);
      void this.#serve(conversation, queue);
    });
  }

  async #serve(conversation: ConversationKey, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST_AT_ONCE);
      try {
        const moments = await this.#take(conversation, batch);
        batch.forEach(({ resolve, now }, index) => {
          resolve(moments[index] ?? now);
        });
      } catch (cause) {
        // Each of them hears of it; their calls come back by themselves, and nobody was sent anything.
        for (const { reject } of batch) reject(cause);
      }
    }
    this.#waiting.delete(conversation);
  }

  async #take(conversation: ConversationKey, batch: readonly AskedForMoment[]): Promise<readonly Instant[]> {
    return untilWritten(
      'line up in a conversation',
      async () => {
        const known = await this.#table.get(lineKeys(conversation));
        let line: Line | undefined = known === undefined ? undefined : fromWindowsRow(this.#table, known);
        const moments: Instant[] = [];
        for (const { now, ...asked } of batch) {
          const lined = lineUp({ ...asked, line }, now);
          line = lined.line;
          moments.push(lined.at);
        }
        if (line === undefined) return moments;
        const row = toLineRow(conversation, line);
        // Unmarked: a write whose answer was lost took moments that nobody uses.
        const etag = await (known === undefined
          ? this.#table.insert(row)
          : this.#table.replace(row, known.etag));
        return etag === undefined ? LOST : moments;
      },
      MOST_RACES,
    );
  }
}
