/** Mutes and quiet hours. Times are written already. */
export const quiet = {
  muteExample: (fault: string) =>
    `${fault} Say for example **mute for 2 hours** or **mute builds until tomorrow 9:00**.`,
  muteAll: 'Shall I mute everything? A single topic you mute by its name, **mute builds**.',
  off: 'quiet hours off',
  muteForAnHour: 'mute for 1 hour',
  muteForADay: 'mute for 8 hours',
  noTime: (said: string) => `I do not understand "${said}" as a time.`,
  /** What begins later, or comes again: a mute begins at once. */
  noEnd: (said: string) => `I mute from now on, and "${said}" does not say until when.`,
  /** @param said nothing is left of this time, or it is over */
  endsAtOnce: (said: string) => `"${said}" is no time to come: a mute ends later than now.`,
  tooManyMutes: (most: number) =>
    `You have muted ${most} topics already. **mute** without a topic mutes everything.`,
  /** @param topic absent for everything; @param until absent for no end; @param zone where it was guessed */
  muted: (topic: string | undefined, until: string | undefined, zone: string | undefined) =>
    `Done. I keep ${topic === undefined ? 'everything' : `**${topic}** and all below it`} from you ${
      until === undefined ? 'until you say **unmute**' : `until **${until}**`
    }, and do not tell it later. Urgent messages and what you asked for still come.${
      zone === undefined ? '' : ` I take **${zone}** for your time zone.`
    }`,
  unmuteExample: (fault: string) => `${fault} Say for example **unmute builds**.`,
  unmutedAll: 'Done. Nothing is muted any more.',
  unmuted: (topic: string) => `Done. **${topic}** is no longer muted.`,
  stillMuted: ' Everything is still muted; **unmute** ends that.',
  nothingWasMuted: 'Nothing was muted.',
  wasNotMuted: (topic: string) => `**${topic}** was not muted, and nothing else is.`,
  wasNotMutedItself: (topic: string) =>
    `**${topic}** was not muted by itself. **status** shows what is, and **unmute** ends all of it.`,
  stopped:
    'Done, I am silent: nothing comes any more but what is urgent and what you asked for. **unmute** brings me back.',
  noHoursButton: 'No quiet hours',
  noHours: 'Done. You have no quiet hours.',
  notHours: (said: string) =>
    `I do not understand "${said}" as hours: they are two different times of day, from 0:00 to 24:00. Say for example **quiet hours 22:00-07:00**.`,
  hoursSet: (hours: string) =>
    `Done. ${hours} What comes in these hours I bring together at their end; urgent messages, reminders and what you asked for still come.`,
  noneYet:
    'You have no quiet hours. From when to when shall it be quiet? Say for example **quiet hours 22:00-07:00**.',
  hours: (range: string, zone: string) => `Your quiet hours are **${range}**, by the clock of **${zone}**.`,
  hoursByGuess: (range: string, zone: string) =>
    `Your quiet hours are **${range}**. I do not know your time zone and take **${zone}**; say for example **timezone Berlin**.`,
};
