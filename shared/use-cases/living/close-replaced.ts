import type { Conversation } from '../../domain/conversation/conversation.ts';
import { MOST_ATTEMPTS, retryDelay } from '../../domain/delivery/backoff.ts';
import { judgeChange } from '../../domain/delivery/failure.ts';
import { timesMadeAgain, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { livingIdOf, type Shown } from '../../domain/living/living.ts';
import { type Duration, minutes } from '../../domain/time.ts';
import { wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { Messenger, OutgoingMessage } from '../../ports/delivery/messenger.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { closedMessage } from './closed-message.ts';
import { whereShown } from './where-shown.ts';

export interface CloseDeps {
  readonly living: LivingStore;
  readonly ledger: Pick<Ledger, 'findDesk' | 'countSends'>;
  readonly addressees: Pick<AddresseeStore, 'findPlace'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly particulars: ParticularsStore;
  readonly messenger: Messenger;
  readonly pacer: Pick<Pacer, 'reserve'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly deliveries: Pick<DeliveryQueue, 'sendCalls'>;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Lets the messages that new ones replaced say so: their buttons go, and they point below. What is to be closed stands in the
 * row of the key until that was done; a call for a delivery that replaced one finds it there. Called for `onRepeat: new` alone.
 */
export type CloseReplaced = (call: WakeUpCall, notification: Notification) => Promise<void>;

/** Throws `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless. */
export function closeReplaced(deps: CloseDeps): CloseReplaced {
  const withParticulars = readParticulars(deps);

  return async (call, notification) => {
    const id = livingIdOf(notification, call.conversation);
    if (id === undefined) return;
    const living = await deps.living.findLiving(id);
    if (living?.closing === undefined) return;
    const { closing, ...rest } = living;
    const { conversation } = await deps.ledger.findDesk(call.conversation);
    const left: Shown[] = [];
    let longest: Duration = 0;
    for (const shown of closing) {
      const after = conversation && (await close(call, conversation, shown));
      if (after === undefined) continue;
      left.push(shown);
      longest = Math.max(longest, after);
    }
    if (left.length < closing.length) {
      // Written by somebody else meanwhile: they are closed once more, which nobody sees.
      await deps.living.changeLiving({ ...rest, ...(left.length === 0 ? {} : { closing: left }) });
    }
    if (left.length > 0) await comeAgain(call, longest);
  };

  async function comeAgain(call: WakeUpCall, after: Duration): Promise<void> {
    const { slotAt: _slot, learned: _learned, ...again } = call;
    const message = { ...again, hop: call.hop + 1 };
    await deps.deliveries.sendCalls([{ message, at: deps.clock.now() + after }]);
  }

  /** Gives after how long it is tried again; `undefined` where nothing is left to do. */
  async function close(
    call: WakeUpCall,
    conversation: Conversation,
    shown: Shown,
  ): Promise<Duration | undefined> {
    const place = await whereShown(deps, conversation, shown);
    const replaced = await deps.notifications.findNotification(shown.notification);
    if (place === undefined || replaced === undefined) return undefined;
    const message = closed(await withParticulars(replaced, call.conversation), place);
    if (message === undefined) return undefined;
    const now = deps.clock.now();
    await deps.ledger.countSends(call.conversation, 1, now);
    // A request of its own to the tenant: the cursor moves on by one.
    await deps.pacer.reserve(conversation.tenant, 1, now, minutes(1));
    const answer = await deps.messenger.updateActivity(place, shown.activityId, message);
    if (answer.kind !== 'failed') return undefined;
    const verdict = judgeChange(answer);
    const tries = timesMadeAgain(call.hop) + 1;
    if (verdict.kind !== 'retry' || tries >= MOST_ATTEMPTS) return undefined;
    return retryDelay(tries, deps.random.next(), verdict.after);
  }

  function closed(
    replaced: Notification,
    {
      locale = 'en',
      channelId,
      timeZone = 'UTC',
    }: { readonly locale?: string; readonly channelId: string; readonly timeZone?: string },
  ): OutgoingMessage | undefined {
    const remark = wordsFor(locale).living.seeBelow;
    const entry = deps.kinds.entryOf(replaced.type);
    return entry && closedMessage(replaced, entry, { channelId, locale, timeZone, remark });
  }
}
