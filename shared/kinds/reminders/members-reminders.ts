import { defined } from '../../domain/defined.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { KindHooks } from '../../ports/kind.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import { REMINDER_DUE } from './announce-reminder.ts';
import { readReminderDue } from './cards/reminder-due.ts';
import type { Asked, DueReminder, Reminder } from './model/reminder.ts';
import { toReminderExport } from './reminder-export.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderStore } from './stores/reminder-store.ts';

type OfMember = NonNullable<NonNullable<KindHooks['personalData']>['ofMember']>;

/** What a group's or a channel's reminders tell of who asked for them. The reminders stay: they belong to everybody there. */
export function membersReminders(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  /** Whatever may stand in the index of a reminder. */
  readonly entriesOf: (reminder: Reminder) => Promise<readonly DueReminder[]>;
}): OfMember {
  return {
    async export(conversation, persons) {
      const { reminders } = await deps.reminders.of(conversation);
      const own = reminders.filter(({ reminder }) => isAskedBy(reminder.asked, persons));
      return own.length === 0 ? {} : { reminders: own.map(({ reminder }) => toReminderExport(reminder)) };
    },

    async forget(conversation, persons) {
      const { reminders } = await deps.reminders.of(conversation);
      for (const { reminder } of reminders) {
        if (isAskedBy(reminder.asked, persons)) await forgetOne(conversation, reminder.number, persons);
      }
    },

    redact(notification, persons) {
      if (notification.type !== REMINDER_DUE || !('asked' in notification.data)) return notification;
      const { asked } = readReminderDue(notification.data);
      if (!isAskedBy(asked, persons)) return notification;
      return { ...notification, data: { ...notification.data, asked: withoutPerson(asked) } };
    },
  };

  /** The reminder goes last: until then a repetition finds what to change. */
  async function forgetOne(
    conversation: ConversationKey,
    number: number,
    persons: readonly PersonKey[],
  ): Promise<void> {
    await untilWritten('change reminder', async () => {
      const stored = await deps.reminders.find(conversation, number);
      if (stored === undefined || !isAskedBy(stored.reminder.asked, persons)) return undefined;
      const { asked, ...rest } = stored.reminder;
      const reminder: Reminder = { ...rest, asked: withoutPerson(asked) };
      for (const due of await deps.entriesOf(reminder)) await deps.reminderIndex.rewrite(due);
      return (await deps.reminders.save(reminder, stored.tag)) === 'lost' ? LOST : undefined;
    });
  }
}

function isAskedBy(asked: Asked | undefined, persons: readonly PersonKey[]): boolean {
  return asked?.person !== undefined && persons.includes(asked.person);
}

/** The thread is the place's. */
function withoutPerson({ thread }: Asked = {}): Asked {
  return defined({ thread });
}
