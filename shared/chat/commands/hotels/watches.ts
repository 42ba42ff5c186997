import type { WatchStore } from '../../../ports/watch-store.ts';
import type { Command } from '../command.ts';
import { describeWatches } from './describe-watch.ts';
import { longName } from './find-hotel.ts';

/** `watches` */
export function watches(deps: { readonly watches: WatchStore }): Command {
  return {
    name: 'watches',
    usage: 'watches',
    summary: 'Lists the hotels whose prices you watch',
    async run(turn) {
      const lines = await describeWatches(deps.watches, turn);
      if (lines.length === 0) {
        return { text: 'You watch no hotel yet. Say for example **watch Vegas Grand drop 10%**.' };
      }
      const own = await deps.watches.of(turn.conversation.key);
      return {
        text: ['I tell you here:', '', ...lines.map((line) => `- ${line}`)].join('\n'),
        suggestions: own
          .slice(0, 4)
          .map(({ hotel, hotelName, city }) => `unwatch ${longName({ key: hotel, name: hotelName, city })}`),
      };
    },
  };
}
