import type { Command } from '../../../chat/commands/command.ts';
import type { FindPersonZone } from '../../../chat/person-zone.ts';
import type { MakeChange } from '../change-reminder.ts';
import type { CreateReminder } from '../create-reminder.ts';
import type { Occurrences } from '../model/reminder.ts';
import type { ReminderStore } from '../stores/reminder-store.ts';
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
