import { describe, expect, it } from 'vitest';
import { notifier } from './command-line.ts';

const at = ['--now', '2026-11-22T20:30:00', '--zone', 'Europe/Berlin'];

describe('understand', () => {
  it('prints what a program may rely on, and nothing else', async () => {
    const once = await notifier(['understand', 'remind me to call Ann tomorrow at 3pm', ...at, '--json']);
    expect({ status: once.status, err: once.err }).toEqual({ status: 0, err: '' });
    expect(once.json()).toEqual({
      understood: true,
      what: 'call Ann',
      at: '2026-11-23T15:00:00',
      zone: 'Europe/Berlin',
    });
    const repeated = await notifier(['understand', 'remind me every monday at 9 to plan', ...at, '--json']);
    expect(repeated.json()).toEqual({
      understood: true,
      what: 'plan',
      at: '2026-11-23T09:00:00',
      zone: 'Europe/Berlin',
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
    });
  });

  it('fails with a reason when it understands nothing', async () => {
    const { status, json } = await notifier(['understand', 'remind me to call Ann', ...at, '--json']);
    expect({ status, json: json() }).toEqual({
      status: 1,
      json: { understood: false, reason: 'no-time', what: 'call Ann' },
    });
    const told = await notifier(['understand', '', ...at]);
    expect(told.status).toBe(1);
    expect(told.out).toMatch(/^Not understood: .+ Try: remind me to .+\n$/);
  });

  it('says of which dates, or zones, one was meant, and reads a date by the locale', async () => {
    const open = await notifier(['understand', 'remind me on 5/6 to call Ann', ...at, '--json']);
    expect(open.json()).toEqual({
      understood: false,
      reason: 'which-date',
      what: 'call Ann',
      either: [
        { month: 5, day: 6 },
        { month: 6, day: 5 },
      ],
    });
    const zones = await notifier(['understand', 'remind me at 9am IST to call Ann', ...at, '--json']);
    expect(zones.json()).toMatchObject({
      reason: 'which-zone',
      zones: expect.arrayContaining(['Asia/Kolkata']),
    });
    const british = await notifier([
      'understand',
      'remind me on 5/6 to call Ann',
      ...at,
      '--json',
      '--locale',
      'en-GB',
    ]);
    expect(british.json()).toMatchObject({ at: '2027-06-05T09:00:00' });
  });

  it('tells a person when it is, in how long, and how it repeats', async () => {
    const { out } = await notifier(['understand', 'remind me every weekday at 8 to stretch', ...at]);
    expect(out).toMatch(/what +stretch/);
    expect(out).toMatch(/when +Monday, November 23, 2026 at 8:00 AM \(in 12 hours\)/);
    expect(out).toMatch(/repeats +every weekday at 8:00 AM/);
    expect(out).toMatch(/assumed +half-of-day/);
  });

  it('reads --now with an offset, and without one as local time', async () => {
    for (const now of [
      '2026-11-22T20:30:00+01:00',
      '2026-11-22T19:30:00Z',
      '2026-11-22T20:30:00',
      '2026-11-22T20:30',
    ]) {
      const argv = [
        'understand',
        'in 20 minutes to stretch',
        '--now',
        now,
        '--zone',
        'Europe/Berlin',
        '--json',
      ];
      expect((await notifier(argv)).json()).toMatchObject({ at: '2026-11-22T20:50:00' });
    }
  });

  it.each([
    [['--zone', 'Berlin'], '--zone is "Berlin" and must be an IANA time zone'],
    [['--now', 'yesterday'], '--now is "yesterday" and must be a time'],
  ])('refuses %s', async (flags, message) => {
    const { status, err } = await notifier(['understand', 'stretch at noon', ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  it('needs a text', async () => {
    expect((await notifier(['understand'])).status).toBe(2);
  });
});
