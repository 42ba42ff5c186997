import { MOST_MEMBERS } from '../../catalog/pack-digest.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { HoldingSettings } from '../delivery/decision.ts';
import { endedByPolicy, heldAlone } from './decide-policy.ts';
import { byAge, mayJoin } from './digest-of.ts';
import type { Held } from './pack-held.ts';
import type { StillSubscribed } from './still-subscribed.ts';

/** Notifications read at the same time. */
const READ_AT_ONCE = 16;

/**
 * So many are looked at, those that were held back first: how old each is only its notification says, and workers that hold
 * back at the same time change places.
 */
const MOST_READ = 4 * MOST_MEMBERS;

/**
 * Those of the conversation that the policy lets go now, oldest first, `own` among them. What the others are waiting for goes
 * on. Throws `StoreUnavailable`.
 */
export type LetGoTogether = (
  own: Held,
  desk: DeliveryDesk & { readonly conversation: Conversation },
) => Promise<readonly Held[]>;

export function letGoTogether(deps: {
  readonly ledger: Pick<Ledger, 'deferredDeliveries'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly clock: Clock;
  readonly holding: HoldingSettings;
  readonly stillSubscribed: StillSubscribed;
}): LetGoTogether {
  return async (own, desk) => {
    const rows = (await deps.ledger.deferredDeliveries(desk.conversation.key))
      .filter(({ id }) => id.notification !== own.row.id.notification)
      .sort((a, b) => a.firstClaimedAt - b.firstClaimedAt)
      .slice(0, MOST_READ);
    const read = await inParallel(rows, READ_AT_ONCE, ({ id }) =>
      deps.notifications.findNotification(id.notification),
    );
    const found = rows.flatMap((row, index) => {
      const notification = read[index];
      return notification === undefined ? [] : [{ row, notification }];
    });
    return [own, ...(await released(found, desk))].sort(byAge);
  };

  async function released(
    found: readonly Held[],
    desk: DeliveryDesk & { readonly conversation: Conversation },
  ): Promise<readonly Held[]> {
    const now = deps.clock.now();
    const going = found.filter((held) => {
      const asked = { ...held, desk, now };
      if (!mayJoin(held, deps.holding.entryOf) || endedByPolicy(asked, deps.holding) !== undefined)
        return false;
      return heldAlone(asked, deps.holding) === undefined;
    });
    const wanted = await deps.stillSubscribed(
      desk.conversation,
      going.map(({ notification }) => notification),
    );
    return going.filter(({ notification }) => wanted.has(notification.id));
  }
}
