import { z } from 'zod';
import { plain } from '../../../../shared/chat/markdown.ts';
import { defineDialog } from '../../../../shared/kinds/define-kind.ts';

/** What is known after some answers. It is kept as JSON between two of them. */
const answers = z.object({ what: z.string().exactOptional() });
type Answers = z.infer<typeof answers>;

/** `sample dialog`: asks two questions. Notifications wait meanwhile, unless they say otherwise. */
export const sampleDialog = defineDialog<Answers>({
  name: 'sample dialog',
  usage: 'sample dialog',
  does: () => 'Asks what you want, and how many',
  title: () => 'sample dialog',

  // Rises with the form of the answers: an open dialog of another version is given up, and the person told.
  version: 1,
  read: (stored) => answers.parse(stored),

  // `sample dialog tea` has the first answer already.
  begin: (_turn, answer) => ({ kind: 'ask', state: answer === '' ? {} : { what: answer } }),

  answer({ what }, { text }) {
    if (text.toLowerCase() === 'cancel')
      return { kind: 'end', reply: { text: 'All right, nothing was done.' } };
    if (what === undefined) return { kind: 'ask', state: { what: text } };
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1)
      return { kind: 'ask', state: { what }, said: 'A number, please.' };
    return { kind: 'end', reply: { text: `Done: ${number} of **${plain(what)}**.` } };
  },

  // The question that is open, said again whenever the conversation comes back to it.
  question: ({ what }) =>
    what === undefined
      ? { text: 'What do you want?', suggestions: ['Tea', 'Coffee'] }
      : { text: `How many of ${plain(what)}?`, suggestions: ['1', '2', '3'] },
});
