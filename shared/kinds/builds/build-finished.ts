import { z } from 'zod';
import { delivery } from '../../catalog/schema.ts';
import { parseTopic } from '../../domain/event/topic.ts';
import { defineKind } from '../define-kind.ts';
import { wordsFor } from './words/words.ts';

const Status = { succeeded: 'succeeded', failed: 'failed', canceled: 'canceled' } as const;

const schema = z.object({
  pipeline: z.string().min(1).max(180),
  number: z.union([z.number().int().nonnegative(), z.string().min(1).max(50)]),
  status: z.enum(Object.values(Status), { error: 'must be one of succeeded, failed, canceled' }),
  branch: z.string().min(1).max(250).optional(),
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  delivery: delivery.optional(),
});

const colors = { succeeded: 'Good', failed: 'Attention', canceled: 'Warning' } as const;

/** A build pipeline has finished: told to whoever subscribed to it, or to all builds. */
export const buildFinished = defineKind(schema, {
  type: 'build.finished',
  title: (locale) => wordsFor(locale).title,
  example: {
    pipeline: 'web',
    number: 1482,
    status: 'failed',
    branch: 'main',
    url: 'https://builds.example/web/1482',
  },
  topics: [
    { pattern: 'builds', title: (locale) => wordsFor(locale).topics.builds },
    { pattern: 'builds/<pipeline>', title: (locale) => wordsFor(locale).topics.pipeline },
  ],

  // A run that is begun again has the number that it had: its card turns.
  plan({ pipeline, number, delivery: options }) {
    const topic = topicOf(pipeline);
    if (!topic.ok) return { faults: topic.faults.map(({ message }) => ({ path: 'pipeline', message })) };
    return { to: [{ topic: topic.value }], delivery: { key: `${pipeline}/${number}`, ...options } };
  },

  render({ pipeline, number, status, branch, url }, { locale }) {
    const words = wordsFor(locale);
    const result = words.results[status];
    const title = words.headline(pipeline, String(number), result);
    return {
      summary: branch === undefined ? title : words.onBranch(title, branch),
      card: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.5',
        body: [
          {
            type: 'TextBlock',
            text: title,
            weight: 'Bolder',
            size: 'Medium',
            color: colors[status],
            wrap: true,
          },
          // The title says the rest.
          ...(branch === undefined
            ? []
            : [{ type: 'FactSet', facts: [{ title: words.facts.branch, value: branch }] }]),
        ],
        ...(url === undefined ? {} : { actions: [{ type: 'Action.OpenUrl', title: words.open, url }] }),
      },
    };
  },

  topicOf: ({ pipeline }) => topicOf(pipeline),
});

function topicOf(pipeline: string) {
  return parseTopic(`builds/${pipeline}`);
}
