import { DIGEST } from '../../catalog/digest.ts';
import { SNOOZED } from '../../catalog/notification-snoozed.ts';
import type { ForgetRequest } from '../../domain/conversation/forgetting.ts';
import { defined } from '../../domain/defined.ts';
import {
  type DeliveryId,
  type DeliveryRow,
  LONGEST_LEASE,
  Outcome,
  resultOf,
} from '../../domain/delivery/delivery.ts';
import { claimedRow } from '../../domain/delivery/states.ts';
import type { Notification, Recipient } from '../../domain/event/notification.ts';
import { isNameOf } from '../../domain/identity/proofs.ts';
import { isConversationKey, type NotificationId } from '../../domain/ids.ts';
import { isFarAhead } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { FORGOTTEN } from '../delivery/is-cancelled.ts';
import { snoozedId } from '../intake/snooze-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

export interface ForgetDeliveriesDeps {
  readonly personalData: PersonalData;
  readonly ledger: Ledger;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly kinds: Pick<AllKinds, 'redactMember'>;
  readonly clock: Clock;
}

export type ForgetDeliveries = (request: ForgetRequest) => Promise<void>;

/**
 * Ends what is still to be delivered to a conversation as `suppressed` (`forgotten`), and takes the person out of what
 * was: the text of notifications that were for them alone, their name on those that were for others too. Throws
 * `StoreUnavailable`; repeating it is harmless.
 *
 * A claim that still holds is left alone: its worker is making the request at this moment and records what came of it.
 * The next look comes to it.
 */
export function forgetDeliveries(deps: ForgetDeliveriesDeps): ForgetDeliveries {
  return async (request) => {
    const isWhole = request.scope === 'conversation';
    for (const row of await deps.personalData.deliveriesOf(request.conversation)) {
      if (isWhole && !(await ended(row))) continue;
      if (isWhole) {
        await redact(row.id.notification, request);
        await forgetSnoozed(row.id.notification, request);
      } else {
        await deps.personalData.redact(row.id.notification, (stored) =>
          deps.kinds.redactMember(stored, request.persons),
        );
      }
      await deps.personalData.forgetDelivery(row.id, request);
    }
  };

  async function ended(row: DeliveryRow): Promise<boolean> {
    const now = deps.clock.now();
    if ((await deps.ledger.findOutcome(row.id)) !== undefined) return true;
    const { leaseUntil = 0 } = row;
    if (row.state === 'claimed' && leaseUntil > now && !isFarAhead(leaseUntil, now, LONGEST_LEASE))
      return false;
    await deps.ledger.recordOutcome(row.id, resultOf(row, now, Outcome.suppressed, 'forgotten'));
    return true;
  }

  /**
   * What was put off lies under an id that follows from this one, and so on. It is told to whom it names, who may go by another
   * key than the one it follows from; its delivery ends first, because what is redacted names nobody.
   */
  async function forgetSnoozed(first: NotificationId, request: ForgetRequest): Promise<void> {
    let id = snoozedId(first, request.conversation);
    let snoozed = await deps.notifications.findNotification(id);
    while (snoozed !== undefined) {
      for (const entry of snoozed.to) {
        const conversation = 'conversation' in entry ? entry.conversation : '';
        if (isConversationKey(conversation)) await endBegun({ notification: id, conversation });
      }
      await redact(id, request);
      id = snoozedId(id, request.conversation);
      snoozed = await deps.notifications.findNotification(id);
    }
  }

  /** What nobody has claimed has no row by which it is found, and its first call looks for nothing else. */
  async function endBegun(delivery: DeliveryId): Promise<void> {
    const now = deps.clock.now();
    if ((await deps.ledger.findDelivery(delivery)) !== undefined) return;
    const row = await deps.ledger.claimDelivery(
      claimedRow(delivery, undefined, { now, lease: 0, to: 'end' }),
    );
    // Its call came at this moment: the next look finds its row.
    if (row === 'lost') return;
    await deps.ledger.recordOutcome(delivery, resultOf(row, now, Outcome.suppressed, 'forgotten'));
  }

  async function redact(id: NotificationId, request: ForgetRequest): Promise<void> {
    await deps.personalData.redact(id, (stored) => withoutPerson(stored, request));
  }
}

/** The notification without the person; the very object where it does not name them. */
function withoutPerson(notification: Notification, request: ForgetRequest): Notification {
  const others = notification.to.filter((entry) => !names(entry, request));
  const except = notification.except?.filter((entry) => !names(entry, request));
  // These are made for one addressee, who may go by another key since.
  const isTheirs = others.length === 0 || notification.type === DIGEST || notification.type === SNOOZED;
  const isNamed =
    others.length < notification.to.length || (except?.length ?? 0) < (notification.except?.length ?? 0);
  if (!isTheirs && !isNamed) return notification;
  if (!isTheirs) {
    const { to: _to, except: _whom, ...data } = notification.data;
    return {
      ...notification,
      to: others,
      ...defined({ except }),
      ...('to' in notification.data
        ? {
            data: { ...data, to: others, ...(except === undefined || except.length === 0 ? {} : { except }) },
          }
        : {}),
    };
  }
  const { subject: _subject, ...rest } = notification;
  return {
    ...rest,
    // The kind that anything may be: nobody is shown it any more.
    type: 'notification.requested',
    ...FORGOTTEN,
    data: { to: [], text: '' },
    to: [],
    // It is planned as one with lists all the same.
    ...(except === undefined ? {} : { except: [] }),
  };
}

function names(entry: Recipient, { conversation, persons }: ForgetRequest): boolean {
  if ('conversation' in entry) return entry.conversation === conversation;
  return 'user' in entry && isNameOf(entry.user, persons);
}
