import { z } from 'zod';
import { isConversationKey, isNotificationId } from '../domain/ids.ts';
import type { NotificationStore } from '../ports/event/notification-store.ts';
import { type Parking, ParkingReason } from '../ports/event/parking.ts';
import type { CancelNotification } from '../use-cases/cancel/cancel-notification.ts';
import type { ErasePerson } from '../use-cases/people/erase-person.ts';
import type { ResolvePerson } from '../use-cases/people/resolve-person.ts';
import {
  type Chosen,
  type Decided,
  dropMany,
  MOST_AT_ONCE,
  replayMany,
} from '../use-cases/upkeep/decide-parked.ts';
import type { ReplayParked } from '../use-cases/upkeep/replay-parked.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './route.ts';
import { bodyAs, invalid, isRefusal, notFound, type Refusal } from './write-answers.ts';
import { isOwn } from './write-messages.ts';

const reasons = Object.values(ParkingReason);
const chosen = {
  ids: z
    .array(z.string())
    .min(1, 'must name at least one parked item')
    .max(
      MOST_AT_ONCE,
      `must name at most ${MOST_AT_ONCE} parked items; decide about the others with another call`,
    )
    .optional(),
  reason: z.enum(reasons, { error: `must be one of ${reasons.join(', ')}` }).optional(),
  after: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be what the call before gave')
    .optional(),
};
const dropBody = z.object(chosen);
const replayBody = z.object({ ...chosen, dryRun: z.boolean().optional() });

export interface OperationDeps {
  readonly cancel: CancelNotification;
  readonly notifications: Pick<NotificationStore, 'findNotification' | 'findRequest'>;
  readonly parking: Pick<Parking, 'listParked' | 'dropParked'>;
  readonly replay: ReplayParked;
  readonly resolvePerson: ResolvePerson;
  readonly erasePerson: ErasePerson;
  /** Ends a web hook by its public id. */
  readonly revokeHook: (id: string) => Promise<{ readonly name: string } | undefined>;
}

export function operationRoutes(deps: OperationDeps): readonly ConsoleRoute[] {
  return [
    {
      method: 'DELETE',
      path: 'notifications/{id}',
      role: 'author',
      action: 'notification.cancel',
      answer: cancel,
    },
    { method: 'POST', path: 'parked/replay', role: 'operator', action: 'parked.replay', answer: replay },
    { method: 'POST', path: 'parked/drop', role: 'operator', action: 'parked.drop', answer: drop },
    { method: 'DELETE', path: 'people/{key}', role: 'operator', action: 'person.erase', answer: erase },
    { method: 'DELETE', path: 'hooks/{id}', role: 'operator', action: 'hook.revoke', answer: revoke },
  ];

  async function cancel({ params, query, who }: ConsoleRequest): Promise<ConsoleAnswer> {
    const { id = '' } = params;
    const recall = switchIn(query, 'recall');
    if (isRefusal(recall)) return recall;
    if (!isNotificationId(id)) {
      const message = 'must have 43 letters, digits, "-" or "_", as lists of notifications show it';
      return invalid('This is no notification id', [{ path: 'id', message }]);
    }
    if (!who.roles.has('operator')) {
      // Until the queue has brought it, what was asked for says whose it is.
      const sent =
        (await deps.notifications.findNotification(id)) ?? (await deps.notifications.findRequest(id));
      if (sent === undefined || !isOwn(sent, who)) return notOwn;
    }
    return { status: 202, body: await deps.cancel(id, { recall }) };
  }

  async function replay({ body }: ConsoleRequest): Promise<ConsoleAnswer> {
    const read = bodyAs(replayBody, body);
    if (!read.ok) return invalid('It is not clear what is to be replayed', read.faults);
    const which = chosenIn(read.value);
    if (isRefusal(which)) return which;
    const { dryRun = false } = read.value;
    return { status: 200, body: { dryRun, ...told(await replayMany(deps, which, { dryRun })) } };
  }

  async function drop({ body }: ConsoleRequest): Promise<ConsoleAnswer> {
    const read = bodyAs(dropBody, body);
    if (!read.ok) return invalid('It is not clear what is to be dropped', read.faults);
    const which = chosenIn(read.value);
    return isRefusal(which) ? which : { status: 200, body: told(await dropMany(deps, which)) };
  }

  async function erase({ params, query, who }: ConsoleRequest): Promise<ConsoleAnswer> {
    const { key = '' } = params;
    const dryRun = switchIn(query, 'dryRun');
    if (isRefusal(dryRun)) return dryRun;
    // A name may come to be another one's while one looks: only a key is sure.
    const resolved = isConversationKey(key) ? await deps.resolvePerson(key) : undefined;
    if (resolved?.kind !== 'one' || resolved.person.key !== key) return notFound('person', 'key', key);
    const { channelId, user, isVouched } = resolved.person;
    const by = `console:${who.objectId ?? 'local'}`;
    const conversations = await deps.erasePerson(resolved.person, { dryRun, by });
    return { status: dryRun ? 200 : 202, body: { dryRun, key, channelId, user, isVouched, conversations } };
  }

  async function revoke({ params: { id = '' } }: ConsoleRequest): Promise<ConsoleAnswer> {
    const revoked = await deps.revokeHook(id);
    return revoked === undefined
      ? notFound('web hook', 'id', id)
      : { status: 200, body: { revoked: id, name: revoked.name } };
  }
}

/** What became of each, by a word of its own; what there is to say beside it is `detail`. */
function told({ items, ...rest }: Decided) {
  return {
    ...rest,
    items: items.map(({ id, outcome: { kind, ...detail } }) => ({
      id,
      outcome: kind,
      ...(Object.keys(detail).length === 0 ? {} : { detail }),
    })),
  };
}

const notOwn: Refusal = {
  status: 403,
  code: 'not-allowed',
  title: 'This notification is not yours to cancel',
  faults: [
    {
      path: 'id',
      message: 'must name one that you sent with the console; ask an operator to cancel others',
      rule: 'not-own',
    },
  ],
};

function chosenIn({
  ids,
  reason,
  after,
}: {
  readonly ids?: readonly string[] | undefined;
  readonly reason?: ParkingReason | undefined;
  readonly after?: string | undefined;
}): Chosen | Refusal {
  if (ids !== undefined && reason === undefined) return { ids };
  if (reason !== undefined && ids === undefined) return { reason, ...(after === undefined ? {} : { after }) };
  const message = 'must be given, or "reason", and not both';
  return invalid('It is not clear which parked items are meant', [{ path: 'ids', message }]);
}

function switchIn(query: URLSearchParams, name: string): boolean | Refusal {
  const given = query.get(name);
  if (given === null || given === '1') return given === '1';
  const message = 'must be 1; leave it out where it is not wished';
  return invalid('It is not clear what is wished', [{ path: name, message }]);
}
