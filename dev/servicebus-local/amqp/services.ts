import type { Connection } from 'rhea';
import type { Faults } from '../faults.ts';
import type { Namespace } from '../queue/namespace.ts';

/** What the protocol side needs from the broker. */
export interface Services {
  readonly namespace: Namespace;
  readonly faults: Faults;
  /** Calls `done` later than now, once every change made so far cannot be lost any more. */
  commit(done: () => void): void;
  /** Cuts a client off without a word. */
  drop(connection: Connection): void;
}
