import { z } from 'zod';
import { delivery, exceptions, recipients } from '../../catalog/schema.ts';
import { DeliveryMode } from '../../domain/event/notification.ts';
import { defineKind } from '../define-kind.ts';
import { wordsFor } from './words/words.ts';

/** More than these do not fit below one message as buttons. */
const MOST_CHOICES = 10;

const choice = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters')
  .refine((text) => !/[\r\n]/.test(text), { error: 'must be one line' });

const schema = z.object({
  to: recipients,
  except: exceptions.optional(),
  question: z.string().trim().min(1, 'must not be empty').max(2000, 'must have at most 2000 characters'),
  choices: z
    .array(choice)
    .min(1, 'must name at least one choice')
    .max(MOST_CHOICES, `must name at most ${MOST_CHOICES} choices`)
    .refine((choices) => new Set(choices.map((one) => one.toLowerCase())).size === choices.length, {
      error: 'must not name a choice twice, upper and lower case apart',
    }),
  replyTo: z.literal('outcomes', { error: 'must be "outcomes", the only queue for answers' }).optional(),
  delivery: delivery.optional(),
});

/** A question with choices on a card, which can be answered for as long as it is kept, and holds nothing back. */
export const surveyRequested = defineKind(schema, {
  type: 'survey.requested',
  title: (locale) => wordsFor(locale).title,
  example: {
    to: { everyone: true },
    question: 'How was your last trip?',
    choices: ['Great', 'Fine', 'Not so good'],
    replyTo: 'outcomes',
  },

  plan: ({ to, except, delivery: given }) => ({
    to,
    except,
    delivery: { mode: DeliveryMode.adHoc, ...given },
  }),

  render: ({ question }) => ({ text: question }),

  question: ({ choices }) => ({ choices }),

  answered({ question, replyTo }, { choice: chosen }) {
    if (replyTo === undefined) return undefined;
    return { type: 'survey.answered', data: { question, choice: chosen } };
  },
});
