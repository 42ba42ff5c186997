import { describe, expect, it } from 'vitest';
import { understand, understandWhen } from '../../shared/calendar/understand.ts';
import { said } from './corpus/said.ts';

describe('a time of day that no clock shows', () => {
  it.each([
    ['remind me at 25:00 to sleep', 'sleep'],
    ['remind me to sleep at 25:00', 'sleep'],
    ['remind me to sleep tomorrow at 25:00', 'sleep'],
    ['remind me to sleep at 9:75', 'sleep'],
    ['remind me to sleep at 24:30', 'sleep'],
    ['remind me to sleep at 25pm', 'sleep'],
    ["remind me at 31 o'clock to sleep", 'sleep'],
    ['erinnere mich um 25:00 an Schlaf', 'Schlaf'],
    ['erinnere mich an Schlaf um 25 Uhr', 'Schlaf'],
    ['erinnere mich morgen um 25.30 Uhr an Schlaf', 'Schlaf'],
  ])('is what is wrong, and no part of what to be reminded of: %j', (text, what) => {
    expect(understand(text, said)).toMatchObject({ understood: false, reason: 'no-such-clock', what });
  });

  it.each(['25:00', 'tomorrow at 25:00', 'until 9:60', 'um 25 Uhr'])('is no time: %j', (text) => {
    expect(understandWhen(text, said)).toMatchObject({ understood: false, reason: 'no-such-clock' });
  });

  it.each(['remind me to buy milk', 'remind me to pay 25.99', 'remind me to say "at 25:00"'])(
    'is not in %j',
    (text) => {
      expect(understand(text, said)).toMatchObject({ understood: false, reason: 'no-time' });
    },
  );

  it.each([
    'remind me at 24:00 to sleep',
    'remind me at 23:59 to sleep',
    'remind me tomorrow at 9 to run 25:00',
    'remind me in 5 minutes of the ratio 9:75',
  ])('is none that stands beside the time: %j', (text) => {
    expect(understand(text, said)).toMatchObject({ understood: true });
  });
});
