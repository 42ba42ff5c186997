import { isTraceparent } from './cloud-event.ts';
import { type DeliveryId, type DeliveryResult, formatDeliveryId, Outcome } from './delivery.ts';
import { type Fault, type Parsed, parsed } from './fault.ts';
import { isConversationKey, isNotificationId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * A wake-up call: asks a worker to look at a delivery. It decides nothing; the row does.
 * `hop` only keeps apart the calls of one version, so that the broker's duplicate detection swallows none.
 */
export interface WakeUpCall extends DeliveryId {
  readonly version: number;
  readonly hop: number;
  /** The slot in the tenant's rate that was reserved for this call. */
  readonly slotAt?: Instant;
  /** A request that was made and whose record failed: to be recorded, not to be repeated. */
  readonly sent?: DeliveryResult;
  readonly traceparent?: string;
}

/** The message id of a wake-up call. It never parses as JSON, so that no host turns it into a number. */
export function messageIdOf(call: WakeUpCall): string {
  const base = `${formatDeliveryId(call)}:${call.version}`;
  return call.hop === 0 ? base : `${base}:${call.hop}`;
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
  const call = isObject(body) ? body.call : undefined;
  if (!isObject(call)) {
    return {
      ok: false,
      faults: [{ path: 'call', message: 'must be a wake-up call as this app writes them' }],
    };
  }
  const faults: Fault[] = [];
  const { notification, conversation, version, hop, slotAt, sent, traceparent } = call;
  if (typeof notification !== 'string' || !isNotificationId(notification)) {
    faults.push({ path: 'call.notification', message: 'must be a notification id' });
  }
  if (typeof conversation !== 'string' || !isConversationKey(conversation)) {
    faults.push({ path: 'call.conversation', message: 'must be a conversation key' });
  }
  if (!isCount(version)) faults.push({ path: 'call.version', message: 'must be a whole number from 0' });
  if (!isCount(hop)) faults.push({ path: 'call.hop', message: 'must be a whole number from 0' });
  if (slotAt !== undefined && !isCount(slotAt))
    faults.push({ path: 'call.slotAt', message: 'must be an instant' });
  if (sent !== undefined && !isResult(sent))
    faults.push({ path: 'call.sent', message: 'must be a delivery result' });
  if (faults.length > 0) return { ok: false, faults };
  return parsed({
    // Each field was looked at above.
    notification: notification as WakeUpCall['notification'],
    conversation: conversation as WakeUpCall['conversation'],
    version: version as number,
    hop: hop as number,
    ...(slotAt === undefined ? {} : { slotAt: slotAt as number }),
    ...(sent === undefined ? {} : { sent: sent as DeliveryResult }),
    ...(typeof traceparent === 'string' && isTraceparent(traceparent) ? { traceparent } : {}),
  });
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const outcomes: ReadonlySet<unknown> = new Set(Object.values(Outcome));

function isResult(value: unknown): value is DeliveryResult {
  return (
    isObject(value) &&
    outcomes.has(value.outcome) &&
    isCount(value.at) &&
    isCount(value.attempts) &&
    isCount(value.repeats)
  );
}
