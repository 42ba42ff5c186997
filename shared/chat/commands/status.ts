import type { SubscriptionStore } from '../../ports/subscription-store.ts';
import type { Command } from './command.ts';

/** `status`: what I know about reaching this chat. */
export function status(deps: {
  readonly subscriptions: SubscriptionStore;
  readonly defaultTimeZone: string;
}): Command {
  return {
    name: 'status',
    usage: 'status',
    summary: 'Shows what I know about this chat',
    async run({ conversation }) {
      const all = await deps.subscriptions.of(conversation.key);
      return {
        text: [
          'I can reach you here.',
          '',
          `- Subscriptions: **${all.length}**`,
          `- Time zone: **${conversation.timeZone ?? `${deps.defaultTimeZone} (yours is unknown)`}**`,
          `- This chat, for services that write to it: \`${conversation.key}\``,
        ].join('\n'),
        suggestions: ['subscriptions', 'help'],
      };
    },
  };
}
