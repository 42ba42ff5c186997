import type { Activity } from '../domain/conversation/activity.ts';
import { isChannelId } from '../domain/conversation/channel-text.ts';
import type { Conversation } from '../domain/conversation/conversation.ts';
import { defined } from '../domain/defined.ts';
import { changesMessages } from '../domain/delivery/channel-limits.ts';
import { type Duration, seconds } from '../domain/time.ts';
import type { TurnContext } from '../ports/conversation/turn-context.ts';
import type { SendResult } from '../ports/delivery/messenger.ts';
import type { Log } from '../ports/log.ts';
import type { Said } from '../use-cases/conversation/say-replies.ts';
import { toActivities } from './activity.ts';
import type { Reply } from './turn.ts';

/** A reply that is refused for haste is said again so often, each time after a wait of at most so long. */
const MOST_REPLY_ATTEMPTS = 4;
const LONGEST_REPLY_WAIT: Duration = seconds(2);

/**
 * Says one reply. What was asked for is done by now, so a channel that refuses the answer gets no 500: it would send
 * the activity again, to be done and refused again. A refusal for haste is waited out, well within the channel's
 * patience.
 */
export async function say(
  context: TurnContext,
  reply: Reply,
  deps: {
    readonly conversation: Conversation;
    /** What it answers. */
    readonly turn: string;
    /** The thread in which it is said. */
    readonly thread?: string | undefined;
    /** A command as the person says it. */
    readonly inWords: (command: string) => string;
    readonly log: Log;
    readonly wait: (delay: Duration) => Promise<unknown>;
  },
): Promise<Said> {
  const { turn, conversation, inWords } = deps;
  const { channelId } = conversation;
  const said: Said[] = [];
  for (const activity of toActivities(reply, { channelId, turn, inWords })) {
    const one = await sayOne(context, activity, deps);
    if (one === 'refused') return 'refused';
    said.push(one);
  }
  // Everything of it that may be pressed is in its first message.
  const [first = 'said'] = said;
  if (typeof first === 'string' || !changesMessages(channelId) || reply.isPrivate === true) return 'said';
  return { ...first, ...defined({ shownIn: deps.thread }) };
}

async function sayOne(
  context: TurnContext,
  activity: Partial<Activity>,
  deps: Parameters<typeof say>[2],
): Promise<Said> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { id } = await context.sendActivity(activity);
      return isChannelId(id) ? { activityId: id } : 'said';
    } catch (cause) {
      const refusal = refusalOf(cause);
      if (refusal === undefined) throw cause;
      const { status, retryAfter } = refusal;
      if (status === 429 && attempt < MOST_REPLY_ATTEMPTS) {
        await deps.wait(Math.min(retryAfter ?? seconds(1), LONGEST_REPLY_WAIT));
        continue;
      }
      // The person has no answer, and whoever looks after the bot sees it here.
      deps.log.warn('reply.refused', { conversation: deps.conversation.key, status, code: refusal.code });
      return 'refused';
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
    ...defined({ status, retryAfter }),
  };
}
