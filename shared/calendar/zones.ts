import { editDistance } from '../domain/edit-distance.ts';
import { isZone } from './local-time.ts';
import { zoneOfOffset } from './offsets.ts';
import { placesWithoutZone } from './places.ts';
import { zoneLetters } from './zone-letters.ts';

/** A zone, or the names that are most like what was written; those can be offered as they are. */
export type FoundZone = { readonly zone: string } | { readonly suggestions: readonly string[] };

const MOST_SUGGESTIONS = 5;

/**
 * Finds an IANA time zone by what a person writes: its name in any case, a city or a country, letters such as `CET`, or a
 * distance from UTC such as `UTC+2`.
 *
 * A country with several zones is answered with suggestions. Suggestions may be empty.
 */
export function findZone(written: string): FoundZone {
  const name = plain(written);
  if (name === '' || name.length > 100) return { suggestions: [] };
  const offset = zoneOfOffset(written);
  if (offset !== undefined) return { zone: offset };
  const letters = name.replace(/ time$/, '');
  const byLetters = Object.hasOwn(zoneLetters, letters) ? zoneLetters[letters] : undefined;
  if (byLetters !== undefined && letters !== 'z') return { zone: byLetters };
  const { byName, names } = index();
  const found =
    byName.get(name) ??
    byName.get(letters) ??
    byName.get(name.split(' / ').at(-1) ?? name) ??
    byName.get(withoutRegion(written));
  if (found !== undefined && found.length === 1 && found[0] !== undefined) return { zone: found[0] };
  if (found !== undefined) return { suggestions: found };
  // Names that every engine knows but does not list: links such as US/Pacific.
  const link = written.trim();
  if (/^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(link) && isZone(link))
    return { zone: new Intl.DateTimeFormat('en', { timeZone: link }).resolvedOptions().timeZone };
  return { suggestions: nearest(letters, names, byName) };
}

/** The zones of a name in any case; `undefined` for a name that is not known as it is. */
export function zonesNamed(written: string): readonly string[] | undefined {
  return index().byName.get(plain(written));
}

let built:
  | { readonly byName: ReadonlyMap<string, readonly string[]>; readonly names: readonly string[] }
  | undefined;

/** Every name by which a zone is known, in plain letters. Built when first used: it takes some milliseconds. */
function index(): NonNullable<typeof built> {
  if (built !== undefined) return built;
  const byName = new Map<string, string[]>();
  const add = (name: string, zone: string): void => {
    const zones = byName.get(name) ?? [];
    if (!zones.includes(zone)) byName.set(name, [...zones, zone]);
  };
  for (const zone of [...Intl.supportedValuesOf('timeZone'), 'UTC']) {
    add(plain(zone), zone);
    const city = plain(zone.split('/').at(-1) ?? zone);
    if (city !== plain(zone)) add(city, zone);
  }
  for (const [zones, ...names] of placesWithoutZone) {
    for (const name of names) {
      byName.delete(name);
      for (const zone of zones) add(name, zone);
    }
  }
  built = { byName, names: [...byName.keys()] };
  return built;
}

/** Lower case, without accents, with single spaces for whatever parts words. */
function plain(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('/', ' / ')
    .replaceAll(/[\s_.,-]+/g, ' ')
    .trim();
}

/** `Portland, Oregon` and `Berlin (Germany)` name a city first. */
function withoutRegion(written: string): string {
  return plain(written.split(/[,(]/)[0] ?? '');
}

function nearest(
  name: string,
  names: readonly string[],
  byName: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const most = Math.max(1, Math.floor(name.length / 3));
  const likely = names
    .filter(
      (known) => Math.abs(known.length - name.length) <= most || (name.length >= 3 && known.includes(name)),
    )
    .map((known) => ({ known, distance: distanceOf(known, name) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || a.known.length - b.known.length);
  const zones = likely.flatMap(({ known }) => byName.get(known) ?? []);
  return [...new Set(zones)].slice(0, MOST_SUGGESTIONS);
}

/** A part of a name that was left out is as near as one wrong letter. */
function distanceOf(known: string, name: string): number {
  const isPart = name.length >= 3 && (known.startsWith(name) || known.split(' ').includes(name));
  return isPart ? Math.min(1, editDistance(name, known)) : editDistance(name, known);
}
