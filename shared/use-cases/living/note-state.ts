import type { Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import {
  type Ahead,
  afterRequest,
  isSuperseded,
  type Living,
  livingIdOf,
  type Made,
  withNewest,
} from '../../domain/living/living.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { Decision, Ending, Known, LaterReason } from '../delivery/decision.ts';

/** What is known of the key of a notification, to whom a call is for. Throws `StoreUnavailable`. */
export async function livingOf(
  { living }: { readonly living: Pick<LivingStore, 'findLiving'> },
  notification: Notification,
  { conversation }: Pick<WakeUpCall, 'conversation'>,
): Promise<Pick<Known, 'living'>> {
  const id = livingIdOf(notification, conversation);
  const found = id === undefined ? undefined : await living.findLiving(id);
  return defined({ living: found });
}

/**
 * The same of the key by which a message was told: the row of the addressee, or that of who was merged into them where the message
 * stands there alone. Throws `StoreUnavailable`.
 *
 * @param message shown under `key`, which is the addressee's own or an earlier one of theirs
 */
export async function livingOfMessage(
  deps: { readonly living: Pick<LivingStore, 'findLiving'> },
  notification: Notification,
  message: {
    readonly addressee: ConversationKey;
    readonly key: ConversationKey;
    readonly activityId: string;
  },
): Promise<Pick<Known, 'living'>> {
  const { addressee, key, activityId } = message;
  const own = await livingOf(deps, notification, { conversation: addressee });
  const isThere = key === addressee || own.living?.shown?.activityId === activityId;
  return isThere ? own : livingOf(deps, notification, { conversation: key });
}

/** Waits that say nothing of this state: it is not looked at yet, or another worker has it. */
const UNNOTED: ReadonlySet<LaterReason> = new Set(['early', 'lease', 'race', 'moved', 'scheduled']);

/**
 * Whether a state has to be noted as the newest before that is done: whenever it was looked at and is not claimed now. So
 * none that is older goes out from then on, whatever becomes of this one.
 */
export function isToBeNoted(decided: Decision, { notification, living }: Known): boolean {
  if (notification.delivery.key === undefined || living?.newest.notification === notification.id)
    return false;
  // However an older one ends, the newer one stays the newest.
  if (isSuperseded(notification, living)) return false;
  switch (decided.do) {
    case 'hold':
    case 'join':
    case 'line-up':
      return true;
    case 'later':
      return !UNNOTED.has(decided.why);
    case 'final':
      return decided.outcome !== Outcome.cancelled;
    default:
      return false;
  }
}

/** Notes it, if nobody wrote the row since it was read. */
export async function noteNewest(
  { living }: { readonly living: Pick<LivingStore, 'changeLiving'> },
  { notification, call, living: before }: Known,
): Promise<Living | 'lost'> {
  const id = livingIdOf(notification, call.conversation);
  if (id === undefined) throw new Error(`notification ${notification.id} has no key`);
  return living.changeLiving(withNewest(id, before, notification));
}

/** What became of the request that is ahead. Its outcome alone says that it is over; without one, its row says where it is. */
export async function aheadOf(
  { ledger }: { readonly ledger: Pick<Ledger, 'findOutcome' | 'findDelivery'> },
  { living, call }: Known,
): Promise<Ahead> {
  if (living?.underWay === undefined) return 'free';
  const { notification, of: conversation = call.conversation } = living.underWay;
  const id = { notification, conversation };
  const result = await ledger.findOutcome(id);
  if (result !== undefined) {
    const { outcome } = result;
    return outcome === Outcome.delivered || outcome === Outcome.updated ? 'told' : 'untold';
  }
  return (await ledger.findDelivery(id))?.state === 'claimed' ? 'open' : 'free';
}

/**
 * Writes what a request made of the row of its key; before the outcome, so that whoever finds that finds this, too. Does
 * nothing where another state's request has taken the row over since, or where it was removed. May be repeated.
 */
export async function noteRequest(
  { living: store }: { readonly living: LivingStore },
  call: WakeUpCall,
  notification: Notification,
  made: Made,
  claimed?: Living,
): Promise<void> {
  const id = livingIdOf(notification, call.conversation);
  if (id === undefined) return;
  let known = claimed?.etag === undefined ? undefined : claimed;
  await untilWritten('note shown', async () => {
    const row = known ?? (await store.findLiving(id));
    known = undefined;
    if (row === undefined) return undefined;
    const next = afterRequest(row, notification, made);
    const written = next === row ? row : await store.changeLiving(next);
    return written === 'lost' ? LOST : undefined;
  });
}

/** What an answer made of what is shown; `undefined` where nothing: a change that was made, or another request follows. */
export function madeBy(
  ending: Ending,
  answer: Answer,
  conversation: Conversation | undefined,
): Made | undefined {
  if (ending.gone !== undefined) return { kind: 'gone', ...ending.gone };
  if (ending.do !== 'record' || ending.result.outcome !== Outcome.delivered || answer.kind !== 'sent')
    return undefined;
  const { activityId, shownIn = conversation?.conversationId } = answer;
  if (activityId === undefined || shownIn === undefined || conversation === undefined)
    return { kind: 'sent' };
  return { kind: 'sent', at: { channelId: conversation.channelId, conversationId: shownIn, activityId } };
}
