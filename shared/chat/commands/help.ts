import { wordsFor } from '../../locale/words.ts';
import { withBrackets } from '../markdown.ts';
import type { Command, CommandName } from './command.ts';

/** `help`: lists every command there is. */
export function help(commands: () => readonly CommandName[]): Command {
  return {
    name: 'help',
    does: (locale) => wordsFor(locale).commands.help,
    usage: 'help',
    async run({ locale }) {
      const words = wordsFor(locale).chat;
      const all = commands();
      const lines = all.map(({ usage, does }) => `- **${withBrackets(usage)}**: ${does(locale)}`);
      return {
        text: [words.help, '', ...lines].join('\n'),
        suggestions: all.filter(({ isOffered }) => isOffered === true).map(({ name }) => name),
      };
    },
  };
}
