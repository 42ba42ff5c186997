import { counting } from '../../../locale/counting.ts';

const count = counting('en');

/** Reminders, as the bot answers and as they come. Times and texts are written already. */
const reminders = {
  keepTheirClock: (zones: readonly string[]) =>
    `Reminders that repeat keep the clock they were made by (${zones.join(', ')}); **edit reminder** changes that.`,
  /** Reminders that were set in another conversation of the same person. */
  renumbered: (moved: readonly { readonly from: number; readonly to: number; readonly text: string }[]) =>
    `Your reminders from your other conversation are here now, with other numbers:\n\n${moved
      .map(({ from, to, text }) => `- ${from} is now **${to}**: ${text}`)
      .join('\n')}`,
  which: (example: string) =>
    `Which one? Say its number, for example **${example}**; **reminders** lists yours.`,
  whenShallItCome: (number: number) => `When shall reminder ${number} come?`,
  /** What is asked where something is missing. */
  when: 'When shall I remind you?',
  whenOf: (what: string) => `When shall I remind you: ${what}?`,
  what: 'What shall I remind you of?',
  whatAndWhen: 'What shall I remind you of, and when?',
  untilWhen: 'Until when shall I put it off?',
  /** What it can be put on with one press. */
  whens: { laterToday: 'Later today', tonight: 'Tonight', tomorrow: 'Tomorrow 9:00', nextWeek: 'Next week' },
  tooLong: (most: number, length: number) =>
    `A reminder has ${most} characters at most; yours has ${length}. Please say it shorter.`,
  tooMany: (most: number) =>
    `You have ${most} open reminders, and I keep no more. **reminders** lists them: say **done** or **cancel reminder** for some of them first.`,
  tooOften: (least: number) =>
    `Several people hear this here, so a reminder comes every ${least} minutes at most. Please say it with more time between, or ask me alone.`,
  /** @param time the minute in which there would be too many */
  tooManyAtOnce: (most: number, time: string) =>
    `I tell ${most} reminders in one minute at most, and there would be more on ${time}. Please take another minute; **reminders** lists them.`,
  cancelled: (number: number, text: string) => `Reminder ${number} is cancelled: ${text}`,
  done: (text: string) => `Done: ${text}`,
  comesAgain: (time: string) => `It comes again ${time}.`,
  snoozed: (time: string, text: string) => `Snoozed until ${time}: ${text}`,
  /** @param rest Markdown: how it shall repeat */
  snoozeOnce: (number: number, rest: string) =>
    `One occurrence is snoozed until one time. To change when it repeats, say **edit reminder ${number} ${rest}**.`,
  noneCame: 'No reminder has come that I could put off. **reminders** lists yours.',
  /** What was taken to be so without having been said. */
  assumed: {
    'time-of-day': 'You named no time of day, so I took one.',
    'half-of-day': 'You did not say morning or afternoon, so I took the likelier.',
    day: 'It may mean several days, and I took the likeliest.',
  },
  onlyYou: 'Nobody else hears this here: I remind only you.',
  noSuch: (number: number) => `There is no reminder ${number}. **reminders** lists yours.`,
  notYours: (number: number, who: string | undefined) =>
    `Reminder ${number} is for ${who ?? 'somebody else here'} to change, or for whoever installed me. Say **mute reminder ${number}** if it shall not come here any more.`,
  muted: (number: number, text: string) => `Reminder ${number} does not come here any more: ${text}`,
  unmuted: (number: number, text: string) => `Reminder ${number} comes here again: ${text}`,
  /** A reminder by its number and its text. */
  named: (number: number, text: string) => `Reminder ${number} (${text})`,
  isOver: (named: string, isDone: boolean) =>
    `${named} ${isDone ? 'is done already' : 'was cancelled'}. For a new one say **remind me**.`,
  doneBefore: (named: string, next: string | undefined) =>
    `That one is done already. ${next === undefined ? `${named} has no other.` : `${named} comes next ${next}.`}`,
  wasMoved: (named: string, next: string | undefined) =>
    `${named} was moved since. ${next === undefined ? '**reminders** shows when it was due.' : `It comes ${next}.`}`,
  notDue: (named: string, number: number, next: string | undefined) =>
    `${named} did not come yet${next === undefined ? '' : `: it comes ${next}`}. Say **edit reminder ${number}** and a time to move it, or **cancel reminder ${number}**.`,
  isSet: (number: number, text: string) => `Reminder **${number}** is set: ${text}`,
  isMoved: (number: number, text: string) => `Reminder **${number}** is moved: ${text}`,
  followsClock: (zone: string) =>
    `It follows the clock of ${zone}, also when you change your time zone or the clocks change.`,
  guessedZone: (zone: string, number: number) =>
    `I do not know your time zone and took ${zone}: say for example **timezone Berlin**, then **edit reminder ${number}** if it is wrong.`,
  next: (time: string) => `Next: ${time}`,
  buttons: {
    edit: 'Edit',
    cancelReminder: 'Cancel reminder',
    cancel: 'Cancel',
    done: 'Done',
    mute: 'Mute here',
    snoozeAnHour: 'Snooze 1 hour',
    previousPage: 'Previous page',
    nextPage: 'Next page',
  },
  none: 'You have no reminders. Say for example **remind me to call Ann tomorrow at 9am**.',
  /** @param page from 1; absent where there is one page only */
  title: (page: { readonly number: number; readonly of: number } | undefined) =>
    `Your reminders${page === undefined ? '' : `, page ${page.number} of ${page.of}`}`,
  timesIn: (title: string, zone: string) => `${title} (times in ${zone}):`,
  groups: { missed: 'Past and not done', upcoming: 'Upcoming', recurring: 'Recurring' },
  wasDue: (time: string) => `was due ${time}`,
  isSnoozed: ', snoozed',
  isMuted: ', muted here',
  byClockOf: (zone: string) => `, by the clock of ${zone}`,
  recurringLine: (rule: string, next: string) => `${rule}; next ${next}`,
  /** The reminder itself, when it comes. */
  due: {
    text: (text: string) => `Reminder: ${text}`,
    askedBy: (name: string) => `Asked for by ${name}`,
    dueAt: (number: number, time: string) => `Reminder ${number}, due ${time}`,
    snoozedUntil: (time: string) => `Snoozed until ${time}`,
    late: '**This comes late:** I could not write to you at its time.',
    snoozeFor: 'Snooze:',
    later: 'Later…',
    /** What it can be put off by with one button. */
    snoozes: {
      minutes: (number: number) => count(number, { one: '1 minute', other: (many) => `${many} minutes` }),
      hours: (number: number) => count(number, { one: '1 hour', other: (many) => `${many} hours` }),
      tomorrow: 'Tomorrow 9:00',
    },
  },
};

/** All that the kind says. */
export const en = {
  reminders,
  titles: {
    reminder: 'Reminder',
  },
  commands: {
    'remind me': 'Reminds you, once or again and again: in 20 minutes, tomorrow at 9, every weekday at 8:50',
    reminders: 'Lists your reminders: past and not done, upcoming, recurring',
    'cancel reminder': 'Cancels a reminder; one that repeats ends',
    'edit reminder': 'Moves a reminder to another time',
    done: 'Ticks a reminder off',
    'mute reminder': 'Keeps a reminder from coming, here, for everybody',
    'unmute reminder': 'Lets it come again',
    snooze: 'Brings a reminder that came once more: 20 minutes, tomorrow at 9',
  },
};
