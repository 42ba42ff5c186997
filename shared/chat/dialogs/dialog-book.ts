import { withoutFullStop } from '../../domain/text.ts';
import { wordsFor } from '../../locale/words.ts';
import type { CommandName } from '../commands/command.ts';
import { phraseBook } from '../understanding/phrase-book.ts';
import { behindPoliteness } from '../understanding/politeness.ts';
import type { Dialog } from './dialog.ts';
import type { Begun, Dialogs } from './dialogs.ts';

/** A dialog as it is known before anybody begins it. */
export interface DialogEntry extends CommandName {
  /**
   * For what else people say to begin it: gives what follows, and `undefined` for anything else. It is called with what was
   * said behind greetings and wishes: of `Hi, I'd like to book a flight to Tokyo` with `book a flight to Tokyo`.
   */
  readonly begunBy?: (said: string) => string | undefined;
  /** What else people say to go on with it after it was broken off, by language, lower case: `{ en: ['continue booking'] }`. */
  readonly resumed?: { readonly [language: string]: readonly string[] };
  /** Called with the first one that somebody begins or goes on with. */
  readonly load: () => Promise<Dialog>;
}

const resume: CommandName = {
  name: 'resume',
  group: 'you',
  usage: 'resume [<what>]',
  said: {
    en: ['go on with <what>', 'continue'],
    de: ['weitermachen', 'mach weiter', 'weiter mit <was>', '<was> fortsetzen'],
  },
  does: (locale) => wordsFor(locale).commands.resume,
};

/** Every dialog that there is. */
export interface DialogBook {
  /** What people can say to dialogs, and to begin one. */
  readonly names: readonly CommandName[];
  /** The dialog that a text begins. */
  begunBy(text: string): Begun | undefined;
  /** Whether a text asks to go on with what was broken off. */
  resumes(text: string): boolean;
  load(): Promise<Dialogs>;
}

const cancel: CommandName = {
  name: 'cancel',
  group: 'you',
  usage: 'cancel',
  said: { de: ['abbrechen'] },
  does: (locale) => wordsFor(locale).commands.cancel,
};

const WISH =
  /(?:(?:i|we)(?:'d| would)? (?:want|like|need)|(?:can|could) (?:i|we|you)|let'?s|let us) (?:to )?(?:please )?/iy;

function toGoOnWith({ resumed = {} }: DialogEntry): CommandName {
  return { ...resume, said: resumed };
}

export function dialogBook(entries: readonly DialogEntry[]): DialogBook {
  const book = phraseBook(entries);
  const resuming = phraseBook([resume, ...entries.map(toGoOnWith)]);
  return {
    names: entries.length === 0 ? [] : [...entries, resume, cancel],

    resumes: (text) => resuming.read(text) !== undefined,

    begunBy(text) {
      const polite = behindPoliteness(text);
      WISH.lastIndex = polite;
      const said = text.slice(WISH.test(text) ? WISH.lastIndex : polite);
      const begun = beginning(said);
      return begun && { name: begun.name, answer: withoutFullStop(begun.behind.replace(/^[\s,:]+/, '')) };
    },

    async load() {
      const [{ runDialogs }, ...dialogs] = await Promise.all([
        import('./run-dialogs.ts'),
        ...entries.map(({ load }) => load()),
      ]);
      return runDialogs(dialogs);
    },
  };
  function beginning(said: string): { readonly name: string; readonly behind: string } | undefined {
    for (const { name, begunBy } of entries) {
      const behind = begunBy?.(said);
      if (behind !== undefined) return { name, behind };
    }
    const read = book.read(said);
    return read && { name: read.command.name, behind: read.argument };
  }
}
