import { wordsFor } from '../../locale/words.ts';
import type { Command } from './command.ts';

/** `console`: where operators look after the bot. Only on the local stack: elsewhere those who chat are seldom those. */
export function operatorsConsole(address: string): Command {
  return {
    name: 'console',
    usage: 'console',
    group: 'own',
    does: (locale) => wordsFor(locale).commands.console,
    said: { en: ['open console', 'show console'], de: ['konsole', 'öffne konsole', 'zeig konsole'] },
    run: async ({ locale }) => ({ text: wordsFor(locale).chat.console(address) }),
  };
}
