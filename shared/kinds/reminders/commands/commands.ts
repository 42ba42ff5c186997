import type { Command } from '../../../chat/commands/command.ts';
import type { IsManager } from '../../../chat/commands/may-manage.ts';
import type { FindPersonZone } from '../../../chat/person-zone.ts';
import type { Vouching } from '../../../domain/identity/vouching.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Announce } from '../../../use-cases/intake/announce.ts';
import { makeChange } from '../change-reminder.ts';
import { createReminder } from '../create-reminder.ts';
import type { Occurrences } from '../model/reminder.ts';
import type { ReminderIndex } from '../stores/reminder-index.ts';
import type { ReminderStore } from '../stores/reminder-store.ts';
import { cancelReminder } from './cancel-reminder.ts';
import { done } from './done.ts';
import { editReminder } from './edit-reminder.ts';
import { listReminders } from './list-reminders.ts';
import { muteReminder, unmuteReminder } from './mute-reminder.ts';
import { remindMe, setReminder } from './remind-me.ts';
import { snooze } from './snooze.ts';
import { whoAsks } from './who-asks.ts';

/** What people can say about reminders. */
export function reminderCommands(given: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly announce: Announce;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
  readonly isManager: IsManager;
  readonly vouching: Vouching;
  readonly clock: Clock;
}): readonly Command[] {
  const deps = {
    ...given,
    createReminder: createReminder(given),
    changeReminder: makeChange(given),
    whoAsks: whoAsks(given),
  };
  return [
    remindMe(deps),
    setReminder(deps),
    listReminders(deps),
    cancelReminder(deps),
    editReminder(deps),
    done(deps),
    snooze(deps),
    muteReminder(deps),
    unmuteReminder(deps),
  ];
}
