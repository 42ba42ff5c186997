/** A line as the functions host prints it: `[<RFC 3339>] [<level>] [<function> <start of the invocation id>] <message>`. */
interface HostLine {
  readonly time: string;
  readonly level: string;
  /** The function and its invocation, or the host's own category. */
  readonly source: string;
  readonly message: string;
}

/** What the app said in one line: `docs/telemetry.md` names every event and its fields. */
export interface AppEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

const HOST_LINE = /^\[([^\]]{1,40})\] \[([a-z]{1,20})\] \[([^\]]{0,200})\] (.*)$/s;

/** `undefined` for a line of another form. */
export function hostLineOf(line: string): HostLine | undefined {
  const [, time, level, source, message] = HOST_LINE.exec(line) ?? [];
  if (time === undefined || level === undefined || source === undefined || message === undefined)
    return undefined;
  return { time, level, source, message };
}

/** `undefined` for a message that is not one of the app's lines. */
export function appEventOf(message: string): AppEvent | undefined {
  if (!message.startsWith('{"v":1,')) return undefined;
  try {
    const { v: _version, ...line } = JSON.parse(message);
    return typeof line.event === 'string' ? line : undefined;
  } catch {
    // A line that was cut: it is shown as it is.
    return undefined;
  }
}
