import type { Activity, TurnContext } from 'botbuilder';
import { seconds } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { Log } from '../ports/log.ts';
import type { CaptureConversation, Captured, Sighting } from '../use-cases/capture-conversation.ts';
import type { CountReplies } from '../use-cases/count-replies.ts';
import { type Answer, greeting, isGreeting } from './answer.ts';
import type { Reply, Turn } from './turn.ts';

/** So long after the greeting a hello is no longer answered by it. */
const JUST_NOW = seconds(10);

/** One inbound activity that the adapter has authenticated. */
export type BotLogic = (context: TurnContext) => Promise<void>;

/**
 * Remembers where the activity came from, then answers it. The conversation is stored before anything is said, and
 * before the channel gets its 2xx: an activity whose capture failed is sent again by the channel.
 */
export function botLogic(deps: {
  /** `undefined` for an activity that tells nothing about where people are. */
  readonly sight: (activity: Activity) => Sighting | undefined;
  readonly capture: CaptureConversation;
  readonly conversations: ConversationStore;
  readonly answer: Answer;
  readonly countReplies: CountReplies;
  readonly clock: Clock;
  readonly log: Log;
}): BotLogic {
  return async (context) => {
    const { activity } = context;
    const sighting = deps.sight(activity);
    if (sighting === undefined) return;
    const captured = await deps.capture(sighting);
    if (captured.isNew) {
      deps.log.info('conversation.captured', {
        conversation: captured.conversation.key,
        channel: captured.conversation.channelId,
        type: captured.conversation.conversationType,
      });
    }
    const replies = await repliesTo(activity, sighting, captured);
    if (activity.type === 'invoke') {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 501 } });
    }
    if (replies.length === 0) return;
    await context.sendActivities(replies.map(toActivity));
    await deps.countReplies(captured.conversation, replies.length);
  };

  async function repliesTo(
    activity: Activity,
    sighting: Sighting,
    captured: Captured,
  ): Promise<readonly Reply[]> {
    const { conversation } = captured;
    const turn: Turn = {
      conversation,
      text: spoken(activity),
      locale: activity.locale ?? conversation.locale ?? 'en',
      ...(sighting.speaker === undefined ? {} : { speaker: sighting.speaker }),
    };
    switch (activity.type) {
      case 'message': {
        const greet = captured.isNew && (await deps.conversations.greetOnce(conversation.key));
        if (turn.text === '') return greet ? [greeting(turn)] : [];
        if (greet && isGreeting(turn.text)) return [greeting(turn)];
        // The greeting to an arrival a moment ago was the answer to this hello too.
        if (isGreeting(turn.text) && deps.clock.now() - conversation.capturedAt < JUST_NOW) return [];
        const answered = await deps.answer(turn);
        return greet ? [greeting(turn), answered] : [answered];
      }
      case 'installationUpdate':
        if (sighting.change === 'uninstalled') return [];
        return (await deps.conversations.greetOnce(conversation.key)) ? [greeting(turn)] : [];
      case 'conversationUpdate':
        return captured.isNew && (await deps.conversations.greetOnce(conversation.key))
          ? [greeting(turn)]
          : [];
      default:
        return [];
    }
  }
}

/** What was said, without the mention of the bot; or the command that a card's button carries. */
function spoken(activity: Activity): string {
  const value: unknown = activity.value;
  if (value !== null && typeof value === 'object' && 'notifier' in value) {
    const { notifier } = value;
    if (typeof notifier === 'string') return notifier.trim();
  }
  let text = activity.text ?? '';
  for (const entity of activity.entities ?? []) {
    // Entities are open objects; a mention carries who is mentioned and the text that does it.
    const mention = entity as {
      readonly type: string;
      readonly mentioned?: { readonly id?: string };
      readonly text?: unknown;
    };
    if (mention.type !== 'mention' || mention.mentioned?.id !== activity.recipient?.id) continue;
    if (typeof mention.text === 'string') text = text.replace(mention.text, ' ');
  }
  return text.replace(/\s+/g, ' ').trim();
}

function toActivity(reply: Reply): Partial<Activity> {
  return {
    type: 'message',
    text: reply.text,
    textFormat: 'markdown',
    ...(reply.card === undefined
      ? {}
      : { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: reply.card }] }),
    ...(reply.suggestions === undefined || reply.suggestions.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: reply.suggestions.map((value) => ({ type: 'imBack', title: value, value })),
          },
        }),
  };
}
