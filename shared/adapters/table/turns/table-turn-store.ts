import {
  noTurns,
  statusOf,
  type TurnPlace,
  type TurnState,
} from '../../../domain/conversation/turn-state.ts';
import type { LoadedTurns, TurnStore } from '../../../ports/conversation/turn-store.ts';
import { toDialogStatusRow } from '../people/dialog-status-row.ts';
import { placeOfPerson } from '../privacy/person-index.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import { writeMarked } from '../storage/marked-write.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { fromTurnStateRow, toTurnStateRow, turnStateKeys } from './turn-state-row.ts';

/**
 * One row in the conversation's partition for each person whose dialogs they are. It is written with a mark: a turn
 * that its own repetition made look lost would be thought through once more, and its effects with it.
 *
 * The dialogs' status of a personal conversation lies beside it, in the row that deliveries read anyway. It has no
 * condition of its own: it is only ever written together with the state, whose condition holds for both.
 */
export class TableTurnStore implements TurnStore {
  readonly #service: TableService;
  readonly #conversations: Table;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#conversations = service.table('conversations');
    this.#directory = service.table('directory');
  }

  async loadTurns(place: TurnPlace): Promise<LoadedTurns> {
    const row = await this.#conversations.get(turnStateKeys(place));
    if (row === undefined) return { state: noTurns };
    const state = parsedOrReported(this.#service, () => fromTurnStateRow(this.#conversations, row));
    return state === undefined
      ? { state: noTurns, tag: row.etag, unreadable: true }
      : { state, tag: row.etag };
  }

  async saveTurns(
    place: TurnPlace,
    state: TurnState,
    tag?: string,
  ): Promise<{ readonly tag: string } | 'lost'> {
    const row = toTurnStateRow(place, state);
    if (place.speaker !== undefined && tag === undefined) {
      await this.#directory.put(placeOfPerson(place.speaker, place.conversation));
    }
    const written = await writeMarked(
      this.#conversations,
      tag === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag: tag },
      place.speaker === undefined && place.isApart !== true
        ? { kind: 'put', row: toDialogStatusRow(place, statusOf(state)) }
        : undefined,
    );
    return written === undefined ? 'lost' : { tag: written };
  }
}
