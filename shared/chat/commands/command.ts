import type { Reply, Turn } from '../turn.ts';

/** What `help` shows of a command, and by what it is known. */
export interface CommandName {
  /** The first word or words, lower case: `subscribe`. */
  readonly name: string;
  /** As people type it, with its arguments: `subscribe <topic>`. */
  readonly usage: string;
  /**
   * What else people say for it, by language (BCP 47 subtag), lower case, with `<...>` where its argument is said:
   * `{ en: ['follow <topic>'], de: ['abonniere <thema>', '<thema> abonnieren'] }`. The first one of a language is how it is
   * shown to people who read that.
   */
  readonly said?: { readonly [language: string]: readonly string[] };
  /** One whole command by language, for `help`: `{ en: 'subscribe builds', de: 'abonniere builds' }`. */
  readonly example?: { readonly en: string; readonly [language: string]: string };
  /** Under which heading `help` shows it; without one among what an app has of its own. */
  readonly group?: CommandGroup;
  /** What it does, in the language of a BCP 47 tag: a short sentence without a full stop. */
  readonly does: (locale: string) => string;
  /** Whether a text that none of the phrases fits says this command all the same: it is then the argument, whole. */
  readonly alsoSaid?: (text: string) => boolean;
  /** What follows is in the person's own words: a thank-you or a full stop at its end is a part of it. */
  readonly takesWords?: boolean;
  /** Nobody types it: the button that says it is found where it belongs, and it is not listed. */
  readonly isForButtons?: boolean;
}

export type CommandGroup = 'news' | 'reminders' | 'quiet' | 'own' | 'you';

/** One thing that people can say. */
export interface Command extends CommandName {
  /**
   * @param argument what is said for it beside its words, trimmed; empty where nothing is
   * @param by the words by which it was known: `erinnere mich`
   */
  run(turn: Turn, argument: string, by?: string): Promise<Reply>;
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
