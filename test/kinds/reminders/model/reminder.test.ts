import { describe, expect, it } from 'vitest';
import { isWanted, type Reminder } from '../../../../shared/kinds/reminders/model/reminder.ts';
import { aReminder } from '../../../support/builders.ts';

const FIRST = Date.UTC(2026, 10, 23, 9);
const SECOND = FIRST + 86_400_000;

/** Whether the second occurrence is wanted at its own time, or at another. */
function wanted(changes: Partial<Reminder>, at = SECOND): boolean {
  const reminder = aReminder({ version: 2, ...changes });
  return isWanted(reminder, { id: reminder.id, version: 2, occurrence: SECOND, at });
}

describe('an occurrence is wanted at its time', () => {
  it.each([
    ['nothing was changed', {}, true],
    ['the one before it is done', { doneThrough: FIRST }, true],
    ['it is done', { doneThrough: SECOND }, false],
    ['a later one is done', { doneThrough: SECOND + 1 }, false],
    ['the reminder is done', { state: 'done' as const }, false],
    ['the reminder is cancelled', { state: 'cancelled' as const }, false],
    ['it was moved', { version: 3 }, false],
    ['nobody wants to hear it', { isMuted: true as const }, false],
    ['it is snoozed', { snooze: { occurrence: SECOND, at: SECOND + 5000 } }, false],
    ['the one before it is snoozed', { snooze: { occurrence: FIRST, at: SECOND + 5000 } }, true],
  ])('where %s', (_what, changes, is) => {
    expect(wanted(changes)).toBe(is);
  });

  it('and at the time to which it was snoozed, and no other', () => {
    const snooze = { occurrence: SECOND, at: SECOND + 5000 };
    expect([SECOND + 5000, SECOND + 5001].map((at) => wanted({ snooze }, at))).toEqual([true, false]);
    expect(wanted({}, SECOND + 5000)).toBe(false);
  });

  it('and not where there is none, or another', () => {
    const due = { id: 'some', version: 1, occurrence: SECOND, at: SECOND };
    expect(isWanted(undefined, due)).toBe(false);
    expect(isWanted(aReminder({ id: 'another' }), due)).toBe(false);
  });
});
