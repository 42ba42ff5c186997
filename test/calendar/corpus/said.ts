/** Wednesday, 25 November 2026, 10:20 in Berlin. */
export const said = { now: Date.parse('2026-11-25T10:20:00+01:00'), zone: 'Europe/Berlin' } as const;

/** A phrase, and the local time and rule that a person means by it. */
export interface Phrase {
  readonly text: string;
  readonly at: string;
  readonly rrule?: string;
}

/** A whole request. */
export interface Request extends Phrase {
  readonly what: string;
}

/** One family per heading; one phrase per line: `tomorrow at 9 => 2026-11-26 09:00 [FREQ=...]`. */
export function phrasesOf(text: string): readonly Phrase[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^(.+?) => (\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?)(?: (\S+))?$/.exec(line);
      if (match === null) throw new Error(`"${line}" is no line of the corpus: phrase => date time [rule]`);
      const [, phrase = '', date, time = '', rrule] = match;
      const at = `${date}T${time.length === 5 ? `${time}:00` : time}`;
      return { text: phrase, at, ...(rrule === undefined ? {} : { rrule }) };
    });
}

/** One request per line: `morgen um 9 Zahnarzt => Zahnarzt => 2026-11-26 09:00 [FREQ=...]`. */
export function requestsOf(text: string): readonly Request[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [request = '', what = '', ...rest] = line.split(' => ');
      const [phrase] = phrasesOf(`${request} => ${rest.join(' => ')}`);
      if (phrase === undefined)
        throw new Error(`"${line}" is no line of the corpus: request => what => date time`);
      return { ...phrase, what };
    });
}
