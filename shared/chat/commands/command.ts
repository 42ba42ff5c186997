import type { Reply, Turn } from '../turn.ts';

/** One thing that people can say. Adding a command is adding a file and naming it in `commands.ts`. */
export interface Command {
  /** The first word or words, lower case: `subscribe`. */
  readonly name: string;
  /** As people type it, with its arguments: `subscribe <topic>`. */
  readonly usage: string;
  /** What it does, a short sentence without a full stop. */
  readonly summary: string;
  /** @param argument what follows the name, trimmed; empty when nothing does */
  run(turn: Turn, argument: string): Promise<Reply>;
}

/** The argument when `text` is this command, case apart; `undefined` when it is not. */
export function argumentOf(command: Pick<Command, 'name'>, text: string): string | undefined {
  if (text.toLowerCase() === command.name) return '';
  return text.toLowerCase().startsWith(`${command.name} `)
    ? text.slice(command.name.length + 1).trim()
    : undefined;
}
