/** Messages that change, and what becomes of those before. */
export const living = {
  inAnswerTo: (line: string) => `*In answer to: ${line}*`,
  seeBelow: '*See below: there is a newer message.*',
};
