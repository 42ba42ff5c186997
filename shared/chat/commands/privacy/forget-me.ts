import { wordsFor } from '../../../locale/words.ts';
import type { Command } from '../command.ts';

/** What is said to mean it. Nothing else does, and no dialog stands in its way. */
export const FORGET_ME_NOW = 'forget me now';
export const FORGET_ME_NOW_IN_GERMAN = 'vergiss mich jetzt';

/** `forget me`: says what would go, and asks. What `forget me now` does is not a command, see `bot.ts`. */
export const forgetMeCommand: Command = {
  name: 'forget me',
  does: (locale) => wordsFor(locale).commands['forget me'],
  usage: 'forget me',
  group: 'you',
  said: {
    en: ['delete my data', 'delete me', 'erase my data', 'remove my data', 'forget about me'],
    de: ['vergiss mich', 'lösche meine daten', 'lösch meine daten', 'meine daten löschen'],
  },
  async run({ locale }) {
    const words = wordsFor(locale).privacy;
    return {
      text: words.willForget,
      asks: { yes: FORGET_ME_NOW },
      card: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.5',
        body: [
          {
            type: 'ActionSet',
            actions: [
              {
                type: 'Action.Submit',
                title: words.yes,
                style: 'destructive',
                data: { notifier: FORGET_ME_NOW },
              },
              { type: 'Action.Submit', title: words.no, data: { notifier: 'status' } },
            ],
          },
        ],
      },
    };
  },
};
