import type { FindPersonZone } from '../../../chat/person-zone.ts';
import type { MakeChange } from '../change-reminder.ts';
import type { Occurrences } from '../model/reminder.ts';
import type { ReminderStore } from '../stores/reminder-store.ts';
import type { WhoAsks } from './who-asks.ts';

/** What every command that changes a reminder needs. */
export interface ReminderDesk {
  readonly changeReminder: MakeChange;
  readonly reminders: Pick<ReminderStore, 'of'>;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
  readonly whoAsks: WhoAsks;
}
