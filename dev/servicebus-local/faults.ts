/** Faults of the next sends. A send is one transfer (a message or a batch) or one request to schedule messages. */
export interface FaultPlan {
  /** So many of the next sends are refused with `com.microsoft:server-busy` and not stored; clients try again. */
  readonly refuseSends?: number;
  /** After that, so many sends are stored, and the connection is dropped before the sender hears of it. */
  readonly dropAfterSends?: number;
}

/** What happens to one send. */
export type SendFault = 'none' | 'refuse' | 'drop-after';

/** Counts down the faults that were asked for. */
export class Faults {
  #refuse = 0;
  #dropAfter = 0;

  /** Replaces the counts that the plan names; the others stay. */
  plan({ refuseSends, dropAfterSends }: FaultPlan): void {
    if (refuseSends !== undefined) this.#refuse = refuseSends;
    if (dropAfterSends !== undefined) this.#dropAfter = dropAfterSends;
  }

  /** What is left to happen. */
  get left(): Required<FaultPlan> {
    return { refuseSends: this.#refuse, dropAfterSends: this.#dropAfter };
  }

  /** Decides about a send, and counts it. */
  nextSend(): SendFault {
    if (this.#refuse > 0) {
      this.#refuse -= 1;
      return 'refuse';
    }
    if (this.#dropAfter > 0) {
      this.#dropAfter -= 1;
      return 'drop-after';
    }
    return 'none';
  }
}
