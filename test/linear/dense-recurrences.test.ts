import { beforeAll, describe, expect, it } from 'vitest';
import { days, hours, minutes } from '../../shared/domain/time.ts';
import { crowding } from '../../shared/kinds/reminders/model/crowding.ts';
import type { Occurrences, Schedule } from '../../shared/kinds/reminders/model/reminder.ts';
import { aReminder } from '../support/builders.ts';
import { beginCounting } from '../support/operations.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

/** Short phrases of which one day holds many times. */
const dense = [
  'every minute between 9 and 10',
  'every 30 minutes between 9 and 17',
  'every minute between 9 and 23',
  'every minute on mondays',
  'every hour on mondays',
  'every day at 9:00, 9:10, 9:20, 9:30 and 9:40',
];
const zones = ['UTC', 'Europe/Berlin'];
const cases = dense.flatMap((phrase) => zones.map((zone) => [phrase, zone] as const));

const { stepsOf } = beginCounting();
let occurrences: Occurrences;
let scheduled: (phrase: string, zone: string) => Schedule & { recurrence: { rule: string; start: string } };

// Only what is loaded after counting began is counted.
beforeAll(async () => {
  const { understandWhen } = await import('../../shared/calendar/understand.ts');
  ({ occurrences } = await import('../../shared/kinds/reminders/reminder-occurrences.ts'));
  scheduled = (phrase, zone) => {
    const when = understandWhen(phrase, { now: NOW, zone });
    if (!when.understood || when.rrule === undefined) throw new Error(`"${phrase}" repeats`);
    return { at: when.at, zone, recurrence: { rule: when.rrule, start: when.dtstart } };
  };
});

describe('what comes many times a day', () => {
  it.each(cases)('%s in %s is listed in proportion to the length of the list', async (phrase, zone) => {
    const schedule = scheduled(phrase, zone);
    const list = (most: number) => stepsOf(() => occurrences(schedule, NOW, most));
    await list(10);
    const few = await list(200);
    const many = await list(1600);
    expect(many / few).toBeLessThan(16);
    expect(many / 1600).toBeLessThan(5000);
  });

  it.each(cases)('%s in %s is compared with others by its days, not by its times', (phrase, zone) => {
    const schedule = scheduled(phrase, zone);
    let listed = 0;
    const counting: Occurrences = (...asked) => {
      const found = occurrences(...asked);
      listed += found.length;
      return found;
    };
    crowding(schedule, [], { isPlace: true, occurrences: counting });
    expect(listed).toBeLessThan(40);
  });

  it('has exactly the times that the calendar says', () => {
    for (const [phrase, zone] of cases) {
      const schedule = scheduled(phrase, zone);
      const all = occurrences(schedule, schedule.at - 1, 300).filter((at) => at < schedule.at + days(32));
      // Ten others at each of its minutes: the first is named that both have.
      for (const at of [all[0], all[37], all.at(-1)]) {
        const other = (time: number) => Array.from({ length: 10 }, () => aReminderAt(time));
        expect([phrase, crowding(schedule, other(at ?? 0), { isPlace: false, occurrences })]).toEqual([
          phrase,
          { kind: 'too-many-at-once', most: 10, at },
        ]);
      }
      const between = all.findIndex((at, index) => index > 0 && at - (all[index - 1] ?? at) > hours(1));
      const free = (all[between] ?? 0) - minutes(30);
      const others = Array.from({ length: 10 }, () => aReminderAt(free));
      if (between > 0) expect(crowding(schedule, others, { isPlace: false, occurrences })).toBeUndefined();
    }
  });
});

function aReminderAt(at: number) {
  return aReminder({ schedule: { at, zone: 'UTC' } });
}
