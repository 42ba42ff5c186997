import { fieldsOf } from '../../../shared/catalog/entry.ts';
import { defined } from '../../../shared/domain/defined.ts';
import type { Fault } from '../../../shared/domain/fault.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { didYouMean, nearestName } from '../../../shared/domain/nearest-name.ts';
import { catalog, entryOf, knownTypes } from '../../../shared/kinds/catalog.ts';
import { checkEvent } from '../../../shared/use-cases/intake/check-event.ts';
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
      const { type } = checked.notification;
      const entry = entryOf(type);
      for (const name of checked.unknown) {
        const meant = didYouMean(name, entry === undefined ? [] : fieldsOf(entry));
        warnings.push({
          path: placed(`data.${name}`, index, envelopes.length),
          message: `is no field of ${type} and is ignored${meant}`,
        });
      }
      return;
    }
    reason ??= checked.reason;
    for (const fault of checked.faults) {
      const meant = checked.reason === 'unknown-type' ? typeMeant(envelope) : undefined;
      const message = meant === undefined ? fault.message : `${fault.message}; did you mean ${meant}?`;
      faults.push({ path: placed(fault.path, index, envelopes.length), message });
    }
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

function placed(path: string, index: number, of: number): string {
  if (of === 1) return path;
  return path === '' ? `[${index}]` : `[${index}].${path}`;
}

function typeMeant(envelope: unknown): string | undefined {
  const { type } = (envelope ?? {}) as { readonly type?: unknown }; // Looked at in the next line.
  return typeof type === 'string' ? nearestName(type, knownTypes) : undefined;
}
