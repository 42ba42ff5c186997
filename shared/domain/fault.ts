/** One thing that is wrong with an input: where, which rule it breaks, and what to do about it. */
export interface Fault {
  /** Path into the input, `data.to[0].user`; the empty string means the input as a whole. */
  readonly path: string;
  /** The rule that is broken and the remedy, one sentence, without the input's own text in full. */
  readonly message: string;
  /** The rule that is broken, `too-long`: stable, so that a program can say it in a language of its own. Absent where it has no name. */
  readonly rule?: string;
  /** What the message says of the rule: `{ most: 200 }`. */
  readonly values?: { readonly [name: string]: string | number };
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const refused = (
  ...faults: readonly Fault[]
): { readonly ok: false; readonly faults: readonly Fault[] } => ({
  ok: false,
  faults,
});

/** `data.to[0].user`: the path of a part, below `root`. */
export function pathBelow(root: string, parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, root);
}

const LONGEST_IN_PATH = 40;

/** A name of the input as a path or a message repeats it: its beginning where it is long. */
export function shortened(name: string): string {
  return name.length <= LONGEST_IN_PATH ? name : `${name.slice(0, LONGEST_IN_PATH)}\u2026`;
}

const LONGEST_NAMED = 80;

/** What somebody named and there is not, as a message repeats it: `"abc"`, its beginning where it is long. */
export function named(text: string): string {
  const all = [...text];
  const shown = all.length > LONGEST_NAMED ? `${all.slice(0, LONGEST_NAMED).join('')}…` : text;
  return `"${shown.replace(/\p{Cc}/gu, ' ')}"`;
}

/** `path: message; path: message`, for one line of text. */
export function describeFaults(faults: readonly Fault[]): string {
  return faults
    .map((fault) => (fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`))
    .join('; ');
}
