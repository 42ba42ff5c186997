/**
 * Two parts of the app are known by one name or one wording, so that only one of them could be reached. Thrown while the app
 * is put together: it is a fault of its sources, and none of what comes in while it runs.
 */
export class TakenTwice extends Error {
  /** What is known by it: `type`, `command`, `dialog`. */
  readonly what: string;
  /** The name or wording, as it stands in the sources. */
  readonly word: string;

  constructor(what: string, word: string) {
    super(`two have the ${what} "${word}": give one of them another, or take its line out of app/app.ts`);
    this.what = what;
    this.word = word;
  }
}

/** Throws `TakenTwice` where a name stands twice. */
export function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TakenTwice(what, twice);
}
