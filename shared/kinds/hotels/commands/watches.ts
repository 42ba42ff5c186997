import type { Command } from '../../../chat/commands/command.ts';
import type { WatchStore } from '../stores/watch-store.ts';
import { wordsFor } from '../words/words.ts';
import { describeWatches } from './describe-watch.ts';
import { longName } from './find-hotel.ts';

/** `watches` */
export function watches(deps: { readonly watches: WatchStore }): Command {
  return {
    name: 'watches',
    does: (locale) => wordsFor(locale).commands.watches,
    usage: 'watches',
    said: { de: ['beobachtungen', 'meine beobachtungen'] },
    async run(turn) {
      const words = wordsFor(turn.locale).hotels;
      const lines = await describeWatches(deps.watches, turn);
      if (lines.length === 0) return { text: words.noneYet };
      const own = await deps.watches.of(turn.conversation.key);
      return {
        text: [words.list, '', ...lines.map((line) => `- ${line}`)].join('\n'),
        suggestions: own
          .slice(0, 4)
          .map(({ hotel, hotelName, city }) => `unwatch ${longName({ key: hotel, name: hotelName, city })}`),
      };
    },
  };
}
