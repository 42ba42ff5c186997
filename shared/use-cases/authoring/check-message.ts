import { type CardSpelling, spellingOfCard } from '../../catalog/card-spelling.ts';
import { fieldsOf } from '../../catalog/entry.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { Fault } from '../../domain/fault.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import { didYouMean } from '../../domain/nearest-name.ts';
import type { Instant } from '../../domain/time.ts';
import { ParkingReason } from '../../ports/event/parking.ts';
import { checkEvent } from '../intake/check-event.ts';
import { tellable } from '../intake/unknown-fields.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** A message as an author writes it: an event's type and data, whatever they are. */
export interface Message {
  readonly type: unknown;
  readonly data: unknown;
}

export interface CheckedMessage {
  /** Absent where it cannot be sent. */
  readonly notification?: Notification;
  readonly reason?: string;
  /** What is wrong with it; a field that its kind does not know is, too, since an author who misspells one gets no warning later. */
  readonly faults: readonly Fault[];
}

/** Says whether a message can be sent, with every fault if not. Looks at nothing but the message. */
export function checkMessage(
  { type, data }: Message,
  { id, source, at }: { readonly id: string; readonly source: string; readonly at: Instant },
  kinds: Pick<AllKinds, 'entryOf' | 'knownTypes'>,
): CheckedMessage {
  const checked = checkEvent({ specversion: '1.0', id, source, type, data }, { at }, kinds);
  if (!checked.ok) return { reason: checked.reason, faults: checked.faults };
  const entry = kinds.entryOf(checked.notification.type);
  const known = entry === undefined ? [] : fieldsOf(entry);
  const named = tellable(checked.unknown).map((name) => ({
    path: `data.${name}`,
    message: `is no field of ${checked.notification.type}; known are ${known.join(', ')}${didYouMean(name, known)}`,
    rule: 'no-such-field',
  }));
  if (checked.unknown.length === 0) return { notification: checked.notification, faults: [] };
  const rest = {
    path: 'data',
    message: 'has fields that its kind does not know; leave them out',
    rule: 'unknown-fields',
  };
  return { reason: ParkingReason.invalidData, faults: named.length === 0 ? [rest] : named };
}

/** What of its card clients would not understand: an event may bring it all the same, and the console has its author mend it first. */
export function spellingOfMessage({ type, data }: Message): CardSpelling {
  const card = type === 'notification.requested' && isJsonObject(data) ? data.card : undefined;
  return spellingOfCard(card, 'data.card');
}
