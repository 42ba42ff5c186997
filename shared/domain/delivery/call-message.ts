import { type Parsed, parsed } from '../fault.ts';
import { hashOf } from '../hash.ts';
import { isJsonObject } from '../json-object.ts';
import { type Duration, type Instant, seconds } from '../time.ts';
import { messageIdOf, parseWakeUpCall, toMessageBody, type WakeUpCall } from './wake-up-call.ts';

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
