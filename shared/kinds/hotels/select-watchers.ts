import { defined } from '../../domain/defined.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { KeptAudience } from '../../ports/kind.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { priceToldBy } from './cards/price-point.ts';
import { type Hotel, isHotelKey, isSuperseded, type PricePoint, priceBefore } from './prices/hotel.ts';
import { observe, type PriceAlert } from './prices/price-watch.ts';
import type { HotelStore } from './stores/hotel-store.ts';
import type { StoredWatch, Watch, WatchStore } from './stores/watch-store.ts';

/** Watches that are looked at for one page at most, so that it stays short where few have anything to tell. */
const MOST_LOOKED_AT = 500;

/** Watches that are read, and looked at, together. */
const AT_ONCE = 50;

/** Alerts that a watch remembers having told: as many events as may be on their way at the same time, with room. */
const MOST_TOLD = 8;

/** A writer that loses a race looks at the watch again. */
const MOST_RACES = 5;

interface About {
  readonly notification: Notification;
  readonly point: PricePoint;
  readonly hotel: Hotel;
}

export type SelectWatchers = KeptAudience['select'];

/**
 * The next watchers of a hotel whose condition holds for the price that the walk's notification tells.
 *
 * Whom to tell is decided by one conditional write to the watch, which moves its baseline and notes the notification:
 * of two events that meet, one sees what the other told. The walk may die after it: run again, it finds the note, and
 * tells. So the write comes before the call and nobody is lost. Then what the person will be shown is kept, because the
 * watch moves on.
 *
 * Throws `StoreUnavailable`; repeating the call then gives the same people and those who came since.
 */
export function selectWatchers(deps: {
  readonly watches: WatchStore;
  readonly hotels: HotelStore;
  readonly particulars: ParticularsStore;
  readonly conversations: ConversationStore;
  readonly notifications: NotificationStore;
}): SelectWatchers {
  return async ({ notification: id, group, tenant, after }, { limit }) => {
    const notification = await deps.notifications.findNotification(id);
    const point = notification === undefined ? undefined : priceToldBy(notification)?.point;
    const { key } = group;
    const hotel = isHotelKey(key) ? (await deps.hotels.find(key))?.hotel : undefined;
    if (notification === undefined || point === undefined || hotel === undefined) {
      return { keys: [], done: true };
    }

    const keys: ConversationKey[] = [];
    let upTo = after;
    for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT && keys.length < limit; ) {
      const page = await deps.watches.watchers(
        { hotel: hotel.key, tenant },
        { limit: AT_ONCE, ...defined({ after: upTo }) },
      );
      let rest = page.watches;
      while (rest.length > 0 && keys.length < limit) {
        // No more than may still be told, should all of them be.
        const block = rest.slice(0, limit - keys.length);
        const told = await Promise.all(block.map((stored) => isTold(stored, { notification, point, hotel })));
        block.forEach(({ watch }, index) => {
          if (told[index] === true) keys.push(watch.conversation);
        });
        upTo = block.at(-1)?.watch.conversation ?? upTo;
        lookedAt += block.length;
        rest = rest.slice(block.length);
      }
      if (page.done && rest.length === 0) {
        return { keys, ...defined({ upTo }), done: true };
      }
    }
    return { keys, ...defined({ upTo }), done: false };
  };

  async function isTold(stored: StoredWatch, about: About): Promise<boolean> {
    const alert = await alertOf(stored, about);
    if (alert === undefined) return false;
    const { conversation } = stored.watch;
    await deps.particulars.keepParticulars(
      { notification: about.notification.id, conversation },
      { ...alert },
    );
    return true;
  }

  /** What the watch has to tell of this price, with its new baseline stored; `undefined` when that is nothing. */
  async function alertOf(
    first: StoredWatch,
    { notification, point, hotel }: About,
  ): Promise<PriceAlert | undefined> {
    let stored: StoredWatch | undefined = first;
    for (let race = 0; race < MOST_RACES && stored !== undefined; race += 1) {
      const { watch, tag }: StoredWatch = stored;
      const told = watch.told.find((former) => former.notification === notification.id);
      if (told !== undefined) return told.alert;
      // The event of the later price tells whoever is still to be told.
      if (isSuperseded(hotel, point)) return undefined;
      const before = priceBefore(hotel, point)?.price;
      const { next, alert } = observe(watch.state, point, {
        now: notification.acceptedAt,
        ...defined({ before }),
      });
      if (next === watch.state) return undefined;
      // Their baseline stays, so that they hear of the next one when they are back.
      if (alert !== undefined && !(await canBeReached(watch.conversation))) return undefined;
      const moved: Watch = { ...watch, state: next, told: withTold(watch, notification, alert) };
      if ((await deps.watches.change(moved, tag)) === 'saved') return alert;
      stored = await deps.watches.find(watch.conversation, watch.hotel);
    }
    // Nobody watches there any more; or everybody writes there, and the page comes back.
    if (stored === undefined) return undefined;
    throw new StoreUnavailable('move a watch', new Error(`lost ${MOST_RACES} races in a row`));
  }

  async function canBeReached(conversation: ConversationKey): Promise<boolean> {
    const record = await deps.conversations.findConversation(conversation);
    return record !== undefined && record.suppressed === undefined;
  }
}

function withTold({ told }: Watch, { id }: Notification, alert: PriceAlert | undefined): Watch['told'] {
  return alert === undefined ? told : [...told, { notification: id, alert }].slice(-MOST_TOLD);
}
