import {
  type Conversation,
  keyOf,
  type Reachable,
  type SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import { type PersonalPlace, placeKeyOf } from '../../domain/conversation/reach.ts';
import { defined } from '../../domain/defined.ts';
import { judgeCreation } from '../../domain/delivery/failure.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import type { Content, Notification } from '../../domain/event/notification.ts';
import { believedAccount, namesOf, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { type Duration, type Instant, minutes, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { CreateResult, Messenger } from '../../ports/delivery/messenger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import type { MergeAddressees } from '../conversation/merge-addressees.ts';
import { moveReach } from '../conversation/move-reach.ts';
import { forgottenLately } from '../privacy/forgotten-lately.ts';
import type { TellPerson } from './tell-person.ts';

export interface OpenDeps {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly addressees: AddresseeStore;
  readonly merge: MergeAddressees;
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

/** So soon somebody is looked for anew who is told elsewhere now. */
const SHORTLY: Duration = seconds(1);

type Account = NonNullable<Conversation['user']>;

/**
 * May be called again for the same delivery: the channel gives the same conversation, which leads to the addressee by then.
 *
 * Order of writes: the new conversation leads to the addressee -> what leads to it -> which conversations there are -> the
 * record -> the person -> the message. Everything that the person wants stays where it is.
 */
export function tellAnew(deps: OpenDeps, tell: TellPerson): TellAnew {
  const move = moveReach(deps);

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
    if (opened.conversationId === old.conversationId) return tell(notification, opened, content);
    const persons = namesOf(user, old, deps.vouching);
    if (deps.tombstones !== undefined && (await forgottenLately(deps.tombstones, { persons })).length > 0) {
      // Nothing was sent, and the next attempt ends by policy: the conversation is suppressed or gone.
      return { kind: 'failed', code: 'forgotten', surelyNotSent: true };
    }
    const key = keyOf(opened);
    const { key: owner, looked } = await homeOf(deps.addressees, key);
    if (owner !== old.key && key !== old.key && looked.record !== undefined) {
      // The channel gives the conversation that there is, and the person may have said since that they want nothing there.
      const { suppressed } = looked.record;
      if (suppressed !== undefined && suppressed !== 'gone') return refusal(suppressed);
      await unite(old, { ...looked.record, key: owner }, opened.conversationId);
      return movedOn();
    }
    if (key !== old.key && (await deps.addressees.lead(key, old.key)) !== old.key) return movedOn();
    // By the object id they are asked for where no id of before can be read.
    const isGone = (place: PersonalPlace) => entraId !== undefined || place.key === placeKeyOf(old);
    await move(old.key, { opened, isGone });
    await rememberPerson(user, opened, now);
    return tell(notification, opened, content);
  };

  /** The conversation was somebody's own, who is the same person. */
  async function unite(old: Conversation, other: Conversation, conversationId: string): Promise<void> {
    const [one, two] = await Promise.all([old.key, other.key].map((key) => homeOf(deps.addressees, key)));
    if (one === undefined || two === undefined || one.key === two.key) return;
    const isOlder = (one.looked.record?.capturedAt ?? 0) <= (two.looked.record?.capturedAt ?? 0);
    const [into, from] = isOlder ? [one.key, two.key] : [two.key, one.key];
    await deps.merge(from, into, { latest: into, locale: other.locale ?? 'en' });
    const opened: Reachable = { ...other, conversationId };
    await move(into, { opened, isGone: (place) => place.key === placeKeyOf(old) });
  }

  async function create(old: Conversation, user: Account, now: Instant): Promise<CreateResult> {
    // Creating is a request of its own to the tenant: the cursor moves on by one.
    await deps.pacer.reserve(old.tenant, 1, now, minutes(1));
    const { channelId, serviceUrl, bot, tenantId } = old;
    const tenant = defined({ tenantId });
    return deps.messenger.createConversation({ channelId, serviceUrl, bot, user, ...tenant });
  }

  async function rememberPerson(user: Account, next: Reachable, metAt: Instant): Promise<void> {
    const { channelId, serviceUrl, bot, tenantId, key: personal } = next;
    const tenant = defined({ tenantId });
    await deps.conversations.savePerson(
      { channelId, serviceUrl, bot, user, personal, metAt, ...tenant },
      proofsOf(user, next, deps.vouching),
    );
  }
}

/** Another look at the addressee finds where they are told now. */
export function movedOn(): Answer {
  return { kind: 'failed', code: 'moved', status: 412, retryAfter: SHORTLY, surelyNotSent: true };
}

function openedFrom(old: Conversation, conversationId: string, now: Instant): Reachable {
  const { suppressed: _over, ...rest } = old;
  return {
    ...rest,
    conversationId,
    conversationType: 'personal',
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
