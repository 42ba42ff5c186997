import { defined } from '../../domain/defined.ts';
import type { DeliveryResult, DeliveryRow } from '../../domain/delivery/delivery.ts';
import { formatDeliveryId } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Duration, days, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { deliveriesTo } from '../conversation/told-as.ts';
import type { PlacesOfPersonDeps } from '../privacy/places-of-person.ts';
import { conversationsOf } from './conversations-of.ts';
import type { PersonInBrief } from './person-at.ts';

/** So far back it is told what somebody was told. */
const LOOKED_BACK: Duration = days(30);
const AT_ONCE = 16;

export interface ToldLatelyDeps extends PlacesOfPersonDeps {
  readonly personalData: PlacesOfPersonDeps['personalData'] & Pick<PersonalData, 'deliveriesOf'>;
  readonly ledger: Pick<Ledger, 'findOutcome'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly clock: Clock;
}

/** One notification that somebody was addressed by. */
export interface Told {
  /** When it was told, or tried last. */
  readonly at: Instant;
  readonly row: DeliveryRow;
  /** Absent as long as it is not over. */
  readonly result?: DeliveryResult;
  /** Absent where it is removed already. */
  readonly notification?: Notification;
}

/** Where a page ends: the time by which it stands in the list, and its delivery. */
export interface ToldPlace {
  readonly at: Instant;
  readonly delivery: string;
}

export type ToldLately = (
  person: PersonInBrief,
  page: { readonly limit: number; readonly behind?: ToldPlace },
) => Promise<{ readonly items: readonly Told[]; readonly next?: ToldPlace }>;

/**
 * What somebody was addressed by within the last 30 days in the conversations with them alone, newest first: reads rows of
 * theirs, and of each notification what became of it for them. Throws `StoreUnavailable`.
 */
export function toldLately(deps: ToldLatelyDeps): ToldLately {
  return async (person, { limit, behind }) => {
    const places = await conversationsOf(deps, person);
    const personal = places.filter(({ conversationType }) => conversationType === 'personal');
    const all = await deliveriesTo(
      deps,
      personal.map(({ key }) => key),
    );
    const since = deps.clock.now() - LOOKED_BACK;
    // Where it was told in another conversation of theirs, the delivery there says so.
    const told = new Set(all.flatMap(({ state, id }) => (state === 'moved' ? [] : [id.notification])));
    const recent = all
      .filter((row) => timeOf(row) >= since && (row.state !== 'moved' || !told.has(row.id.notification)))
      .sort((a, b) => inOrder(placeOf(a), placeOf(b)))
      .filter((row) => behind === undefined || inOrder(placeOf(row), behind) > 0);
    const page = recent.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await inParallel(page, AT_ONCE, read),
      ...(last === undefined || recent.length <= limit ? {} : { next: placeOf(last) }),
    };
  };

  async function read(row: DeliveryRow): Promise<Told> {
    const [result, notification] = await Promise.all([
      deps.ledger.findOutcome(row.id),
      deps.notifications.findNotification(row.id.notification),
    ]);
    return { at: result?.at ?? timeOf(row), row, ...defined({ result, notification }) };
  }
}

function timeOf({ claimedAt, firstClaimedAt }: DeliveryRow): Instant {
  return claimedAt ?? firstClaimedAt;
}

function placeOf(row: DeliveryRow): ToldPlace {
  return { at: timeOf(row), delivery: formatDeliveryId(row.id) };
}

/** The newest first, those of one instant by their delivery. */
function inOrder(a: ToldPlace, b: ToldPlace): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.delivery < b.delivery ? -1 : a.delivery > b.delivery ? 1 : 0;
}
