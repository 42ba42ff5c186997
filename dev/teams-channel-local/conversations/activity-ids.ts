/**
 * Ids of activities as Teams makes them: the time in milliseconds as a text of digits. Two in one millisecond get
 * the next number, so that an id is never given twice.
 */
export class ActivityIds {
  #last = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    this.#last = Math.max(this.#last + 1, this.#now());
    return String(this.#last);
  }

  /** Later ids are greater than this one, which was given in an earlier life. */
  passOver(id: string): void {
    const number = Number(id);
    if (Number.isSafeInteger(number)) this.#last = Math.max(this.#last, number);
  }
}
