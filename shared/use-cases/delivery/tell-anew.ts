import type { Conversation, SuppressionReason } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { insistsOnActivity, judgeCreation } from '../../domain/delivery/failure.ts';
import type { Answer, InPlaceOf } from '../../domain/delivery/learned.ts';
import type { Content, Notification } from '../../domain/event/notification.ts';
import { believedAccount } from '../../domain/identity/proofs.ts';
import { type Duration, minutes, seconds } from '../../domain/time.ts';
import type { Messenger } from '../../ports/delivery/messenger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import { isForgotten, type OpenedDeps, rememberOpened } from '../conversation/remember-opened.ts';
import type { TellPerson } from './tell-person.ts';

export interface OpenDeps extends OpenedDeps {
  readonly messenger: Messenger;
  readonly pacer: Pacer;
}

/** Has the conversation with a person created, remembers it, and tells them there. */
export type TellAnew = (
  notification: Notification,
  old: Conversation,
  content: Content,
  how?: {
    /** What the channel said of the old conversation; when no other can be had, it is the answer that tells more. */
    readonly instead?: Answer;
    /** The bot has another identity now: what it knew on this channel is not its any more. */
    readonly isOtherBot?: boolean;
  },
) => Promise<Answer>;

/** So soon somebody is looked for anew who is told elsewhere now. */
const SHORTLY: Duration = seconds(1);

/**
 * May be called again for the same delivery: the channel gives the same conversation, which leads to the addressee by then.
 * It is remembered before the message is sent.
 *
 * Where the channel creates none without a message, the notification itself begins it: that creation is the one request of
 * the claim, and a result that is unknown is one of a send. Such a conversation is remembered after, with the outcome.
 */
export function tellAnew(deps: OpenDeps, tell: TellPerson): TellAnew {
  const remember = rememberOpened(deps);

  return async (notification, old, content, { instead, isOtherBot = false } = {}) => {
    // Where nobody vouches for the id, another one's conversation might be what the channel gives for it.
    const user = believedAccount(old.user, old, deps.vouching);
    if (user === undefined)
      return instead ?? { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true };
    const { channelId, serviceUrl, bot, tenantId } = old;
    const entraId = entraIdOf(old);
    // The object id is the same for every bot, and leads to the person where their id of this bot does not any more.
    const asked = entraId === undefined ? user : { id: entraId };
    const person = { channelId, serviceUrl, bot, user: asked, ...defined({ tenantId }) };
    // Creating is a request of its own to the tenant: the cursor moves on by one.
    await deps.pacer.reserve(old.tenant, 1, deps.clock.now(), minutes(1));
    const created = await deps.messenger.createConversation(person);
    const inPlaceOf = isOtherBot ? 'all' : 'one';
    if (created.kind === 'created') {
      return tellIn(notification, old, content, { conversationId: created.conversationId, inPlaceOf });
    }
    if (created.kind === 'untrusted') return instead ?? created;
    // Creating it without a message twice is harmless, so nothing about it is unknown.
    if (!insistsOnActivity(created)) return orInstead({ ...created, surelyNotSent: true });
    if (await isForgotten(deps, old)) return FORGOTTEN;
    return orInstead(
      await tell.first(notification, old, content, async (message, isOff) => {
        const begun = await deps.messenger.createConversation(person, { message, isOff });
        if (begun.kind !== 'created') return begun;
        const { activityId, conversationId: shownIn } = begun;
        return { kind: 'sent', shownIn, inPlaceOf, ...defined({ activityId }) };
      }),
    );

    /** The answer about the old conversation tells more than one that says for good that there is no other. */
    function orInstead(answer: Answer): Answer {
      if (instead === undefined || answer.kind !== 'failed' || !answer.surelyNotSent) return answer;
      return comesAgain(answer, isOtherBot) ? answer : instead;
    }
  };

  async function tellIn(
    notification: Notification,
    old: Conversation,
    content: Content,
    created: { readonly conversationId: string; readonly inPlaceOf: InPlaceOf },
  ): Promise<Answer> {
    const opened = await remember(old, created.conversationId, created.inPlaceOf);
    switch (opened.kind) {
      case 'theirs':
        return tell.into(notification, opened.conversation, content);
      case 'moved':
        return movedOn();
      case 'suppressed':
        return refusal(opened.reason);
      case 'forgotten':
        return FORGOTTEN;
    }
  }
}

/** Nothing was sent, and the next attempt ends by policy: the conversation is suppressed or gone. */
const FORGOTTEN = { kind: 'failed', code: 'forgotten', surelyNotSent: true } as const satisfies Answer;

/** Another look at the addressee finds where they are told now. */
export function movedOn(): Answer {
  return { kind: 'failed', code: 'moved', status: 412, retryAfter: SHORTLY, surelyNotSent: true };
}

/** Whether the creation is tried again, rather than the old conversation. For another identity it is tried once. */
function comesAgain(failure: Extract<Answer, { readonly kind: 'failed' }>, isOtherBot: boolean): boolean {
  const { status } = failure;
  const { kind } = judgeCreation(failure);
  if (!isOtherBot) return kind === 'retry' || kind === 'undeciphered';
  return status === undefined || status === 408 || status === 412 || status === 429 || status >= 500;
}

/** The person's id that every bot has in common; believed where the channel itself tells it. */
export function entraIdOf({ channelId, conversationType, user }: Conversation): string | undefined {
  return channelId === 'msteams' && conversationType === 'personal' ? user?.aadObjectId : undefined;
}

/** What the channel would say of a conversation into which nothing may be sent. */
function refusal(reason: Exclude<SuppressionReason, 'gone'>): Answer {
  return { kind: 'failed', code: REFUSALS[reason], status: 403, surelyNotSent: true };
}

const REFUSALS = {
  blocked: 'ConversationBlockedByUser',
  uninstalled: 'BotNotInConversationRoster',
  forgotten: 'BotNotInConversationRoster',
  'disabled-by-admin': 'BotDisabledByAdmin',
} as const satisfies { readonly [Reason in Exclude<SuppressionReason, 'gone'>]: string };
