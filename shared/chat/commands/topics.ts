import { entries } from '../../catalog/catalog.ts';
import type { Command } from './command.ts';

/** `topics`: what can be subscribed to, from the catalog. */
export function topics(): Command {
  return {
    name: 'topics',
    usage: 'topics',
    summary: 'Lists the topics that you can subscribe to',
    async run() {
      const offers = entries.flatMap((entry) => entry.topics ?? []);
      const lines = offers.map(
        ({ pattern, title }) => `- **${pattern.replaceAll('<', '\\<').replaceAll('>', '\\>')}**: ${title}`,
      );
      return {
        text: [
          'You can subscribe to:',
          '',
          ...lines,
          '',
          'A topic covers all below it: **builds** also brings **builds/web**. Other topics work too, if somebody publishes to them.',
        ].join('\n'),
        suggestions: offers
          .filter(({ pattern }) => !pattern.includes('<'))
          .map(({ pattern }) => `subscribe ${pattern}`),
      };
    },
  };
}
