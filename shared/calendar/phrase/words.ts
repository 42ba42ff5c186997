/** Names in the notation of the grammar: what a language writes for a weekday, a month or a length of time. */

/** 0 is Monday. */
export function weekdayNamed(word: string): number | undefined {
  return /^d[0-6]\??$/.test(word) ? Number(word[1]) : undefined;
}

/** A word for every such weekday. */
export function weekdaysNamed(word: string): number | undefined {
  return /^d[0-6]s$/.test(word) ? Number(word[1]) : undefined;
}

/** A weekday by a word that is one of everyday language, too. */
export function isVagueWeekday(word: string): boolean {
  return /^d[0-6]\?$/.test(word);
}

/** 1 to 12. */
export function monthNamed(word: string): number | undefined {
  return /^m1?[0-9]$/.test(word) ? Number(word.slice(1)) : undefined;
}

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const units: ReadonlyMap<string, Unit> = new Map(
  (['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const).flatMap((unit) => [
    [unit, unit],
    [`${unit}s`, unit],
  ]),
);

export function unitNamed(word: string): Unit | undefined {
  return units.get(word);
}

/** Units that are one letter: only right behind a digit, or behind one with a space (`2 h`). */
const letters: ReadonlyMap<string, Unit> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['y', 'year'],
]);

export function unitOfLetter(word: string): Unit | undefined {
  return letters.get(word);
}
