/** One fault that a test has to notice. */
export interface Mutation {
  /** The file or the folder in which `text` lies: a folder where code may move between its files. */
  readonly place: string;
  /** What would be wrong with the product. */
  readonly fault: string;
  /** Occurs once in the place. */
  readonly text: string;
  /** What stands there instead. */
  readonly faulty: string;
  /** The tests that say what the place does, the quick ones first: those behind are asked when they notice nothing. */
  readonly tests: readonly (readonly string[])[];
}

export type Planted = readonly [fault: string, text: string, faulty: string];

export function mutationsIn(
  place: string,
  tests: readonly (readonly string[])[],
  planted: readonly Planted[],
): readonly Mutation[] {
  return planted.map(([fault, text, faulty]) => ({ place, tests, fault, text, faulty }));
}
