import { defined } from '../../domain/defined.ts';
import { NobodyReason, Outcome } from '../../domain/delivery/delivery.ts';
import type { DirectRecipient, Notification, Recipient } from '../../domain/event/notification.ts';
import type { Topic } from '../../domain/event/topic.ts';
import type { Fault } from '../../domain/fault.ts';
import { hashOf } from '../../domain/hash.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import { type Parking, ParkingReason } from '../../ports/event/parking.ts';
import type { FoundNamed } from '../conversation/find-named.ts';

/** One by which nobody is meant. */
export interface Unknown {
  readonly entry: DirectRecipient | { readonly audience: Topic };
  /** Why nobody is meant. */
  readonly found: Exclude<FoundNamed, { readonly kind: 'one' }>;
}

/**
 * Has the report say who could not be meant, and keeps that part of the event for operators. Throws `StoreUnavailable`.
 * @param part names one part of several, where the unknown of a notification are parked by parts
 */
export async function parkUnknown(
  deps: {
    readonly ledger: Pick<Ledger, 'recordUnknown'>;
    readonly parking: Pick<Parking, 'parkItem'>;
    readonly clock: Clock;
  },
  notification: Notification,
  { unknown, part }: { readonly unknown: readonly Unknown[]; readonly part?: string },
): Promise<void> {
  const at = deps.clock.now();
  for (const one of unknown) {
    await deps.ledger.recordUnknown(notification.id, unknownLabel(one.entry), {
      outcome: Outcome.noSuchRecipient,
      reason: reasonOf(one),
      at,
      attempts: 0,
      repeats: 0,
    });
  }
  await deps.parking.parkItem({
    id: hashOf(`unknown\n${notification.id}${part === undefined ? '' : `\n${part}`}`),
    kind: 'event',
    reason: ParkingReason.noSuchRecipient,
    faults: unknown.map((one) => ({ path: 'data.to', ...faultOf(one) })),
    original: JSON.stringify({
      specversion: '1.0',
      id: notification.eventId,
      source: notification.source,
      type: notification.type,
      ...defined({ subject: notification.subject }),
      time: new Date(notification.time).toISOString(),
      data: { ...notification.data, to: unknown.map(({ entry }) => entry) },
    }),
    ...defined({ traceparent: notification.traceparent }),
    parkedAt: at,
  });
}

function reasonOf({ entry, found }: Unknown): NobodyReason {
  if ('audience' in entry) return NobodyReason.unknownAudience;
  if ('conversation' in entry) return NobodyReason.unknownConversation;
  switch (found.kind) {
    case 'several':
      return NobodyReason.ambiguous;
    case 'refused':
      return NobodyReason.directoryRefused;
    case 'away':
      return NobodyReason.directoryAway;
    case 'nobody':
      return NobodyReason.unknownUser;
  }
}

function faultOf({ entry, found }: Unknown): Omit<Fault, 'path'> {
  if ('audience' in entry) {
    const { audience } = entry;
    const message = `no audience is stored under the name "${audience}"; store it and publish the event again under another id`;
    return { message, rule: 'no-such-audience', values: { name: audience } };
  }
  if ('conversation' in entry) {
    const message =
      'no conversation with this id was ever met; people become known by writing to the bot or installing it';
    return { message, rule: 'no-such-conversation' };
  }
  switch (found.kind) {
    case 'several': {
      const name = found.by === 'mail' ? 'mail address' : 'user principal name';
      const message = `ambiguous: several people go by this ${name}, so nobody is told; name the one who is meant by their Entra object id`;
      return { message, rule: 'ambiguous' };
    }
    case 'refused':
      return {
        message:
          'nobody who is known goes by this name, and the directory may not be asked; grant the app the application permission User.Read.All of Microsoft Graph, and then replay it',
        rule: 'directory-refused',
      };
    case 'away':
      return {
        message:
          'nobody who is known goes by this name, and the directory has not answered for an hour; replay it once it does',
        rule: 'directory-away',
      };
    case 'nobody':
      return {
        message:
          'no user with this id was ever met on a channel that vouches for it, and by no roster or directory anybody goes by this name; people become known by writing to the bot or installing it, and on other channels by their conversation alone',
        rule: 'no-such-user',
      };
  }
}

/** Names a recipient whom nobody knows on the report: a hash, because the name is somebody's. */
export function unknownLabel(entry: Recipient): string {
  return hashOf(JSON.stringify(entry));
}
