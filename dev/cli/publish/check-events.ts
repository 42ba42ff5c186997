import { defined } from '../../../shared/domain/defined.ts';
import type { Fault } from '../../../shared/domain/fault.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { catalog, entryOf } from '../../../shared/kinds/catalog.ts';
import { checkEvent } from '../../../shared/use-cases/intake/check-event.ts';
import { placed } from '../../../shared/use-cases/intake/publish-events.ts';
import { warningsOf } from '../../../shared/use-cases/intake/unknown-fields.ts';
import type { OutgoingEvent } from './event-message.ts';

export interface CheckedEvents {
  readonly events: readonly OutgoingEvent[];
  /** The reason code of the first bad event; absent when all can be used. */
  readonly reason?: string;
  readonly faults: readonly Fault[];
  /** What is accepted and does nothing, with what was most likely meant. */
  readonly warnings: readonly Fault[];
}

/** Looks at events as the app will. Faults of several events name each by its place: `[2].data.text`. */
export function checkEvents(envelopes: readonly unknown[], now: number): CheckedEvents {
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  let reason: string | undefined;
  envelopes.forEach((envelope, index) => {
    const checked = checkEvent(envelope, { at: now }, catalog);
    if (checked.ok) {
      const entry = entryOf(checked.notification.type);
      const ignored = entry === undefined ? [] : warningsOf(entry, checked.unknown);
      warnings.push(...placed(ignored, index, envelopes.length));
      return;
    }
    reason ??= checked.reason;
    faults.push(...placed(checked.faults, index, envelopes.length));
  });
  return {
    events: envelopes.map(uncheckedEvent),
    faults,
    warnings,
    ...defined({ reason }),
  };
}

/** An event that is sent as it is. */
export function uncheckedEvent(envelope: unknown): OutgoingEvent {
  const { source, id } = (envelope ?? {}) as { readonly source?: unknown; readonly id?: unknown }; // Looked at below.
  return typeof source === 'string' && typeof id === 'string'
    ? { envelope, notification: notificationId(source, id) }
    : { envelope };
}
