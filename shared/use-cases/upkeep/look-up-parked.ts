import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import type { KindWork } from '../../domain/event/job.ts';
import type { JsonObject, Notification, Recipient } from '../../domain/event/notification.ts';
import { isName } from '../../domain/identity/told-names.ts';
import { notificationId } from '../../domain/ids.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { ParkedItem, Parking } from '../../ports/event/parking.ts';
import type { KindHooks } from '../../ports/kind.ts';
import { unknownLabel } from '../intake/park-unknown.ts';
import type { PlanNotification } from '../intake/plan-notification.ts';
import { unknownRecipients } from './unknown-recipients.ts';

export interface PlanUnknownDeps {
  readonly parking: Pick<Parking, 'dropParked'>;
  readonly ledger: Pick<Ledger, 'forgetUnknown'>;
  readonly plan: PlanNotification;
}

/**
 * Plans the recipients of a stored notification that nobody knew, by themselves, and gives how many still are unknown.
 *
 * Order of writes: report rows of the unknown -> plan, which addresses who is known now, and records and parks who
 * still is not -> parked row, if nobody is left. Known recipients so never stand in the report twice, once as unknown.
 */
export async function planUnknown(
  deps: PlanUnknownDeps,
  {
    item,
    stored,
    to,
  }: { readonly item: ParkedItem; readonly stored: Notification; readonly to: readonly Recipient[] },
): Promise<number> {
  for (const entry of to) await deps.ledger.forgetUnknown(stored.id, unknownLabel(entry));
  const { unknown } = await deps.plan({ ...stored, to }, undefined, 'unknown');
  // Whoever is still unknown was parked again, under the same id and with another tag.
  await deps.parking.dropParked(item.id, item.tag);
  return unknown;
}

/** Whether one of them may be named as a roster or a directory names people, which the app alone may ask. */
export function namesAnybody(to: readonly Recipient[]): boolean {
  return to.some((entry) => 'user' in entry && isName(entry.user));
}

/** The work of the app that plans what is parked: as often as it is parked, once each. */
export function lookUpWork({ id, parkedAt }: ParkedItem): KindWork {
  return { work: 'look-up', field: 'parked', about: { id: `${id}.${parkedAt}`, item: id, parkedAt } };
}

/** The work as a kind brings its own. */
export function lookUpJobs(
  deps: PlanUnknownDeps & {
    readonly parking: Pick<Parking, 'findParked' | 'dropParked'>;
    readonly notifications: Pick<NotificationStore, 'findNotification'>;
  },
): KindHooks {
  return {
    jobs: {
      'look-up': {
        field: 'parked',
        isReadable: (about) => read(about) !== undefined,
        async run(about) {
          const item = await itemOf(about);
          const read = item && unknownRecipients(item.original);
          if (item === undefined || read?.ok !== true) return;
          const stored = await storedOf(read.event);
          if (stored !== undefined) await planUnknown(deps, { item, stored, to: read.to });
        },
        // Whoever is still unknown was parked again.
        isDone: async (about) => (await itemOf(about)) === undefined,
      },
    },
  };

  async function itemOf(about: JsonObject): Promise<ParkedItem | undefined> {
    const named = read(about);
    const item = named && (await deps.parking.findParked(named.item));
    return item?.parkedAt === named?.parkedAt ? item : undefined;
  }

  function storedOf({ source, id }: CloudEvent): Promise<Notification | undefined> {
    return deps.notifications.findNotification(notificationId(source, id));
  }
}

function read({ item, parkedAt }: JsonObject) {
  return typeof item === 'string' && typeof parkedAt === 'number' ? { item, parkedAt } : undefined;
}
