import { entries } from '../../catalog/catalog.ts';
import type { ActiveTopic, TopicActivity } from '../../ports/topic-activity.ts';
import type { Command } from './command.ts';

/** Topics of which nobody told us but the events themselves: so many are shown, the busiest. */
const MOST_SHOWN = 10;

/** `topics`: what can be subscribed to, from the catalog, and what went out lately. */
export function topics(deps: { readonly topicActivity: TopicActivity }): Command {
  return {
    name: 'topics',
    usage: 'topics',
    summary: 'Lists the topics that you can subscribe to',
    async run({ at }) {
      const offers = entries.flatMap((entry) => entry.topics ?? []);
      const active = await deps.topicActivity.lately(at);
      const busiest = [...active].sort((a, b) => b.count - a.count).slice(0, MOST_SHOWN);
      return {
        text: [
          'You can subscribe to:',
          '',
          ...offers.map(
            ({ pattern, title }) => `- **${escaped(pattern)}**: ${title}${lately(pattern, active)}`,
          ),
          ...(busiest.length === 0
            ? []
            : [
                '',
                'In the last seven days there was news of:',
                '',
                ...busiest.map(({ topic, count }) => `- **${topic}**: ${messages(count)}`),
              ]),
          '',
          'A topic covers all below it: **builds** also brings **builds/web**. Other topics work too, if somebody publishes to them.',
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
function lately(pattern: string, active: readonly ActiveTopic[]): string {
  if (pattern.includes('<')) return '';
  const count = active
    .filter(({ topic }) => topic === pattern || topic.startsWith(`${pattern}/`))
    .reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? '' : ` (${messages(count)} in the last seven days)`;
}

function messages(count: number): string {
  return count === 1 ? 'one message' : `${count} messages`;
}

function escaped(pattern: string): string {
  return pattern.replaceAll('<', '\\<').replaceAll('>', '\\>');
}
