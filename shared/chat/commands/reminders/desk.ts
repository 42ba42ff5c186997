import type { Occurrences } from '../../../domain/reminders/reminder.ts';
import type { MakeChange } from '../../../use-cases/reminders/change-reminder.ts';
import type { FindPersonZone } from '../../person-zone.ts';

/** What every command that changes a reminder needs. */
export interface ReminderDesk {
  readonly changeReminder: MakeChange;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
}
