import { defineCommand } from '../../../../shared/kinds/define-kind.ts';
import { wordsIn } from '../../../../shared/locale/words.ts';

/** What it says: in English, and in as many languages more as there are. */
const { wordsFor } = wordsIn({
  does: 'Says what time it is for you',
  now: (time: string) => `It is ${time}.`,
});

/** `sample command`: what people can say, and what they are answered. */
export const sampleCommand = defineCommand((world) => ({
  name: 'sample command',
  usage: 'sample command',
  does: (locale) => wordsFor(locale).does,
  async run({ conversation, at, locale }) {
    const { zone } = await world.personZone(conversation);
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(at);
    return { text: wordsFor(locale).now(time) };
  },
}));
