import { createHash } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import type { Conversation } from '../domain/conversation.ts';
import { type Duration, seconds } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { Log } from '../ports/log.ts';
import type { SendResult } from '../ports/messenger.ts';
import type { CaptureConversation, Captured, Sighting } from '../use-cases/capture-conversation.ts';
import type { CountReplies } from '../use-cases/count-replies.ts';
import { type Answer, greeting, isGreeting } from './answer.ts';
import type { Reply, Turn } from './turn.ts';

/** So long after the greeting a hello is no longer answered by it. */
const JUST_NOW = seconds(10);

/** A reply that is refused for haste is said again so often, each time after a wait of at most so long. */
const MOST_REPLY_ATTEMPTS = 4;
const LONGEST_REPLY_WAIT: Duration = seconds(2);

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
  /** Waits a short while. */
  readonly wait: (delay: Duration) => Promise<unknown>;
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
    await say(context, replies, captured.conversation);
    await deps.countReplies(captured.conversation, replies.length);
  };

  /**
   * What was asked for is done by now, so a channel that refuses the answer gets no 500: it would send the activity
   * again, to be done and refused again. A refusal for haste is waited out, well within the channel's patience.
   */
  async function say(context: TurnContext, replies: readonly Reply[], { key }: Conversation): Promise<void> {
    for (const reply of replies) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await context.sendActivity(toActivity(reply));
          break;
        } catch (cause) {
          const refusal = refusalOf(cause);
          if (refusal === undefined) throw cause;
          const { status, retryAfter } = refusal;
          if (status === 429 && attempt < MOST_REPLY_ATTEMPTS) {
            await deps.wait(Math.min(retryAfter ?? seconds(1), LONGEST_REPLY_WAIT));
            continue;
          }
          // The person has no answer, and whoever looks after the bot sees it here.
          deps.log.warn('reply.refused', { conversation: key, status, code: refusal.code });
          return;
        }
      }
    }
  }

  async function repliesTo(
    activity: Activity,
    sighting: Sighting,
    captured: Captured,
  ): Promise<readonly Reply[]> {
    const { conversation } = captured;
    const turn: Turn = {
      id: turnId(conversation, activity),
      at: deps.clock.now(),
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

/** A refusal by the channel: an error of the adapter that carries the channel's answer; `undefined` for any other. */
function refusalOf(
  cause: unknown,
): { readonly status?: number; readonly code: string; readonly retryAfter?: Duration } | undefined {
  if (!(cause instanceof Error) || cause.name !== 'ChannelError' || !('result' in cause)) return undefined;
  // By its name it is the adapter's error, which carries what became of the request.
  const { status, code, retryAfter } = cause.result as Exclude<SendResult, { kind: 'sent' | 'untrusted' }>;
  return {
    code,
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** One id for one activity, however often it comes; one without an id of its own is told by what and when it is. */
function turnId({ key }: Conversation, { id, timestamp, type, text }: Activity): string {
  return createHash('sha256')
    .update(`${key}\n${id ?? `${String(timestamp)}\n${type}\n${text ?? ''}`}`)
    .digest('base64url');
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
