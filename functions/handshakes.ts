import type { HttpResponseInit } from '@azure/functions';
import { isJsonObject } from '../shared/domain/json-object.ts';

/** Event Grid's codes are GUIDs; what is longer than this is none. */
const LONGEST_CODE = 256;

/**
 * `OPTIONS`: a sender of CloudEvents asks whether it may send (HTTP 1.1 Web Hooks for Event Delivery, section 4). Whoever
 * has the key may, from any origin and at any rate: the queue takes what comes. No callback address is called.
 */
export function allowDelivery(headers: Headers): HttpResponseInit {
  const origin = headers.get('webhook-request-origin')?.trim() ?? '';
  if (origin === '') {
    const message = 'the header WebHook-Request-Origin must name the sender; events are sent with POST';
    return { status: 400, jsonBody: { error: 'invalid-request', faults: [{ path: '', message }] } };
  }
  return {
    status: 200,
    headers: { allow: 'POST', 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' },
  };
}

/**
 * The code that Event Grid wants back before it sends to an address (a `SubscriptionValidationEvent`); `undefined` for
 * anything else. The address that comes beside it is not called.
 */
export function validationCode(events: readonly unknown[]): string | undefined {
  const [event] = events;
  if (events.length !== 1 || !isJsonObject(event) || !isJsonObject(event.data)) return undefined;
  const { validationCode: code } = event.data;
  return event.eventType === 'Microsoft.EventGrid.SubscriptionValidationEvent' &&
    typeof code === 'string' &&
    code !== '' &&
    code.length <= LONGEST_CODE
    ? code
    : undefined;
}
