import { describe, expect, it } from 'vitest';
import {
  noPreferences,
  type Preferences,
  unitedPreferences,
  withWish,
} from '../../../shared/domain/conversation/preferences.ts';

const night = { from: 1320, to: 420 };
const evening = { from: 1080, to: 420 };
const zoneAt = (timeZone: string, at: number) => withWish(noPreferences, { timeZone }, at);
const former = (timeZone: string): Preferences => ({ mutes: [], timeZone });

describe('the preferences of two who are one', () => {
  it('have the zone that was said later, wherever the person speaks', () => {
    const [berlin, york] = [zoneAt('Europe/Berlin', 900), zoneAt('America/New_York', 1000)];
    for (const united of [unitedPreferences(berlin, york), unitedPreferences(york, berlin)])
      expect(united).toEqual({ mutes: [], timeZone: 'America/New_York', changedAt: { timeZone: 1000 } });
  });

  it('are looked at wish by wish', () => {
    const one = withWish(zoneAt('Europe/Berlin', 900), { quietHours: night }, 1100);
    const other = withWish(zoneAt('America/New_York', 1000), { quietHours: evening }, 950);
    expect(unitedPreferences(other, one)).toEqual({
      mutes: [],
      quietHours: night,
      timeZone: 'America/New_York',
      changedAt: { quietHours: 1100, timeZone: 1000 },
    });
  });

  it('have no quiet hours that were taken back later than they were said', () => {
    const said = withWish(noPreferences, { quietHours: night }, 900);
    const over = withWish(
      withWish(noPreferences, { quietHours: evening }, 800),
      { quietHours: undefined },
      950,
    );
    expect(unitedPreferences(said, over)).toEqual({ mutes: [], changedAt: { quietHours: 950 } });
    const again = withWish(noPreferences, { quietHours: night }, 951);
    expect(unitedPreferences(over, again).quietHours).toEqual(night);
  });

  it('have what a time is known of before what the former release stored, and of that what is said here', () => {
    expect(unitedPreferences(former('Asia/Tokyo'), zoneAt('Europe/Berlin', 1)).timeZone).toBe(
      'Europe/Berlin',
    );
    expect(unitedPreferences(former('Asia/Tokyo'), former('Europe/Berlin'))).toEqual(former('Asia/Tokyo'));
    expect(unitedPreferences(noPreferences, former('Europe/Berlin'))).toEqual(former('Europe/Berlin'));
  });
});
