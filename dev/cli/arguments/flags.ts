/** One flag of a command, as `--help` shows it and as the command line is read. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** May be given several times: the value is a list. */
  readonly multiple?: boolean;
  /** What the value is, in capitals: `ID`, `FILE`. */
  readonly value?: string;
  /** One line for the help. */
  readonly about: string;
}

/** Flags by name, without the dashes. */
export type Flags = { readonly [name: string]: Flag };

/** What was given: a string or nothing, a list, or yes and no. */
export type Values<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends { readonly multiple: true }
    ? readonly string[]
    : F[Name]['type'] extends 'boolean'
      ? boolean
      : string | undefined;
};

/** A word of the command line that is no flag: `<notification id>`. */
export interface Argument {
  readonly name: string;
  readonly optional?: boolean;
}

/** Flags that every command has. */
export const everyFlag = {
  json: { type: 'boolean', about: 'print JSON on stdout, and nothing else' },
  help: { type: 'boolean', about: 'this text' },
} as const satisfies Flags;
