import { withoutTail } from '../../domain/text.ts';
import { wordsFor } from '../../locale/words.ts';
import { argumentOf, type CommandName } from '../commands/command.ts';
import { behindPoliteness } from '../politeness.ts';
import type { Dialog } from './dialog.ts';
import type { Begun, Dialogs } from './dialogs.ts';

/** A dialog as it is known before anybody begins it. */
export interface DialogEntry extends CommandName {
  /**
   * For what else people say to begin it: gives what follows, and `undefined` for anything else. It is called with what was
   * said behind greetings and wishes: of `Hi, I'd like to book a flight to Tokyo` with `book a flight to Tokyo`.
   */
  readonly begunBy?: (said: string) => string | undefined;
  /** Called with the first one that somebody begins or goes on with. */
  readonly load: () => Promise<Dialog>;
}

/** Every dialog that there is. */
export interface DialogBook {
  /** What people can say to dialogs, and to begin one. */
  readonly names: readonly CommandName[];
  /** The dialog that a text begins. */
  begunBy(text: string): Begun | undefined;
  load(): Promise<Dialogs>;
}

const cancel: CommandName = {
  name: 'cancel',
  usage: 'cancel',
  does: (locale) => wordsFor(locale).commands.cancel,
};

const WISH =
  /(?:(?:i|we)(?:'d| would)? (?:want|like|need)|(?:can|could) (?:i|we|you)|let'?s|let us) (?:to )?(?:please )?/iy;

export function dialogBook(entries: readonly DialogEntry[]): DialogBook {
  return {
    names: [...entries, cancel],

    begunBy(text) {
      const polite = behindPoliteness(text);
      WISH.lastIndex = polite;
      const said = text.slice(WISH.test(text) ? WISH.lastIndex : polite);
      for (const entry of entries) {
        const behind = entry.begunBy?.(said) ?? argumentOf(entry, said);
        if (behind === undefined) continue;
        return { name: entry.name, answer: withoutTail(behind.replace(/^[\s,:]+/, ''), /[\s.!?]/) };
      }
      return undefined;
    },

    async load() {
      const [{ runDialogs }, ...dialogs] = await Promise.all([
        import('./run-dialogs.ts'),
        ...entries.map(({ load }) => load()),
      ]);
      return runDialogs(dialogs);
    },
  };
}
