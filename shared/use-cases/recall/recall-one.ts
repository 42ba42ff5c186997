import { defined } from '../../domain/defined.ts';
import { MOST_ATTEMPTS, retryDelay } from '../../domain/delivery/backoff.ts';
import { judgeChange } from '../../domain/delivery/failure.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import { afterSend, earliestSend, type RateLimit } from '../../domain/delivery/pace.ts';
import { timesMadeAgain, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { Living } from '../../domain/living/living.ts';
import { type Duration, type Instant, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { DeliveryDesk, Ledger, Recalled } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { Messenger } from '../../ports/delivery/messenger.ts';
import type { Pace } from '../../ports/delivery/pace.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import { lastTold } from '../living/last-told.ts';
import { livingOfMessage } from '../living/note-state.ts';
import { whereShown } from '../living/where-shown.ts';

export interface RecallDeps {
  readonly ledger: Pick<Ledger, 'findDesk' | 'findOutcome' | 'noteRecall' | 'noteSends'>;
  readonly living: Pick<LivingStore, 'findLiving'>;
  readonly addressees: Pick<AddresseeStore, 'findAddressee' | 'findPlace'>;
  readonly messenger: Pick<Messenger, 'removeActivity'>;
  readonly pace: Pace;
  readonly deliveries: Pick<DeliveryQueue, 'sendCalls'>;
  readonly threadLimits: readonly RateLimit[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** After so long it is looked again whether a change of the message was made. */
const OPEN_FOR: Duration = seconds(15);

/** A call that takes a message back. */
export type RecallCall = WakeUpCall & { readonly recall: NonNullable<WakeUpCall['recall']> };

/** Takes one message back, or has the call come again at a time when it may be. */
export type RecallOne = (call: RecallCall, notification: Notification) => Promise<void>;

/**
 * A deletion may be repeated until its result is known, so nothing is claimed: desk, windows and what came of it are the
 * three writes and reads of it. Throws `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless.
 */
export function recallOne(deps: RecallDeps): RecallOne {
  return async (call, notification) => {
    const made = await attempt(call, notification);
    if ('again' in made) {
      const { slotAt: _used, ...rest } = call;
      const slot = defined({ slotAt: made.slotAt });
      await deps.deliveries.sendCalls([{ message: { ...rest, ...slot, hop: call.hop + 1 }, at: made.again }]);
      return;
    }
    await deps.ledger.noteRecall(call, made.done);
    const { notification: id, conversation } = call;
    const refused = made.done === 'recalled' ? {} : { reason: made.done.refused };
    deps.log.info('delivery.outcome', { notification: id, conversation, outcome: 'recalled', ...refused });
  };

  async function attempt(
    call: RecallCall,
    notification: Notification,
  ): Promise<{ readonly done: Recalled } | { readonly again: Instant; readonly slotAt?: Instant }> {
    const { key, conversation, windows, windowsTag } = await deskOf(call.conversation);
    if (conversation === undefined) return { done: { refused: 'forgotten' } };
    const { activityId, shownIn: conversationId } = call.recall;
    const told = { addressee: key, key: call.conversation, activityId };
    const { living } = await livingOfMessage(deps, notification, told);
    const now = deps.clock.now();
    const replaced = await isReplaced(deps, call, living);
    if (replaced === 'open') return { again: now + OPEN_FOR };
    if (replaced) return { done: { refused: 'replaced' } };
    const channelId = living?.shown?.channelId ?? conversation.channelId;
    const place = await whereShown(deps, conversation, { channelId, conversationId });
    if (place === undefined) return { done: { refused: 'gone' } };
    const room = earliestSend(windows, deps.threadLimits, now);
    if (room > now) return { again: room };
    const turn = await deps.pace.takeTurn(conversation.tenant, call.slotAt);
    if (turn !== 'go') return { again: turn.at, ...(turn.isWithoutSlot === true ? {} : { slotAt: turn.at }) };
    await deps.ledger.noteSends(key, afterSend(windows, now, false), windowsTag);
    const answer = await deps.messenger.removeActivity(place, activityId);
    if (answer.kind === 'untrusted') return { done: { refused: 'untrusted-service-url' } };
    return answer.kind === 'sent' ? { done: 'recalled' } : afterFailure(call, answer, now);
  }

  /** Who was told may have been merged since: then it is known of who they are now where the message is. */
  async function deskOf(told: ConversationKey): Promise<DeliveryDesk & { readonly key: ConversationKey }> {
    const desk = await deps.ledger.findDesk(told);
    if (desk.belongsTo === undefined) return { ...desk, key: told };
    const { key } = await homeOf(deps.addressees, desk.belongsTo);
    return { ...(await deps.ledger.findDesk(key)), key };
  }

  function afterFailure(
    call: RecallCall,
    answer: Extract<Answer, { readonly kind: 'failed' }>,
    now: Instant,
  ): { readonly done: Recalled } | { readonly again: Instant } {
    const verdict = judgeChange(answer);
    const again = (after?: Duration) => {
      const tries = timesMadeAgain(call.hop) + 1;
      if (tries >= MOST_ATTEMPTS) return { done: { refused: answer.code } };
      return { again: now + retryDelay(tries, deps.random.next(), after) };
    };
    switch (verdict.kind) {
      case 'message-gone':
        return { done: 'recalled' };
      case 'unsupported':
        return { done: { refused: 'unsupported' } };
      case 'suppress':
        return { done: { refused: verdict.reason } };
      case 'final':
        return { done: { refused: verdict.reason } };
      case 'undeciphered':
        return again();
      case 'retry':
        return again(verdict.after);
    }
  }
}

/** Whether a newer state is what its message tells of now, or may be (`open`); an answer to another one is a message of its own. */
async function isReplaced(
  deps: Pick<RecallDeps, 'ledger'>,
  call: RecallCall,
  living: Living | undefined,
): Promise<boolean | 'open'> {
  if (living?.shown?.activityId !== call.recall.activityId) return false;
  const { notification: told = call.notification, isOpen } = await lastTold(deps, living, call.notification);
  if (told === call.notification) return false;
  return isOpen === true && timesMadeAgain(call.hop) + 1 < MOST_ATTEMPTS ? 'open' : true;
}
