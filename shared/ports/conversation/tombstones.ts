import type { ForgetRequest } from '../../domain/conversation/forgetting.ts';
import type { PersonKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** What is left of somebody who asked to be forgotten: hashes and times, for a day. */
export interface Tombstone {
  readonly at: Instant;
  /** The turn that said so. The same activity again is no sign of life. */
  readonly turn: string;
  /** When the channel says it was said; what was said before it is none either. */
  readonly saidAt?: Instant;
  /** What is forgotten under this name; absent for a person. */
  readonly request?: ForgetRequest;
  /**
   * Of a person's stone: every name that the person goes by. A stone stands under bare ids as well, which may be somebody
   * else's on another channel. Absent on stones of the release before proofs: then it is whoever goes by the name.
   */
  readonly of?: readonly PersonKey[];
  /** When everything was last looked through. */
  readonly cleanedAt?: Instant;
}

/** Who was forgotten lately, by hash. Every method may throw `StoreUnavailable`; each may be repeated. */
export interface Tombstones {
  /** Puts up a stone, or another in the place of one that is there. */
  raiseTombstone(name: string, stone: Tombstone): Promise<void>;
  findTombstone(name: string): Promise<Tombstone | undefined>;
  /** The person is back, or the day is over. */
  liftTombstone(name: string): Promise<void>;
}
