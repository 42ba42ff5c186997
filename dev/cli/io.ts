/** A stream that text goes to. */
export interface Screen {
  write(text: string): void;
  /** A person reads it as it comes. */
  readonly isTTY: boolean;
  /** Characters in a line; absent where nobody knows. */
  readonly columns?: number | undefined;
}

/** Everything that a command knows of the world around its process. */
export interface Io {
  /** Results, and nothing else. */
  readonly out: Screen;
  /** Progress, remarks and errors. */
  readonly err: Screen;
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  /** All of stdin as text. */
  readInput(): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Aborted when the person wants to stop (Ctrl-C). */
  readonly signal: AbortSignal;
}
