import type { Planned } from '../../catalog/entry.ts';
import { defined } from '../../domain/defined.ts';
import { LARGEST_LIMIT } from '../../domain/delivery/channel-limits.ts';
import { type CloudEvent, parseCloudEvent } from '../../domain/event/cloud-event.ts';
import { isKeyOfKind, isNameOfKind, KEY_RULE, NAME_RULE } from '../../domain/event/job.ts';
import {
  defaultDelivery,
  type JsonObject,
  type Notification,
  type Recipient,
} from '../../domain/event/notification.ts';
import type { Fault } from '../../domain/fault.ts';
import { notificationId } from '../../domain/ids.ts';
import { didYouMean } from '../../domain/nearest-name.ts';
import { type Instant, seconds } from '../../domain/time.ts';
import { ParkingReason } from '../../ports/event/parking.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { faultOfAt } from './schedule.ts';
import { unknownFields } from './unknown-fields.ts';

/**
 * An event's data may have this many bytes as JSON: as much as the channel shows that shows most, far below what a queue
 * takes. Where the recipient's channel shows less, a text is cut and a card is told in words.
 */
const MOST_DATA_BYTES = LARGEST_LIMIT.most;

/** An event that says it happens later than this from now has a broken clock; its time is not believed. */
const CLOCK_TOLERANCE = seconds(300);

interface Seen {
  readonly at: Instant;
  readonly enqueuedAt?: Instant;
  readonly traceparent?: string;
}

export type CheckedEvent =
  /** `unknown` names the fields of `data` that its kind does not know. */
  | { readonly ok: true; readonly notification: Notification; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly reason: ParkingReason; readonly faults: readonly Fault[] };

/**
 * Says whether an event can be used, with every fault if not. Looks at nothing but the event.
 * @param input the CloudEvent in structured form
 * @param seen when it was received, when it was enqueued where that is known, and the trace it came with
 */
export function checkEvent(
  input: unknown,
  seen: Seen,
  { entryOf, knownTypes }: Pick<AllKinds, 'entryOf' | 'knownTypes'>,
): CheckedEvent {
  const envelope = parseCloudEvent(input);
  if (!envelope.ok) return { ok: false, reason: ParkingReason.invalidEnvelope, faults: envelope.faults };
  const event = envelope.value;

  const entry = entryOf(event.type);
  if (entry === undefined || entry.internal === true) {
    const message = `"${shortened(event.type)}" is no kind of notification; known are ${knownTypes.join(', ')}${didYouMean(event.type, knownTypes)}`;
    return {
      ok: false,
      reason: ParkingReason.unknownType,
      faults: [{ path: 'type', message, rule: 'unknown-type' }],
    };
  }

  const tooLarge = faultOfSize(event.data);
  if (tooLarge !== undefined) return { ok: false, reason: ParkingReason.tooLarge, faults: [tooLarge] };

  const planned = entry.plan(event.data);
  if (!planned.ok) return { ok: false, reason: ParkingReason.invalidData, faults: planned.faults };
  const unstorable = planned.value.to.flatMap(faultsOfKept);
  if (unstorable.length > 0) return { ok: false, reason: ParkingReason.invalidData, faults: unstorable };

  const keyless = faultsOfKey(planned.value.delivery);
  if (keyless.length > 0) return { ok: false, reason: ParkingReason.invalidData, faults: keyless };

  const untimely = faultOfAt(planned.value.delivery, seen.at);
  if (untimely !== undefined) return { ok: false, reason: ParkingReason.invalidData, faults: [untimely] };

  return {
    ok: true,
    notification: notificationOf(event, planned.value, seen),
    unknown: unknownFields(entry, event.data),
  };
}

/** What stands for something only beside a key; the kind may have given that. */
function faultsOfKey({ key, onRepeat, last }: Partial<Notification['delivery']>): readonly Fault[] {
  if (key !== undefined) return [];
  const message = 'must have "key" beside it, which names the thing that changes; give it or leave this out';
  return [
    ...(onRepeat === undefined ? [] : [{ path: 'data.delivery.onRepeat', message, rule: 'needs-key' }]),
    ...(last === undefined ? [] : [{ path: 'data.delivery.last', message, rule: 'needs-key' }]),
  ];
}

/** What a kind's plan says of an audience of its own and could not be read again from where it is stored. */
function faultsOfKept(recipient: Recipient): readonly Fault[] {
  if (!('keptBy' in recipient)) return [];
  const { keptBy, key } = recipient;
  const names = isNameOfKind(keptBy)
    ? []
    : [`"${shortened(keptBy)}" is no name of an audience: ${NAME_RULE}`];
  const keys = isKeyOfKind(key)
    ? []
    : [`makes the key "${shortened(key)}" of audience "${shortened(keptBy)}", which must be ${KEY_RULE}`];
  return [...names, ...keys].map((message) => ({ path: 'data', message }));
}

/** Names the field that is too large for every channel, where it is one. */
function faultOfSize(data: JsonObject): Fault | undefined {
  const bytes = bytesOf(data);
  if (bytes <= MOST_DATA_BYTES) return undefined;
  const [largest] = Object.entries(data)
    .map(([name, value]) => ({ path: `data.${name}`, own: bytesOf(value) }))
    .filter(({ own }) => own > MOST_DATA_BYTES / 2);
  const { path, own } = largest ?? { path: 'data', own: bytes };
  const message = `must have at most ${MOST_DATA_BYTES} bytes as JSON together with the rest of data, which is what the channel with the most room shows; it has ${own}, and data ${bytes}. Shorten it, or link to the long form`;
  return { path, message, rule: 'too-large', values: { most: MOST_DATA_BYTES, bytes } };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

function notificationOf(
  event: CloudEvent,
  planned: Pick<Planned, 'to' | 'except' | 'delivery'>,
  seen: Seen,
): Notification {
  const traceparent = event.traceparent ?? seen.traceparent;
  return {
    id: notificationId(event.source, event.id),
    type: event.type,
    source: event.source,
    eventId: event.id,
    ...defined({ subject: event.subject }),
    time:
      event.time === undefined || event.time > seen.at + CLOCK_TOLERANCE
        ? (seen.enqueuedAt ?? seen.at)
        : event.time,
    acceptedAt: seen.at,
    data: event.data,
    to: planned.to,
    ...defined({ except: planned.except }),
    delivery: { ...defaultDelivery, ...planned.delivery },
    ...defined({ sequence: event.sequence, traceparent }),
  };
}

/** Enough of an input's own text to find it again in a log. */
function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
