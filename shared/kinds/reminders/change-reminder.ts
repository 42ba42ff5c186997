import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { Announce } from '../../use-cases/intake/announce.ts';
import { SOON, toAnnouncement } from './announce-reminder.ts';
import { type Crowding, crowding } from './model/crowding.ts';
import {
  type DueReminder,
  dueReminder,
  nextOccurrence,
  type Occurrences,
  type Reminder,
  repeats,
} from './model/reminder.ts';
import { type ChangeDecision, changeReminder, type ReminderWanted } from './model/reminder-change.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderStore, StoredReminder } from './stores/reminder-store.ts';

export interface ReminderChange {
  readonly conversation: ConversationKey;
  readonly number: number;
  /** Names the turn that asked: the same again changes nothing more. */
  readonly turn: string;
  readonly wanted: ReminderWanted;
  /** Several hear it: a group chat, a channel. */
  readonly isPlace?: boolean;
  /** Who wants it, where several hear it. */
  readonly by?: Changer;
}

/** Who wants to change a reminder that several hear. */
export interface Changer {
  /** The names that the person has there; none where nobody vouches for who speaks. */
  readonly persons: readonly PersonKey[];
  /** Whether they are known to be who may manage the place; asked where it matters. */
  readonly isManager: () => Promise<boolean>;
}

/**
 * `no-such`: the number was never given, or what it named is long over. `not-theirs`: somebody else asked for it, and is
 * known.
 */
export type Changed =
  | ChangeDecision
  | { readonly kind: 'no-such' }
  | { readonly kind: 'not-theirs'; readonly reminder: Reminder }
  | Crowding;

export type MakeChange = (change: ReminderChange) => Promise<Changed>;

/**
 * Changes a reminder. Order of writes: what is due next -> the reminder -> the announcement, where it is due soon ->
 * what was due before goes. A crash in between leaves an entry of something that is not wanted any more, which nobody
 * is told of: a delivery asks the reminder first.
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating it for the same turn is harmless.
 */
export function makeChange(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly announce: Announce;
  readonly occurrences: Occurrences;
  readonly clock: Clock;
}): MakeChange {
  return async ({ conversation, number, turn, wanted, isPlace = false, by }) => {
    // Where all are lost the activity comes again.
    return untilWritten('change reminder', async () => {
      // What arranges another time is counted beside the others.
      const arranges = wanted.kind === 'edit' || wanted.kind === 'snooze';
      const list = arranges ? await deps.reminders.of(conversation) : undefined;
      const stored =
        list === undefined
          ? await deps.reminders.find(conversation, number)
          : list.reminders.find(({ reminder }) => reminder.number === number);
      if (stored === undefined) return { kind: 'no-such' };
      if (!(await mayChange(stored.reminder, wanted, by)))
        return { kind: 'not-theirs', reminder: stored.reminder };
      if (stored.reminder.changedBy === turn) {
        await announceIfSoon(arranged(stored.reminder, wanted));
        return { kind: 'changed', reminder: stored.reminder };
      }
      const { occurrences } = deps;
      const decision = changeReminder(stored.reminder, wanted, { now: deps.clock.now(), occurrences });
      if (decision.kind !== 'changed') return decision;
      const reminder: Reminder = { ...decision.reminder, changedBy: turn };
      const due = arranged(reminder, wanted);
      const crowd = crowdingOf(reminder, wanted, { list: list?.reminders ?? [], isPlace });
      if (crowd !== undefined) return crowd;
      if (due !== undefined) await deps.reminderIndex.add(due);
      if ((await deps.reminders.save(reminder, stored.tag, list)) === 'lost') return LOST;
      await announceIfSoon(due);
      await deps.reminderIndex.remove(outdated(stored.reminder, reminder));
      return { kind: 'changed', reminder };
    });
  };

  /** Whether the changed reminder comes too often, beside the others and what is left of itself. */
  function crowdingOf(
    { number, schedule, snooze }: Reminder,
    wanted: ReminderWanted,
    { list, isPlace }: { readonly list: readonly StoredReminder[]; readonly isPlace: boolean },
  ): Crowding | undefined {
    const { occurrences } = deps;
    const open = list.map(({ reminder }) => reminder).filter(({ state }) => state === 'open');
    const others = open.filter((reminder) => reminder.number !== number);
    if (wanted.kind === 'edit') return crowding(schedule, others, { isPlace, occurrences });
    if (wanted.kind !== 'snooze' || snooze === undefined) return undefined;
    const own = open
      .filter((reminder) => reminder.number === number)
      .map(({ snooze: _before, ...rest }) => rest);
    return crowding({ at: snooze.at, zone: schedule.zone }, [...others, ...own], { isPlace, occurrences });
  }

  async function announceIfSoon(due: DueReminder | undefined): Promise<void> {
    if (due === undefined || due.at >= deps.clock.now() + SOON) return;
    const next = repeats(due.schedule) ? nextOccurrence(due.schedule, due.at, deps.occurrences) : undefined;
    await deps.announce(toAnnouncement(due, next));
  }

  /** What the change arranges to be told. */
  function arranged(reminder: Reminder, wanted: ReminderWanted): DueReminder | undefined {
    if (wanted.kind === 'edit') return dueReminder(reminder, reminder.schedule.at);
    return wanted.kind === 'snooze' && reminder.snooze !== undefined
      ? dueReminder(reminder, reminder.snooze.occurrence, reminder.snooze.at)
      : undefined;
  }

  /** What stood in the index and is not wanted any more. An entry that a tick has taken out is removed without harm. */
  function outdated(before: Reminder, after: Reminder): readonly DueReminder[] {
    const { schedule, snooze } = before;
    const isKept = snooze?.at === after.snooze?.at && snooze?.occurrence === after.snooze?.occurrence;
    const snoozed =
      snooze === undefined || (isKept && after.state === 'open')
        ? []
        : [dueReminder(before, snooze.occurrence, snooze.at)];
    if (after.state === 'open' && after.version === before.version) return snoozed;
    // A tick may have put the one after it there already; whichever is left lapses at its time.
    const next = nextOccurrence(schedule, deps.clock.now(), deps.occurrences);
    return next === undefined ? snoozed : [dueReminder(before, next), ...snoozed];
  }
}

/** Anybody may have it muted for the place. Where it is not known who asked for it, everybody may change it. */
async function mayChange(
  { asked }: Reminder,
  wanted: ReminderWanted,
  by: Changer | undefined,
): Promise<boolean> {
  if (by === undefined || wanted.kind === 'mute') return true;
  return asked?.person === undefined || by.persons.includes(asked.person) || by.isManager();
}
