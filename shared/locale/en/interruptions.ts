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
  noted: (choice: string) => `Thank you. I noted **${choice}**.`,
  answeredBefore: (choice: string) => `You had answered **${choice}**, and that stands.`,
  noQuestion: 'That question is not open any more.',
  doneAlready: 'That is done already.',
  allRight: 'All right.',
  backToQuestion: 'Back to the earlier question.',
  backToDialog: (title: string) => `Back to your ${title}.`,
};
