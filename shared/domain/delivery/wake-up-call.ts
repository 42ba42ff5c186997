import { isChannelId } from '../conversation/channel-text.ts';
import { defined } from '../defined.ts';
import { isTraceparent } from '../event/cloud-event.ts';
import { type Fault, type Parsed, parsed } from '../fault.ts';
import { hashOf } from '../hash.ts';
import { isConversationKey, isNotificationId } from '../ids.ts';
import { isJsonObject } from '../json-object.ts';
import { type Duration, type Instant, seconds } from '../time.ts';
import { type DeliveryId, formatDeliveryId } from './delivery.ts';
import { type Learned, parseLearned } from './learned.ts';

/**
 * A wake-up call: asks a worker to look at a delivery. It decides nothing; the row does.
 * `hop` only keeps apart the calls of one version, so that the broker's duplicate detection swallows none.
 */
export interface WakeUpCall extends DeliveryId {
  readonly version: number;
  readonly hop: number;
  /** The slot in the tenant's rate that was reserved for this call. */
  readonly slotAt?: Instant;
  /** What is known and could not be written: to be concluded, not to be found out once more. */
  readonly learned?: Learned;
  /** The message that it is to take back. A release that knows nothing of it finds a delivery that has its outcome. */
  readonly recall?: { readonly activityId: string; readonly shownIn: string };
  readonly traceparent?: string;
}

/** Hops of one call and of those that it was made again as, later; a call that somebody makes anew begins at a multiple. */
const HOPS_A_CALL = 1000;

/** The first hop of a call that differs from all others of its version: `name` is a whole number that none of them had. */
export function freshHop(name: number): number {
  return name * HOPS_A_CALL;
}

/** Whether a call, or the one that it follows, was made anew by somebody who found the delivery overdue. */
export function isMadeAnew(hop: number): boolean {
  return hop >= HOPS_A_CALL;
}

/** How often a call was made again, later. */
export function timesMadeAgain(hop: number): number {
  return hop % HOPS_A_CALL;
}

/**
 * The message id of a wake-up call. It never parses as JSON, so that no host turns it into a number.
 *
 * A call that carries something learned has an id that no other call has: two workers that met the same delivery count
 * their hops alike, and duplicate detection would swallow what one of them knows.
 */
export function messageIdOf(call: WakeUpCall): string {
  const base = `${formatDeliveryId(call)}:${call.version}`;
  const plain = call.hop === 0 ? base : `${base}:${call.hop}`;
  switch (call.learned?.kind) {
    case undefined:
      return plain;
    case 'answer':
      return `${plain}:a${call.learned.attempts}`;
    case 'result':
      return `${plain}:r${call.learned.result.attempts}`;
  }
}

/**
 * The body of a message on queue `deliveries`. One key only: the functions host copies top-level properties of a body
 * over the broker's own metadata.
 */
export function toMessageBody(call: WakeUpCall): { readonly call: WakeUpCall } {
  return { call };
}

/** Reads what came from the queue; decides on the body only, never on metadata. */
export function parseWakeUpCall(body: unknown): Parsed<WakeUpCall> {
  const call = isJsonObject(body) ? body.call : undefined;
  if (!isJsonObject(call)) {
    return {
      ok: false,
      faults: [{ path: 'call', message: 'must be a wake-up call as this app writes them' }],
    };
  }
  const faults: Fault[] = [];
  const { notification, conversation, version, hop, slotAt, traceparent } = call;
  const learned = call.learned === undefined ? undefined : parseLearned(call.learned);
  if (!isNotificationId(notification)) {
    faults.push({ path: 'call.notification', message: 'must be a notification id' });
  }
  if (!isConversationKey(conversation)) {
    faults.push({ path: 'call.conversation', message: 'must be a conversation key' });
  }
  if (!isCount(version)) faults.push({ path: 'call.version', message: 'must be a whole number from 0' });
  if (!isCount(hop)) faults.push({ path: 'call.hop', message: 'must be a whole number from 0' });
  if (slotAt !== undefined && !isCount(slotAt))
    faults.push({ path: 'call.slotAt', message: 'must be an instant' });
  if (call.learned !== undefined && learned === undefined)
    faults.push({ path: 'call.learned', message: 'must be an answer of the channel or a delivery result' });
  if (faults.length > 0) return { ok: false, faults };
  const value: WakeUpCall = {
    // Each field was looked at above.
    notification: notification as WakeUpCall['notification'],
    conversation: conversation as WakeUpCall['conversation'],
    version: version as number,
    hop: hop as number,
    ...(slotAt === undefined ? {} : { slotAt: slotAt as number }),
    ...defined({ learned }),
    ...(call.recall === undefined ? {} : recallIn(call.recall)),
    ...(typeof traceparent === 'string' && isTraceparent(traceparent) ? { traceparent } : {}),
  };
  return { ok: true, value };
}

function recallIn(value: unknown): Pick<WakeUpCall, 'recall'> {
  if (!isJsonObject(value)) return {};
  const { activityId, shownIn } = value;
  return isChannelId(activityId) && isChannelId(shownIn) ? { recall: { activityId, shownIn } } : {};
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/**
 * Calls of one notification that are due within so long of each other travel in one message. Whoever receives it waits
 * for each, so this is also the longest wait; and a process that stands still makes as many late as it holds.
 */
export const CALLS_SPAN: Duration = seconds(0.125);

/** Calls in one message; all of them are in work at the same time at most. */
export const MOST_CALLS = 16;

/** A call, and when it is due; without an instant: at once. */
export interface DueCall {
  readonly message: WakeUpCall;
  readonly at?: Instant;
}

/**
 * Puts neighbours that can travel together into one message, in their order. At the rate of Teams a broadcast is so a
 * sixth of the messages, and of the runs of a function, that it has recipients.
 *
 * Calls that carry something learned travel alone: they are few, and what is known must not wait for anybody.
 */
export function inMessages(calls: readonly DueCall[]): readonly (readonly DueCall[])[] {
  const messages: DueCall[][] = [];
  for (const call of calls) {
    const last = messages.at(-1);
    if (last !== undefined && travelsWith(last, call)) last.push(call);
    else messages.push([call]);
  }
  return messages;
}

function travelsWith(message: readonly DueCall[], { message: call, at = 0 }: DueCall): boolean {
  const [first] = message;
  if (first === undefined || message.length >= MOST_CALLS) return false;
  const { at: begin = 0 } = first;
  return (
    first.message.notification === call.notification &&
    first.message.learned === undefined &&
    call.learned === undefined &&
    at >= begin &&
    at <= begin + CALLS_SPAN
  );
}

/** The id of a message with these calls: the same calls have the same. It never parses as JSON. */
export function idOfCalls(calls: readonly DueCall[]): string {
  const ids = calls.map(({ message }) => messageIdOf(message));
  const [only = ''] = ids;
  if (ids.length === 1) return only;
  return `calls:${hashOf(ids.join('\n'))}`;
}

/**
 * The body of a message on queue `deliveries`. One key only: the functions host copies top-level properties of a body
 * over the broker's own metadata.
 */
export function toCallsBody(calls: readonly DueCall[]): object {
  const [first] = calls;
  return calls.length === 1 && first !== undefined
    ? toMessageBody(first.message)
    : { calls: calls.map(({ message, at }) => ({ call: message, at })) };
}

/** Reads what came from the queue, each call by itself; decides on the body only, never on metadata. */
export function parseCalls(body: unknown): readonly Parsed<DueCall>[] {
  const several: readonly unknown[] = isJsonObject(body) && Array.isArray(body.calls) ? body.calls : [];
  return (several.length > 0 ? several : [body]).map((entry) => {
    const call = parseWakeUpCall(entry);
    if (!call.ok) return call;
    const at = isJsonObject(entry) ? entry.at : undefined;
    if (at === undefined) return parsed({ message: call.value });
    // With fractions of a millisecond, as rates have them.
    return typeof at === 'number' && Number.isFinite(at)
      ? parsed({ message: call.value, at })
      : { ok: false, faults: [{ path: 'at', message: 'must be an instant' }] };
  });
}
