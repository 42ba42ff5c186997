import { withExceptMark } from '../../catalog/schema.ts';
import { defined } from '../../domain/defined.ts';
import { type CloudEvent, parseCloudEvent } from '../../domain/event/cloud-event.ts';
import type { Fault } from '../../domain/fault.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventQueue } from '../../ports/queues.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { checkEvent } from './check-event.ts';
import { warningsOf } from './unknown-fields.ts';

/** A batch of thousands that all have the same fault says it this often. */
const MOST_WARNINGS = 100;

export type Publication =
  | {
      readonly kind: 'published';
      readonly ids: readonly NotificationId[];
      /** What was accepted and does nothing, by its place as faults are. */
      readonly warnings: readonly Fault[];
    }
  /** Nothing was queued. `reason` is that of the first bad event; faults name each by its place in a batch. */
  | { readonly kind: 'refused'; readonly reason: string; readonly faults: readonly Fault[] };

export type PublishEvents = (inputs: readonly unknown[], traceparent?: string) => Promise<Publication>;

/** Checks events and puts them on the queue, all of them or none. Throws `QueueUnavailable`. */
export function publishEvents(deps: {
  readonly events: EventQueue;
  readonly kinds: Pick<AllKinds, 'entryOf' | 'knownTypes'>;
  readonly clock: Clock;
}): PublishEvents {
  return async (inputs, traceparent) => {
    const seen = { at: deps.clock.now(), ...defined({ traceparent }) };
    const faults: Fault[] = [];
    const events: CloudEvent[] = [];
    const ids: NotificationId[] = [];
    const warnings: Fault[] = [];
    let reason: string | undefined;
    inputs.forEach((input, index) => {
      const checked = checkEvent(input, seen, deps.kinds);
      const envelope = parseCloudEvent(input);
      const entry = envelope.ok ? deps.kinds.entryOf(envelope.value.type) : undefined;
      if (checked.ok && envelope.ok && entry !== undefined) {
        events.push({
          ...envelope.value,
          data: withExceptMark(envelope.value.data),
          ...(traceparent === undefined ? {} : { traceparent: envelope.value.traceparent ?? traceparent }),
        });
        ids.push(checked.notification.id);
        warnings.push(...placed(warningsOf(entry, checked.unknown), index, inputs.length));
        return;
      }
      if (checked.ok) return;
      reason ??= checked.reason;
      faults.push(...placed(checked.faults, index, inputs.length));
    });
    if (reason !== undefined) return { kind: 'refused', reason, faults };
    await deps.events.publishEvents(events);
    return { kind: 'published', ids, warnings: warnings.slice(0, MOST_WARNINGS) };
  };
}

/** Each by the place of its event in a batch: `[2].data.text`. */
export function placed(faults: readonly Fault[], index: number, of: number): readonly Fault[] {
  if (of === 1) return faults;
  return faults.map((fault) => ({
    ...fault,
    path: fault.path === '' ? `[${index}]` : `[${index}].${fault.path}`,
  }));
}
