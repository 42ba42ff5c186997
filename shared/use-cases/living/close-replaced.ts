import { MOST_ATTEMPTS, retryDelay } from '../../domain/delivery/backoff.ts';
import { judgeChange } from '../../domain/delivery/failure.ts';
import { timesMadeAgain, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type Living, livingIdOf } from '../../domain/living/living.ts';
import { wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { Messenger, OutgoingMessage } from '../../ports/delivery/messenger.ts';
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
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly deliveries: Pick<DeliveryQueue, 'sendCalls'>;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Lets the message that a new one replaced say so: its buttons go, and it points below. What is to be closed stands in the
 * row of the key until that was done; a call for the delivery that replaced it finds it there. Called for `onRepeat: new` alone.
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
    if (!(await close(call, living.closing))) return;
    const { closing: _closed, ...rest } = living;
    // Written by somebody else meanwhile: it is closed once more, which nobody sees.
    await deps.living.changeLiving(rest);
  };

  /** Gives whether nothing is left to do. */
  async function close(call: WakeUpCall, shown: NonNullable<Living['closing']>): Promise<boolean> {
    const { conversation } = await deps.ledger.findDesk(call.conversation);
    const place = conversation && (await whereShown(deps, conversation, shown));
    const replaced = await deps.notifications.findNotification(shown.notification);
    if (place === undefined || replaced === undefined) return true;
    const message = closed(await withParticulars(replaced, call.conversation), place);
    if (message === undefined) return true;
    const now = deps.clock.now();
    await deps.ledger.countSends(call.conversation, 1, now);
    const answer = await deps.messenger.updateActivity(place, shown.activityId, message);
    if (answer.kind !== 'failed') return true;
    const verdict = judgeChange(answer);
    const tries = timesMadeAgain(call.hop) + 1;
    if (verdict.kind !== 'retry' || tries >= MOST_ATTEMPTS) return true;
    const at = now + retryDelay(tries, deps.random.next(), verdict.after);
    const { slotAt: _slot, learned: _learned, ...again } = call;
    await deps.deliveries.sendCalls([{ message: { ...again, hop: call.hop + 1 }, at }]);
    return false;
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
