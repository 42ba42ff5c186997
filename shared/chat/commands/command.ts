import type { Reply, Turn } from '../turn.ts';

/** What `help` shows of a command. */
export interface CommandName {
  /** The first word or words, lower case: `subscribe`. */
  readonly name: string;
  /** As people type it, with its arguments: `subscribe <topic>`. */
  readonly usage: string;
  /** What else people say for it, lower case: the same in another language, or as a question. It takes no argument. */
  readonly alsoSaid?: readonly string[];
  /** What it does, in the language of a BCP 47 tag: a short sentence without a full stop. */
  readonly does: (locale: string) => string;
  /** What people begin with: `help` offers it as a button. */
  readonly isOffered?: boolean;
  /** Nobody types it: the button that says it is found where it belongs, and it is not listed. */
  readonly isForButtons?: boolean;
}

/** One thing that people can say. */
export interface Command extends CommandName {
  /** @param argument what follows the name, trimmed; empty when nothing does */
  run(turn: Turn, argument: string): Promise<Reply>;
}

/** The argument when `text` is this command, case apart; `undefined` when it is not. */
export function argumentOf(command: Pick<Command, 'name'>, text: string): string | undefined {
  const { length } = command.name;
  if (text.slice(0, length).toLowerCase() !== command.name) return undefined;
  if (text.length === length) return '';
  return text[length] === ' ' ? text.slice(length + 1).trim() : undefined;
}

/** Whether the argument is there where the usage wants one, and is not where it takes none. `[...]` may be left out. */
export function isComplete({ name, usage }: Pick<Command, 'name' | 'usage'>, argument: string): boolean {
  const parameters = usage.slice(name.length).trim();
  const required = withoutOptional(parameters);
  return argument === '' ? required === '' : parameters !== '';
}

/** Without `[...]`, which may hold one more. */
function withoutOptional(parameters: string): string {
  const innermost = /\[[^[\]]*\]/g;
  return parameters.replace(innermost, '').replace(innermost, '').trim();
}
