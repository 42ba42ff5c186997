import { wordsFor } from '../../locale/words.ts';
import { withBrackets } from '../markdown.ts';
import type { Command, CommandName } from './command.ts';

/** `help`: lists every command there is. */
export function help(commands: () => readonly CommandName[]): Command {
  return {
    name: 'help',
    usage: 'help',
    async run({ locale }) {
      const words = wordsFor(locale);
      const lines = commands().map(
        ({ name, usage }) => `- **${withBrackets(usage)}**: ${words.commands[name]}`,
      );
      return {
        text: [words.chat.help, '', ...lines].join('\n'),
        suggestions: ['book travel', 'topics', 'reminders', 'status'],
      };
    },
  };
}
