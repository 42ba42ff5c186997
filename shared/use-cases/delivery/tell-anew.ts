import type { Conversation, SuppressionReason } from '../../domain/conversation/conversation.ts';
import { judgeCreation } from '../../domain/delivery/failure.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import { movedRow } from '../../domain/delivery/states.ts';
import type { Content, Notification } from '../../domain/event/notification.ts';
import { believedAccount, namesOf, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { conversationKey } from '../../domain/ids.ts';
import { type Instant, minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { CreateResult, Messenger } from '../../ports/delivery/messenger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { forgottenLately } from '../privacy/forgotten-lately.ts';
import { isReachable, type Reachable, type TellPerson } from './tell-person.ts';

export interface OpenDeps {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly ledger: Ledger;
  readonly pacer: Pacer;
  readonly clock: Clock;
  /** Somebody who asked to be forgotten while this was under way is not remembered by it. */
  readonly tombstones?: Pick<Tombstones, 'find'>;
  readonly vouching: Vouching;
}

/** Has the conversation with a person created, remembers it, and tells them there. */
export type TellAnew = (
  notification: Notification,
  old: Conversation,
  content: Content,
  how?: {
    /** What the channel said of the old conversation; when no other can be had, it is the answer that tells more. */
    readonly instead?: Answer;
    /** The person is asked for by this id, which is the same for every bot. */
    readonly entraId?: string;
  },
) => Promise<Answer>;

type Account = NonNullable<Conversation['user']>;

/**
 * May be called again for the same delivery: the channel gives the same conversation, and the row there says that it
 * is this delivery's.
 */
export function tellAnew(deps: OpenDeps, tell: TellPerson): TellAnew {
  return async (notification, old, content, { instead, entraId } = {}) => {
    // Where nobody vouches for the id, another one's conversation might be what the channel gives for it.
    const user = believedAccount(old.user, old, deps.vouching);
    if (user === undefined)
      return instead ?? { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true };
    const now = deps.clock.now();
    const created = await create(old, entraId === undefined ? user : { id: entraId }, now);
    if (created.kind === 'failed') {
      // Creating twice is harmless, so nothing about it is unknown.
      const failure = { ...created, surelyNotSent: true };
      return instead === undefined || comesAgain(failure, entraId) ? failure : instead;
    }
    if (created.kind === 'untrusted') return instead ?? created;

    const opened = openedFrom(old, created.conversationId, now);
    if (opened.key === old.key) return tell(notification, opened, content);
    const met = await deps.conversations.find(opened.key);
    // The channel gives the conversation that there is, and the person may have said since that they want nothing there.
    if (met?.suppressed !== undefined && met.suppressed !== 'gone') return refusal(met.suppressed);
    const persons = namesOf(user, old, deps.vouching);
    if (deps.tombstones !== undefined && (await forgottenLately(deps.tombstones, { persons })).length > 0) {
      // Nothing was sent, and the next attempt ends by policy: the conversation is suppressed or gone.
      return { kind: 'failed', code: 'forgotten', surelyNotSent: true };
    }
    const isMet = met !== undefined && isReachable(met);
    const next = isMet ? met : opened;
    if (!isMet) await deps.conversations.save(next);
    await rememberPerson(user, next, now);

    const isOurs = await takesOver(notification, { from: old, to: next, now });
    const result: Answer = isOurs ? await tell(notification, next, content) : { kind: 'sent' };
    // Not before: until the person is told, a retry has to come this way again.
    if (result.kind === 'sent' && isReachable(old) && old.suppressed === undefined) await giveUp(old);
    return result;
  };

  async function create(old: Conversation, user: Account, now: Instant): Promise<CreateResult> {
    // Creating is a request of its own to the tenant: the cursor moves on by one.
    await deps.pacer.reserve(old.tenant, 1, now, minutes(1));
    const { channelId, serviceUrl, bot, tenantId } = old;
    const tenant = tenantId === undefined ? {} : { tenantId };
    return deps.messenger.createConversation({ channelId, serviceUrl, bot, user, ...tenant });
  }

  async function rememberPerson(user: Account, next: Reachable, metAt: Instant): Promise<void> {
    const { channelId, serviceUrl, bot, tenantId, key: personal } = next;
    const tenant = tenantId === undefined ? {} : { tenantId };
    await deps.conversations.savePerson(
      { channelId, serviceUrl, bot, user, personal, metAt, ...tenant },
      proofsOf(user, next, deps.vouching),
    );
  }

  /** The new conversation may be addressed by the same notification (everyone): it is told here, and only here. */
  async function takesOver(
    notification: Notification,
    { from, to, now }: { readonly from: Conversation; readonly to: Reachable; readonly now: Instant },
  ): Promise<boolean> {
    const id = { notification: notification.id, conversation: to.key };
    const moved = await deps.ledger.claim(movedRow(id, from.key, now));
    return moved !== 'lost' || (await deps.ledger.row(id))?.movedFrom === from.key;
  }

  async function giveUp(old: Conversation): Promise<void> {
    try {
      await deps.conversations.suppress(old.key, 'gone');
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // The person was told, and that must not become unknown: the next message meets the 404 and comes here again.
    }
  }
}

function openedFrom(old: Conversation, conversationId: string, now: Instant): Reachable {
  const { suppressed: _over, ...rest } = old;
  return {
    ...rest,
    key: conversationKey(old.channelId, conversationId),
    conversationId,
    conversationType: 'personal',
    capturedAt: now,
    changedAt: now,
  };
}

/** Whether the creation is tried again, rather than the old conversation. By the object id it is tried once. */
function comesAgain(
  failure: Extract<Answer, { readonly kind: 'failed' }>,
  entraId: string | undefined,
): boolean {
  const { status } = failure;
  const { kind } = judgeCreation(failure);
  if (entraId === undefined) return kind === 'retry' || kind === 'undeciphered';
  return status === undefined || status === 408 || status === 412 || status === 429 || status >= 500;
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
