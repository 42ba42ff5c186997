import type { Occurrences } from '../../../domain/reminders/reminder.ts';
import type { ReminderStore } from '../../../ports/reminders/reminder-store.ts';
import type { MakeChange } from '../../../use-cases/reminders/change-reminder.ts';
import type { CreateReminder } from '../../../use-cases/reminders/create-reminder.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Command } from '../command.ts';
import { cancelReminder } from './cancel-reminder.ts';
import { done } from './done.ts';
import { editReminder } from './edit-reminder.ts';
import { listReminders } from './list-reminders.ts';
import { remindMe } from './remind-me.ts';
import { snooze } from './snooze.ts';

/** What people can say about reminders. */
export function reminderCommands(deps: {
  readonly reminders: ReminderStore;
  readonly createReminder: CreateReminder;
  readonly changeReminder: MakeChange;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
}): readonly Command[] {
  return [
    remindMe(deps),
    listReminders(deps),
    cancelReminder(deps),
    editReminder(deps),
    done(deps),
    snooze(deps),
  ];
}
