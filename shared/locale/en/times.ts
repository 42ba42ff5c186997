import { recurrence } from './recurrence.ts';

/** Time zones, and times that are not understood. */
export const times = {
  zoneSet: (zone: string, time: string) => `Done. Your time zone is **${zone}**, where it is ${time}.`,
  zone: (zone: string, time: string) =>
    `Your time zone is **${zone}**, where it is ${time}. Say for example **timezone Berlin** to change it.`,
  zoneIsGuessed: (zone: string) =>
    `I do not know your time zone and take **${zone}**. Say for example **timezone Berlin**.`,
  /** @param names one or more, to say instead; @param areLikely they may be what was meant */
  whichZone: (names: readonly string[], areLikely: boolean) =>
    `${areLikely ? 'Which one do you mean?' : 'I know no such time zone or city.'} Say for example ${names
      .map((name) => `**timezone ${name}**`)
      .join(' or ')}.`,
  /** @param dates of which one was meant by numbers alone */
  whichDate: (dates: readonly string[]) => `Is that ${dates.join(' or ')}? Please write the month as a word.`,
  /** @param zones that have the same short name */
  whichClock: (zones: readonly string[]) =>
    `Whose clock is meant, that of ${zones.join(' or ')}? Please name a city.`,
  monthHasNo: (month: string, day: number) => `${month} has no ${recurrence.dayOfMonth(day)}.`,
  /** Why a time cannot be used. */
  faults: {
    'no-time': 'There is no time in it that I understand.',
    'nothing-to-remind-of': 'There is a time, but nothing to be reminded of.',
    'in-the-past': 'That time is over.',
    'too-far-ahead': 'That is more than a hundred years ahead.',
    'no-such-date': 'There is no such date.',
    'no-such-clock': 'There is no such time of day: hours go from 0 to 24, and minutes from 0 to 59.',
    'no-such-interval':
      'That is no interval that I can keep: name a whole number, from 1, of minutes, hours, days, weeks, months or years.',
    'which-times': 'I cannot tell at which times; please name each of them.',
    'several-times': 'That is more than one time; please make a reminder for each.',
    'ends-before-it-begins': 'It would end before it begins.',
    'which-date': 'Numbers alone do not tell the day from the month.',
    'which-zone': 'Several time zones are called so.',
    'somebody-else': 'I remind only whoever asks me, or the place where I am asked.',
    'time-left':
      'I understand a part of that time, and I am not sure of the rest. Please say it in another way.',
    'unknown-zone': 'The time zone is not known; please set it first.',
  },
};
