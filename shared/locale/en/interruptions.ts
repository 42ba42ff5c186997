import { listed } from '../listed.ts';

/** Notifications that come in between, and their questions. Titles name what the person is in the middle of. */
export const interruptions = {
  titles: { earlierQuestion: 'earlier question', openQuestion: 'open question' },
  changeOfTopic: '*Let us change the topic for a moment.*',
  /** @param below the title of what is gone back to, where there is something */
  endsWithDone: (below: string | undefined) =>
    `Say **done** when you have seen this${below === undefined ? '' : `, and we go back to your ${below}`}.`,
  endsWithChoice: (choices: readonly string[], below: string | undefined) =>
    `Please choose ${listed(
      choices.map((choice) => `**${choice}**`),
      'or',
    )}, or say **done** to leave it${below === undefined ? '' : `, and we go back to your ${below}`}.`,
  chooseOne: 'Choose one:',
  notificationAbove: 'The notification above',
  done: 'Done',
  backTo: (below: string) => `Back to my ${below}`,
  cancelled: (title: string) => `*I cancelled your ${title} to tell you this.*`,
  cancelledAndKept: (title: string) =>
    `*I left your ${title} to tell you this. Your answers are kept for a day.*`,
  noted: (choice: string) => `Thank you. I noted **${choice}**.`,
  /** A dialog was broken off, and can be gone on with. */
  brokenOff: (title: string) => `I left your ${title} as it is: for a day **resume** goes on with it.`,
  resume: (title: string) => `Go on with my ${title}`,
  noQuestion: 'That question is not open any more.',
  /** @param said empty where nothing was; @param choices Markdown, as they are numbered from 1 */
  noSuchChoice: (said: string, choices: readonly string[]) =>
    `${said === '' ? '' : `"${said}" is none of the choices. `}You can choose ${listed(
      choices.map((choice, index) => `${index + 1} (**${choice}**)`),
      'or',
    )}.`,
  doneAlready: 'That is done already.',
  allRight: 'All right.',
  backToQuestion: 'Back to the earlier question.',
  backToDialog: (title: string) => `Back to your ${title}.`,
};
