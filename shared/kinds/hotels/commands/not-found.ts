import { plain } from '../../../chat/markdown.ts';
import type { Reply } from '../../../chat/turn.ts';
import type { HotelName } from '../prices/hotel.ts';
import { wordsFor } from '../words/words.ts';
import { type FoundHotel, longName } from './find-hotel.ts';

/** Hotels named at most, where somebody asks for one that is not known. */
const MOST_NAMED = 4;

/**
 * What to say when a name does not lead to one hotel: those that may be meant are offered, each with the command that was
 * asked for.
 */
export function notFound(
  said: string,
  found: Exclude<FoundHotel<HotelName>, { readonly kind: 'found' }>,
  ask: {
    readonly names: readonly HotelName[];
    readonly command: (hotel: string) => string;
    readonly locale: string;
  },
): Reply {
  const words = wordsFor(ask.locale).hotels;
  const offer = (hotels: readonly HotelName[]) => hotels.map((hotel) => ask.command(longName(hotel)));
  const list = (hotels: readonly HotelName[]) =>
    hotels.map((hotel) => `- **${plain(hotel.name)}**, ${plain(hotel.city)}`).join('\n');
  if (found.kind === 'several') {
    return { text: `${words.whichOne}\n\n${list(found.hotels)}`, suggestions: offer(found.hotels) };
  }
  if (ask.names.length === 0) {
    return { text: words.noHotels, suggestions: ['help'] };
  }
  const known = [...ask.names].sort((a, b) => a.name.localeCompare(b.name, 'en')).slice(0, MOST_NAMED);
  if (said === '') return { text: `${words.whichHotel}\n\n${list(known)}`, suggestions: offer(known) };
  const name = plain(said);
  return found.near.length > 0
    ? {
        text: `${words.didYouMean(name)}\n\n${list(found.near)}`,
        suggestions: offer(found.near),
      }
    : {
        text: `${words.unknown(name)}\n\n${list(known)}`,
        suggestions: offer(known),
      };
}
