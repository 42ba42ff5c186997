type Kind = 'complete' | 'abandon';

/**
 * Keeps settlements of different kinds out of one turn of the event loop.
 *
 * The AMQP client merges what is settled in one turn into ranges and gives a range the outcome of its first delivery:
 * a message that is abandoned while its neighbour is completed would be completed, and lost. Settlements of one kind
 * may be merged.
 */
export class Settlements {
  #thisTurn: Kind | undefined;
  #waiting: { readonly kind: Kind; readonly begin: () => void }[] = [];

  /** Runs `settle` in this turn or a later one; the promise is that of `settle`. */
  run(kind: Kind, settle: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind, begin: () => void settle().then(resolve, reject) });
      if (this.#waiting.length === 1) this.#beginAll();
    });
  }

  /** Begins what may begin now, in order; the first of another kind waits for the next turn, and all behind it. */
  #beginAll(): void {
    while (true) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      if (this.#thisTurn !== undefined && this.#thisTurn !== next.kind) return;
      if (this.#thisTurn === undefined) {
        setImmediate(() => {
          this.#thisTurn = undefined;
          this.#beginAll();
        });
      }
      this.#thisTurn = next.kind;
      this.#waiting.shift();
      next.begin();
    }
  }
}
