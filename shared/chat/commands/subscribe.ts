import { parseTopic } from '../../domain/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SubscriptionStore } from '../../ports/subscription-store.ts';
import type { Command } from './command.ts';

interface Deps {
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
}

/** `subscribe <topic>` */
export function subscribe(deps: Deps): Command {
  return {
    name: 'subscribe',
    usage: 'subscribe <topic>',
    summary: 'Tells this chat what happens on a topic',
    async run({ conversation }, argument) {
      if (argument === '')
        return { text: 'Which topic? Say for example **subscribe builds**.', suggestions: ['topics'] };
      const topic = parseTopic(argument);
      if (!topic.ok)
        return { text: sentence(topic.faults[0]?.message ?? 'this is no topic'), suggestions: ['topics'] };
      const isNew = await deps.subscriptions.subscribe({
        conversation: conversation.key,
        tenant: conversation.tenant,
        topic: topic.value,
        since: deps.clock.now(),
      });
      return {
        text: isNew
          ? `Done. I will tell you here what happens on **${topic.value}**.`
          : `You are subscribed to **${topic.value}** already.`,
        suggestions: ['subscriptions', `unsubscribe ${topic.value}`],
      };
    },
  };
}

/** `unsubscribe <topic>` and `unsubscribe all` */
export function unsubscribe(deps: Deps): Command {
  return {
    name: 'unsubscribe',
    usage: 'unsubscribe <topic> | all',
    summary: 'Stops a topic, or all of them',
    async run({ conversation }, argument) {
      if (argument === '')
        return {
          text: 'Which topic? Say **unsubscribe all** for all of them.',
          suggestions: ['subscriptions'],
        };
      if (argument.toLowerCase() === 'all') {
        const all = await deps.subscriptions.of(conversation.key);
        for (const { topic } of all) await deps.subscriptions.unsubscribe(conversation, topic);
        return {
          text: all.length === 0 ? 'You had no subscriptions.' : `Done. I stopped ${count(all.length)}.`,
        };
      }
      const topic = parseTopic(argument);
      if (!topic.ok) return { text: sentence(topic.faults[0]?.message ?? 'this is no topic') };
      const was = await deps.subscriptions.unsubscribe(conversation, topic.value);
      return {
        text: was
          ? `Done. I will no longer tell you what happens on **${topic.value}**.`
          : `You were not subscribed to **${topic.value}**.`,
        suggestions: was ? [`subscribe ${topic.value}`] : ['subscriptions'],
      };
    },
  };
}

/** `subscriptions` */
export function subscriptions(deps: Deps): Command {
  return {
    name: 'subscriptions',
    usage: 'subscriptions',
    summary: 'Lists what you are subscribed to',
    async run({ conversation }) {
      const all = await deps.subscriptions.of(conversation.key);
      if (all.length === 0) {
        return {
          text: 'You have no subscriptions yet. **topics** shows what there is.',
          suggestions: ['topics'],
        };
      }
      return {
        text: ['You are subscribed to:', '', ...all.map(({ topic }) => `- **${topic}**`)].join('\n'),
        suggestions: [...all.slice(0, 4).map(({ topic }) => `unsubscribe ${topic}`), 'unsubscribe all'],
      };
    },
  };
}

function count(number: number): string {
  return number === 1 ? 'one subscription' : `${number} subscriptions`;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
