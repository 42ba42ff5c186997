import type { TopicOffer } from '../../catalog/entry.ts';
import { type Words, wordsFor } from '../../locale/words.ts';
import type { ActiveTopic, TopicActivity } from '../../ports/event/topic-activity.ts';
import { withBrackets } from '../markdown.ts';
import type { Command } from './command.ts';

/** Topics of which nobody told us but the events themselves: so many are shown, the busiest. */
const MOST_SHOWN = 10;

/** `topics`: what can be subscribed to, from the catalog, and what went out lately. */
export function topics(deps: {
  readonly topicActivity: TopicActivity;
  readonly offers: readonly TopicOffer[];
}): Command {
  return {
    name: 'topics',
    does: (locale) => wordsFor(locale).commands.topics,
    usage: 'topics',
    group: 'news',
    said: {
      en: [
        'show topics',
        'show me the topics',
        'list topics',
        'what topics are there',
        'what can i subscribe to',
        'all topics',
      ],
      de: [
        'themen',
        'zeig themen',
        'zeige themen',
        'zeig mir die themen',
        'welche themen gibt es',
        'was kann ich abonnieren',
      ],
    },
    async run({ at, locale }) {
      const words = wordsFor(locale);
      const { offers } = deps;
      const active = await deps.topicActivity.topicsLately(at);
      const busiest = [...active].sort((a, b) => b.count - a.count).slice(0, MOST_SHOWN);
      return {
        text: [
          words.topics.offered,
          '',
          ...offers.map(
            ({ pattern, title }) =>
              `- **${withBrackets(pattern)}**: ${title(locale)}${lately(pattern, active, words)}`,
          ),
          ...(busiest.length === 0
            ? []
            : [
                '',
                words.topics.newsOf,
                '',
                ...busiest.map(({ topic, count }) => `- **${topic}**: ${words.topics.messages(count)}`),
              ]),
          '',
          words.topics.covers,
        ].join('\n'),
        suggestions: [
          ...offers
            .filter(({ pattern }) => !pattern.includes('<'))
            .map(({ pattern }) => `subscribe ${pattern}`),
          ...busiest.slice(0, 3).map(({ topic }) => `subscribe ${topic}`),
        ],
      };
    },
  };
}

/** What the offer would have brought; nothing for one whose name is not complete. */
function lately(pattern: string, active: readonly ActiveTopic[], { topics }: Words): string {
  if (pattern.includes('<')) return '';
  const count = active
    .filter(({ topic }) => topic === pattern || topic.startsWith(`${pattern}/`))
    .reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? '' : topics.lately(topics.messages(count));
}
