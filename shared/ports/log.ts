/** What may stand in a log line: ids, codes, counts and times. Never text, names, addresses or tokens. */
export type LogFields = { readonly [name: string]: string | number | boolean | undefined };

/** Writes one JSON object a line. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** Something an operator must see. */
  error(event: string, fields?: LogFields & { readonly cause?: string }): void;
}
