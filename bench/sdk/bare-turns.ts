import type { CreateTurns } from '../../shared/adapters/bot/sdk/sdk.ts';
import type { Activity } from '../../shared/domain/conversation/activity.ts';

/** Turns without an SDK: the least that they cost, and the floor of both. Invokes are answered, nothing else is kept. */
export const createTurns: CreateTurns = (conversationsAt) => ({
  async run(activity, logic) {
    const conversations = conversationsAt(activity.serviceUrl);
    const { id, channelId, serviceUrl, conversation, from, recipient } = activity;
    let answer: { readonly status: number } | undefined;
    await logic({
      activity,
      async sendActivity(sent) {
        if (sent.type === 'invokeResponse') {
          // What the bot gives for the answer of an invoke.
          answer = sent.value as typeof answer;
          return { id: '' };
        }
        const addressed = { ...sent, channelId, serviceUrl, conversation, from: recipient, recipient: from };
        // Among several nobody is addressed; the type does not know it.
        const wire = (id === undefined ? addressed : { ...addressed, replyToId: id }) as Partial<Activity>;
        return id === undefined
          ? conversations.sendToConversation(conversation.id, wire)
          : conversations.replyToActivity(conversation.id, id, wire);
      },
    });
    return answer;
  },
});
