import { describe, expect, it } from 'vitest';
import { isZone } from '../../shared/calendar/local-time.ts';
import { placesWithoutZone } from '../../shared/calendar/places.ts';
import { understand } from '../../shared/calendar/understand.ts';
import { sharedLetters, zoneLetters } from '../../shared/calendar/zone-letters.ts';
import { findZone } from '../../shared/calendar/zones.ts';

describe('a time zone is found', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['America/New York', 'America/New_York'],
    ['New York, USA', 'America/New_York'],
    ['Munich', 'Europe/Berlin'],
    ['München', 'Europe/Berlin'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['San Francisco', 'America/Los_Angeles'],
    ['Portland, Oregon', 'America/Los_Angeles'],
    ['Mumbai', 'Asia/Kolkata'],
    ['Beijing', 'Asia/Shanghai'],
    ['germany', 'Europe/Berlin'],
    ['CET', 'Europe/Paris'],
    ['eastern time', 'America/New_York'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['UTC', 'UTC'],
    ['gmt', 'UTC'],
    ['UTC+2', 'Etc/GMT-2'],
    ['GMT-05:00', 'Etc/GMT+5'],
    ['+5:30', 'Asia/Kolkata'],
  ])('%s: %s', (written, zone) => {
    const found = findZone(written);
    if (!('zone' in found)) throw new Error(`only ${found.suggestions.join(', ')} were suggested`);
    // Engines differ in which of two names of one zone is the name.
    const offset = (name: string): string =>
      new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' }).format(0);
    expect(offset(found.zone)).toBe(offset(zone));
    expect(isZone(found.zone)).toBe(true);
  });

  it('in every name that the engine knows', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) expect(findZone(zone)).toEqual({ zone });
  });
});

describe('a time zone that is not found is answered with names that are', () => {
  it.each([
    ['Berlim', 'Europe/Berlin'],
    ['new yrok', 'America/New_York'],
    ['usa', 'America/Chicago'],
    ['australia', 'Australia/Perth'],
    ['honolul', 'Pacific/Honolulu'],
  ])('%s: %s among others', (written, suggestion) => {
    expect(findZone(written)).toMatchObject({ suggestions: expect.arrayContaining([suggestion]) });
  });

  it.each(['', '   ', 'xyzzyplugh', 'UTC+99', 'Nowhere/Land'])('none for %j', (written) => {
    expect(findZone(written)).toEqual({ suggestions: [] });
  });
});

describe('behind a time', () => {
  const now = Date.parse('2026-11-25T10:20:00+01:00');
  const places = placesWithoutZone.flatMap(([, ...names]) => names);
  const zones = Intl.supportedValuesOf('timeZone');
  const cities = zones.map((zone) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' '));

  it('every name that is found is understood, or asked about where it names several', () => {
    const names = [...places, ...zones, ...cities].filter((name) => !/\d/.test(name));
    expect(names.length).toBeGreaterThan(1000);
    const wrong = names.filter((name) => {
      const found = findZone(name);
      const read = understand(`remind me every day at 9am ${name} time to call`, { now, zone: 'Asia/Tokyo' });
      if ('suggestions' in found) return read.understood || read.reason !== 'which-zone';
      return !read.understood || read.what !== 'call' || read.zone !== found.zone;
    });
    expect(wrong).toEqual([]);
  });

  it('no name is one where a word follows that it may belong to', () => {
    for (const text of ['at 5pm Paris flight check-in', 'at 9am nice walk'])
      expect(understand(`remind me ${text}`, { now, zone: 'Asia/Tokyo' })).toMatchObject({
        what: text.slice(7),
      });
  });
});

it('every zone in the tables is one', () => {
  const zones = [
    ...placesWithoutZone.flatMap(([names]) => names),
    ...Object.values(zoneLetters),
    ...Object.values(sharedLetters).flat(),
  ];
  expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
});
