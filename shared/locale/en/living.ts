/** Messages that change, and what becomes of those before. */
export const living = {
  inAnswerTo: (line: string) => `*In answer to: ${line}*`,
  seeBelow: '*See below: there is a newer message.*',
  answered: (choice: string) => `You answered **${choice}**.`,
  changeAnswer: 'Change answer',
  chooseAgain: 'Choose anew on the card above.',
  answers: (counts: readonly { readonly choice: string; readonly count: number }[]) =>
    `Answers: ${counts.map(({ choice, count }) => `${choice} **${count}**`).join(' \u00b7 ')}`,
};
