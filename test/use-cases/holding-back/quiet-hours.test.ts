import { describe, expect, it } from 'vitest';
import type { QuietHours } from '../../../shared/domain/conversation/preferences.ts';
import { hours, minutes } from '../../../shared/domain/time.ts';
import { quietUntil, zoneOf } from '../../../shared/use-cases/holding-back/quiet-hours.ts';

const at = (text: string) => Date.parse(text);
const night: QuietHours = { from: 22 * 60, to: 7 * 60 };

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T21:59:59Z', undefined],
    ['2026-11-23T22:00:00Z', '2026-11-24T07:00:00Z'],
    ['2026-11-24T00:00:00Z', '2026-11-24T07:00:00Z'],
    ['2026-11-24T06:59:59Z', '2026-11-24T07:00:00Z'],
    ['2026-11-24T07:00:00Z', undefined],
  ])('that pass midnight, at %s end at %s', (now, end) => {
    expect(quietUntil(night, 'UTC', at(now))).toBe(end === undefined ? undefined : at(end));
  });

  it('within a day are over outside of them', () => {
    const noon = { from: 12 * 60, to: 13 * 60 };
    expect(quietUntil(noon, 'UTC', at('2026-11-23T12:30:00Z'))).toBe(at('2026-11-23T13:00:00Z'));
    expect(quietUntil(noon, 'UTC', at('2026-11-23T13:30:00Z'))).toBeUndefined();
  });

  it('follow the clock of the zone when it is put forward or back', () => {
    const now = at('2026-03-28T22:30:00Z');
    // An hour is left out of that night in Berlin, and one is added in autumn.
    expect((quietUntil(night, 'Europe/Berlin', now) ?? 0) - now).toBe(hours(6.5));
    const autumn = at('2026-10-24T21:30:00Z');
    expect((quietUntil(night, 'Europe/Berlin', autumn) ?? 0) - autumn).toBe(hours(8.5));
  });

  it('that end in the hour which is shown twice never end in the past', () => {
    const early = { from: 22 * 60, to: 2 * 60 + 30 };
    // 02:10 for the second time: 02:30 was 40 minutes ago, and is again in 20.
    const now = at('2026-10-25T01:10:00Z');
    expect(quietUntil(early, 'Europe/Berlin', now)).toBe(now + minutes(20));
  });
});

describe('the clock of a person', () => {
  it('is the one they named, else the one that the channel tells, else the default; one that is none is passed over', () => {
    const none = { mutes: [] };
    expect(zoneOf({ ...none, timeZone: 'Asia/Tokyo' }, { timeZone: 'Europe/Berlin' }, 'UTC')).toBe(
      'Asia/Tokyo',
    );
    expect(zoneOf(none, { timeZone: 'Europe/Berlin' }, 'UTC')).toBe('Europe/Berlin');
    expect(zoneOf(none, {}, 'UTC')).toBe('UTC');
    expect(zoneOf(none, { timeZone: 'Mars/Olympus' }, 'UTC')).toBe('UTC');
  });
});
