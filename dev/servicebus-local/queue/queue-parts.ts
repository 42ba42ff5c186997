import type { Clock } from '../clock.ts';
import type { BoxImage } from '../journal/images.ts';
import type { Box, JournalRecord } from '../journal/records.ts';
import type { DuplicateHistory } from './duplicate-history.ts';
import type { Queue } from './queue.ts';
import type { QueueSettings } from './settings.ts';

/** Where a queue writes its changes. */
export interface QueueJournal {
  record(record: JournalRecord): void;
  /** Closes the group of records that belong together, and calls `done` once they cannot be lost any more. */
  commit(done?: () => void): void;
}

export interface QueueParts {
  readonly settings: QueueSettings;
  readonly box: Box;
  readonly clock: Clock;
  readonly journal: QueueJournal;
  /** What the journal had of this queue; `undefined` for a new one. */
  readonly image: BoxImage | undefined;
  readonly history: DuplicateHistory;
  /** Uses up the next sequence number. */
  readonly nextSequence: () => number;
  /** Where dead letters go. A queue of dead letters has none: it drops, counts out and expires nothing. */
  readonly deadLetters: Queue | undefined;
}
