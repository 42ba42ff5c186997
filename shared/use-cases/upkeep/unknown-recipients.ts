import { recipients } from '../../catalog/schema.ts';
import { type CloudEvent, parseCloudEvent } from '../../domain/event/cloud-event.ts';
import type { Recipient } from '../../domain/event/notification.ts';
import type { Fault } from '../../domain/fault.ts';

/** Reads what planning parked: the event, its `data.to` reduced to the recipients that nobody knew. */
export function unknownRecipients(
  original: string,
):
  | { readonly ok: true; readonly event: CloudEvent; readonly to: readonly Recipient[] }
  | { readonly ok: false; readonly faults: readonly Fault[] } {
  let json: unknown;
  try {
    json = JSON.parse(original);
  } catch {
    // It stays parked, and whoever replays it is told.
    return { ok: false, faults: [{ path: 'original', message: 'must be an event as JSON' }] };
  }
  const event = parseCloudEvent(json);
  if (!event.ok) return event;
  const to = recipients.safeParse(event.value.data.to);
  return to.success
    ? { ok: true, event: event.value, to: to.data }
    : { ok: false, faults: to.error.issues.map(({ message }) => ({ path: 'data.to', message })) };
}
