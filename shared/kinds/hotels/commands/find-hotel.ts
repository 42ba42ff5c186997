import { editDistance } from '../../../domain/edit-distance.ts';
import { cut } from '../../../domain/text.ts';
import type { HotelName } from '../prices/hotel.ts';

/** What is offered at most where a name is not clear. */
const MOST_OFFERED = 4;

/** No hotel has a longer name; what is longer is not compared to its end. */
const LONGEST = 200;

/** What people say around a name. */
const BESIDE: readonly string[] = ['the', 'hotel', 'in', 'at'];

export type FoundHotel<Name extends HotelName> =
  | { readonly kind: 'found'; readonly hotel: Name }
  /** Several bear the name, or contain it. */
  | { readonly kind: 'several'; readonly hotels: readonly Name[] }
  /** None does; those that are most alike. */
  | { readonly kind: 'none'; readonly near: readonly Name[] };

/**
 * Finds a hotel by what a person calls it: its name, with or without its city, or words out of both that no other hotel
 * has. Case, accents and punctuation do not matter.
 */
export function findHotel<Name extends HotelName>(said: string, hotels: readonly Name[]): FoundHotel<Name> {
  const wanted = folded(cut(said, LONGEST));
  if (wanted === '') return { kind: 'none', near: [] };
  const full = hotels.map((hotel) => ({
    hotel,
    name: folded(hotel.name),
    long: folded(`${hotel.name} ${hotel.city}`),
  }));
  const words = wanted.split(' ');
  for (const fits of [
    ({ name, long }: (typeof full)[number]) => long === wanted || name === wanted,
    ({ long }: (typeof full)[number]) => {
      const own = new Set([...long.split(' '), ...BESIDE]);
      return words.some((word) => !BESIDE.includes(word)) && words.every((word) => own.has(word));
    },
  ]) {
    const [first, ...more] = full.filter(fits);
    if (first === undefined) continue;
    return more.length === 0
      ? { kind: 'found', hotel: first.hotel }
      : { kind: 'several', hotels: offered([first, ...more].map(({ hotel }) => hotel)) };
  }
  const near = full
    .map(({ hotel, name, long }) => ({ hotel, distance: distanceOf(words, [name, long]) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
    .map(({ hotel }) => hotel);
  return { kind: 'none', near: offered(near) };
}

/** How far what was said is from a name, as a whole or word by word; infinite where they are unlike. */
function distanceOf(words: readonly string[], names: readonly string[]): number {
  const said = words.join(' ');
  const whole = names.map((name) => within(editDistance(said, name), name));
  const own = names.flatMap((name) => name.split(' '));
  const byWord = words
    .map((word) => Math.min(...own.map((other) => within(editDistance(word, other), other))))
    .reduce((sum, distance) => sum + distance, 0);
  return Math.min(...whole, byWord);
}

/** A third of the letters may be others. */
function within(distance: number, name: string): number {
  return distance <= Math.floor(name.length / 3) ? distance : Number.POSITIVE_INFINITY;
}

/** The hotel as one writes it so that no other is meant. */
export function longName({ name, city }: HotelName): string {
  return `${name}, ${city}`;
}

function offered<Name extends HotelName>(hotels: readonly Name[]): readonly Name[] {
  return hotels.slice(0, MOST_OFFERED);
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
