/** What is said around commands and dialogs. */
export const chat = {
  hello: 'Hello! I am here, and will tell you when something happens.',
  welcome: 'You are welcome.',
  /** @param name Markdown; absent where several talk, or where it is not known */
  greeting: (name: string | undefined) =>
    `Hello${name === undefined ? '' : ` ${name}`}, good to meet you! ` +
    'I know where to reach you now, and will tell you here when something happens. ' +
    'Say **help** to see what I understand.',
  help: 'I tell you when something happens, and remind you of what you want.',
  /** Headings of `help`. */
  groups: {
    news: 'News',
    reminders: 'Reminders',
    quiet: 'Peace and quiet',
    own: 'Also here',
    you: 'You and this chat',
  },
  console: (address: string) =>
    `The console shows what I sent, to whom, and why somebody was not told: ${address}`,
  helpOne: (example: string) => `**${example}** shows how a command is said.`,
  saidAs: 'You can say:',
  notUnderstood: 'I did not understand that. **help** shows what I do.',
  /** @param names commands like what was said, one or more */
  didYouMean: (names: readonly string[]) =>
    `I did not understand that. Did you mean ${names.map((name) => `**${name}**`).join(' or ')}?`,
  /** `missed` and `Show all`. */
  missed: {
    title: 'In full',
    nothing: 'You have missed nothing: everything lately came to you in full.',
    more: 'Show more',
    continued: 'continued',
    cardBelow: 'the card is below',
  },
  sayAgain:
    'Sorry, too much happened here at the same time, and I lost what you said. Please say that again.',
  lostTrack:
    'Sorry, I lost track of what we were in the middle of: I was changed meanwhile. Please start again.',
  /** @param most UTF-16 units, as the length is */
  tooLong: (most: number, length: number) =>
    `That is too long for me: I read ${most} characters at most, and yours has ${length}. I did nothing with it. Please say it shorter; **help** shows what I understand.`,
  failed:
    'Sorry, something went wrong here, and I did not do that. It was not your fault, and somebody was told; **help** shows what else I do.',
  failedForNow:
    'Sorry, that did not work: I cannot reach my memory at the moment. Please say it again in some minutes.',
  inTheMiddle: (title: string) => `We are in the middle of your ${title}; **cancel** leaves it.`,
  nothingToResume: 'There is nothing to go on with: what is broken off is kept for a day.',
  nothingToCancel: 'There is nothing to cancel: we are in the middle of nothing.',
};
