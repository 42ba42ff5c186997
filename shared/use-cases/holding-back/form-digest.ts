import { MOST_MEMBERS } from '../../catalog/pack-digest.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { joinedRow, openedRow } from '../../domain/delivery/states.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import { GRACE } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { byAge, digestCall, digestOf, mayJoin } from './digest-of.ts';
import { letGoTogether } from './let-go-together.ts';
import { type Held, packHeld } from './pack-held.ts';
import { zoneOf } from './quiet-hours.ts';

/**
 * Looks whether others of the conversation are let go together with a deferred delivery, and joins them into a digest:
 * `alone` when there are none, `lost` when one of them was written by somebody else meanwhile.
 */
export type FormDigest = (
  call: WakeUpCall,
  held: Held,
  desk: DeliveryDesk & { readonly conversation: Conversation },
) => Promise<'joined' | 'alone' | 'lost'>;

/**
 * A digest is a delivery like any other, of a notification that the app itself makes; its members are part of that
 * notification, which never changes. The rows of all of them are changed by one transaction, so each is in one digest
 * at most, whoever else has the same idea at the same moment.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | notification of the digest | one that nobody is told |
 * | due entry | an entry that the sweep finds to be over |
 * | digest's row with its members' rows | a digest without a call: the call at hand comes again and makes it, or the sweep |
 * | call | a digest under way |
 * | its report | a report that is only seen when the outcome comes |
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function formDigest(
  deps: Parameters<typeof letGoTogether>[0] & {
    readonly ledger: Ledger;
    readonly notifications: NotificationStore;
    readonly dueIndex: DueIndex;
    readonly deliveries: DeliveryQueue;
    readonly log: Log;
    readonly particulars: ParticularsStore;
    readonly kinds: Pick<AllKinds, 'entryOf'>;
  },
): FormDigest {
  const withParticulars = readParticulars(deps);
  const together = letGoTogether(deps);

  return async ({ conversation: key }, held, desk) => {
    if (!mayJoin(held, deps.kinds.entryOf)) return 'alone';
    const others = await together(held, desk);
    if (others.length === 0) return 'alone';
    const candidates = await full([held, ...others.slice(0, MOST_MEMBERS - 1)].sort(byAge));

    const { conversation } = desk;
    const now = deps.clock.now();
    const { members, data } = packHeld(candidates, {
      needed: held.notification.id,
      entryOf: deps.kinds.entryOf,
      reader: {
        channelId: conversation.channelId,
        locale: conversation.locale ?? 'en',
        timeZone: zoneOf(desk.preferences, conversation, deps.holding.defaultTimeZone),
        now,
      },
    });
    // Nobody fits beside it: it goes by itself, and is cut where it has to be.
    if (members.length <= 1) return 'alone';
    const isFull = members.length <= others.length;
    const digest = digestOf(members, { ...data, ...(isFull ? { isFull } : {}) }, conversation, now);
    return make(digest, { members, key, now });
  };

  async function make(
    digest: Notification,
    {
      members,
      key,
      now,
    }: {
      readonly members: readonly Held[];
      readonly key: WakeUpCall['conversation'];
      readonly now: number;
    },
  ): Promise<'joined' | 'lost'> {
    const id = { notification: digest.id, conversation: key };
    await deps.notifications.acceptNotification(digest);
    await deps.dueIndex.addDue({ at: now + GRACE, kind: 'delivery', id });
    const joined = await deps.ledger.joinDigest(
      openedRow({ id, version: 0 }, now),
      members.map(({ row }) => joinedRow(row, digest.id)),
    );
    if (joined === 'lost') return 'lost';
    await deps.deliveries.sendCalls([{ message: digestCall(id, digest.traceparent) }]);
    await deps.ledger.addressRecipients(digest.id, [key]);
    await deps.notifications.markPlanned(digest.id);
    deps.log.info('digest.formed', {
      digest: digest.id,
      conversation: key,
      traceparent: digest.traceparent,
      members: members.length,
    });
    return 'joined';
  }

  /** With what each says to this conversation only. */
  function full(members: readonly Held[]): Promise<readonly Held[]> {
    return Promise.all(
      members.map(async ({ row, notification }) => ({
        row,
        notification: await withParticulars(notification, row.id.conversation),
      })),
    );
  }
}
