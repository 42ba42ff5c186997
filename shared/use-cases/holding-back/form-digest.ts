import { MOST_MEMBERS } from '../../catalog/pack-digest.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { joinedRow, openedRow } from '../../domain/delivery/states.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { DeliveryDesk, LastDigest, Ledger } from '../../ports/delivery/ledger.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import { GRACE } from '../intake/plan-notification.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { digestCall, digestOf, mayJoin } from './digest-of.ts';
import { letGoTogether } from './let-go-together.ts';
import { type Held, packHeld } from './pack-held.ts';
import { zoneOf } from './quiet-hours.ts';

/**
 * Looks whether others of the conversation are let go together with a deferred delivery, and joins the oldest of them into a
 * digest: `alone` when there are none, `anew` when it has to be looked at once more: it is not among the oldest, or one of them
 * was written by somebody else meanwhile.
 */
export type FormDigest = (
  call: WakeUpCall,
  held: Held,
  desk: DeliveryDesk & { readonly conversation: Conversation },
) => Promise<'joined' | 'alone' | 'anew'>;

/**
 * A digest is a delivery like any other, of a notification that the app itself makes; its members are part of that
 * notification, which never changes. The rows of all of them are changed by one transaction, so each is in one digest
 * at most, whoever else has the same idea at the same moment; and the digest is the last of the conversation by it, so that each
 * knows the one that goes out before it.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | notification of the digest | one that nobody is told |
 * | "planned" mark | the same, and its report is complete: so is that of one whose members were joined by somebody else |
 * | due entry | an entry that the sweep finds to be over |
 * | digest's row with its members' rows, and that it is the last | a digest without a call: the call at hand comes again and makes it, or the sweep |
 * | call | a digest under way |
 * | its report row | a report that says nothing of it until the outcome comes |
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
    const going = await together(held, desk);
    const [oldest, ...others] = going;
    if (oldest === undefined || others.length === 0) return 'alone';
    const candidates = await full(going.slice(0, MOST_MEMBERS));

    const { conversation } = desk;
    const now = deps.clock.now();
    const { members, data } = packHeld(candidates, {
      needed: oldest.notification.id,
      entryOf: deps.kinds.entryOf,
      reader: {
        channelId: conversation.channelId,
        locale: conversation.locale ?? 'en',
        timeZone: zoneOf(desk.preferences, conversation, deps.holding.defaultTimeZone),
        now,
      },
    });
    // Nobody fits beside the oldest: each goes by itself, and is cut where it has to be.
    if (members.length <= 1) return 'alone';
    const isFull = members.length < going.length;
    const digest = digestOf(members, { ...data, ...(isFull ? { isFull } : {}) }, conversation, now);
    const made = await make(digest, { members, key, now, last: desk.lastDigest });
    const isIn = members.some(({ notification }) => notification.id === held.notification.id);
    return made === 'joined' && isIn ? 'joined' : 'anew';
  };

  async function make(
    digest: Notification,
    {
      members,
      key,
      now,
      last,
    }: {
      readonly members: readonly Held[];
      readonly key: WakeUpCall['conversation'];
      readonly now: number;
      readonly last: LastDigest | undefined;
    },
  ): Promise<'joined' | 'lost'> {
    const id = { notification: digest.id, conversation: key };
    await deps.notifications.acceptNotification(digest);
    await deps.notifications.markPlanned(digest.id);
    await deps.dueIndex.addDue({ at: now + GRACE, kind: 'delivery', id });
    const joined = await deps.ledger.joinDigest(
      openedRow({ id, version: 0, ...defined({ behind: last?.id }) }, now),
      members.map(({ row }) => joinedRow(row, digest.id)),
      last?.tag,
    );
    if (joined === 'lost') return 'lost';
    await deps.deliveries.sendCalls([{ message: digestCall(id, digest.traceparent) }]);
    await deps.ledger.addressRecipients(digest.id, [key]);
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
