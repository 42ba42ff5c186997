import { type CloudEvent, parseCloudEvent } from '../../domain/event/cloud-event.ts';
import type { Fault } from '../../domain/fault.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventQueue } from '../../ports/queues.ts';
import { checkEvent } from './check-event.ts';

export type Publication =
  | { readonly kind: 'published'; readonly ids: readonly NotificationId[] }
  /** Nothing was queued. `reason` is that of the first bad event; faults name each by its place in a batch. */
  | { readonly kind: 'refused'; readonly reason: string; readonly faults: readonly Fault[] };

export type PublishEvents = (inputs: readonly unknown[], traceparent?: string) => Promise<Publication>;

/** Checks events and puts them on the queue, all of them or none. Throws `QueueUnavailable`. */
export function publishEvents(deps: { readonly events: EventQueue; readonly clock: Clock }): PublishEvents {
  return async (inputs, traceparent) => {
    const seen = { at: deps.clock.now(), ...(traceparent === undefined ? {} : { traceparent }) };
    const faults: Fault[] = [];
    const events: CloudEvent[] = [];
    const ids: NotificationId[] = [];
    let reason: string | undefined;
    inputs.forEach((input, index) => {
      const checked = checkEvent(input, seen);
      const envelope = parseCloudEvent(input);
      if (checked.ok && envelope.ok) {
        events.push({
          ...envelope.value,
          ...(traceparent === undefined ? {} : { traceparent: envelope.value.traceparent ?? traceparent }),
        });
        ids.push(checked.notification.id);
        return;
      }
      if (checked.ok) return;
      reason ??= checked.reason;
      faults.push(...checked.faults.map((fault) => (inputs.length === 1 ? fault : inBatch(fault, index))));
    });
    if (reason !== undefined) return { kind: 'refused', reason, faults };
    await deps.events.publish(events);
    return { kind: 'published', ids };
  };
}

function inBatch(fault: Fault, index: number): Fault {
  return { ...fault, path: fault.path === '' ? `[${index}]` : `[${index}].${fault.path}` };
}
