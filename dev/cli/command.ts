import type { Argument, everyFlag, Flags } from './arguments/flags.ts';
import type { Given } from './arguments/parse.ts';
import type { Io } from './io.ts';

/** What the process ends with. */
export const ExitStatus = { ok: 0, failed: 1, usage: 2 } as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** One command. A file in `commands/` exports one of these, or a group, as `command`; its file name is its name. */
export interface Command<F extends Flags = Flags> {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly words: readonly Argument[];
  readonly flags: F;
  /** More for `--help`: what one should know before using it. */
  readonly notes?: string;
  /** Command lines without `notifier`. */
  readonly examples: readonly string[];
  /** Throws `UsageError` (exit status 2) or `CommandFailed` (1); anything else is a bug. */
  run(given: Given<F & typeof everyFlag>, io: Io): Promise<ExitStatus>;
}

/** Commands under one name: `parked list`, `parked show`. */
export interface CommandGroup {
  readonly summary: string;
  readonly commands: { readonly [name: string]: Command };
}

/** Keeps the types of a command's own flags while it is written, and gives it as any command. */
export function defineCommand<const F extends Flags>(command: Command<F>): Command {
  return command as unknown as Command; // Its `run` only ever gets what was parsed by its own `flags`.
}

/** The command did not do what it was asked to; the message says why and what to do. Exit status 1. */
export class CommandFailed extends Error {
  readonly code = 'failed';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandFailed';
  }
}
