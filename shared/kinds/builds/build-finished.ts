import { z } from 'zod';
import type { CatalogEntry } from '../../catalog/entry.ts';
import { check, delivery } from '../../catalog/schema.ts';
import { parseTopic, type Topic } from '../../domain/event/topic.ts';
import { wordsFor } from '../../locale/words.ts';

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
export const buildFinished: CatalogEntry = {
  type: 'build.finished',
  schema,
  title: ({ cards }) => cards.kinds.build,
  example: {
    pipeline: 'web',
    number: 1482,
    status: 'failed',
    branch: 'main',
    url: 'https://builds.example/web/1482',
  },
  topics: [
    { pattern: 'builds', title: ({ topics }) => topics.titles.builds },
    { pattern: 'builds/<pipeline>', title: ({ topics }) => topics.titles['builds/<pipeline>'] },
  ],

  plan(data) {
    const checked = check(schema, data);
    if (!checked.ok) return checked;
    const topic = parseTopic(`builds/${checked.value.pipeline}`);
    if (!topic.ok) {
      return { ok: false, faults: topic.faults.map(({ message }) => ({ path: 'data.pipeline', message })) };
    }
    return { ok: true, value: { to: [{ topic: topic.value }], delivery: checked.value.delivery ?? {} } };
  },

  render(data, { locale }) {
    const words = wordsFor(locale).cards.build;
    const { pipeline, number, status, branch, url } = schema.parse(data);
    const result = words.results[status];
    const title = words.title(pipeline, String(number), result);
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

  topicOf(data): Topic | undefined {
    const topic = parseTopic(`builds/${String(data.pipeline)}`);
    return topic.ok ? topic.value : undefined;
  },
};
