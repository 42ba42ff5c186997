import { isJsonObject } from '../../../domain/json-object.ts';
import type { Format, Mapped } from '../message.ts';
import { at, textAt, textOf } from '../payload.ts';
import { leavesOf } from './general.ts';
import { factsOf, given, linksOf, messageOf, plainText, plainTitle } from './shown.ts';

type JsonObject = { readonly [name: string]: unknown };

/** Event Grid's own schema, one event at a time: what a batch holds beyond the first is counted. */
export const eventGrid: Format = {
  name: 'event-grid',
  answer: 'id',
  detects: ({ payload, headers }) => {
    const first = firstOf(payload);
    return (
      headers['aeg-event-type'] !== undefined ||
      (has(first, 'eventType') && has(first, 'eventTime') && has(first, 'topic'))
    );
  },
  map: ({ payload }) => mapEvent(payload, { title: 'eventType', time: 'eventTime' }),
};

/** CloudEvents of others, structured or binary. */
export const cloudEvents: Format = {
  name: 'cloud-events',
  answer: 'id',
  detects: ({ payload, headers }) =>
    headers['ce-id'] !== undefined || has(firstOf(payload), 'specversion', 'type', 'source'),
  map({ payload, headers }) {
    if (headers['ce-id'] === undefined) return mapEvent(payload, { title: 'type', time: 'time' });
    const { 'ce-id': id, 'ce-type': type, 'ce-source': source, 'ce-subject': subject } = headers;
    return mapEvent({ id, type, source, subject, data: payload }, { title: 'type', time: 'time' });
  },
};

function firstOf(payload: unknown): unknown {
  return Array.isArray(payload) ? payload[0] : payload;
}

function has(value: unknown, ...names: readonly string[]): boolean {
  return isJsonObject(value) && names.every((name) => textOf(value[name]) !== undefined);
}

function mapEvent(
  payload: unknown,
  names: { readonly title: string; readonly time: string },
): Mapped | undefined {
  const event = firstOf(payload);
  if (!isJsonObject(event)) return undefined;
  const data: JsonObject = isJsonObject(event.data) ? event.data : {};
  const leaves = leavesOf(data, { most: 20 });
  return {
    message: messageOf({
      title: plainTitle(event[names.title]),
      text: plainText(textAt(event, 'subject')),
      facts: factsOf(
        ...leaves.facts,
        ...(typeof event.data === 'string' ? [['data', event.data] as const] : []),
        ['time', event[names.time]],
      ),
      links: linksOf(...leaves.links),
      more: leaves.more + (Array.isArray(payload) ? payload.length - 1 : 0) || undefined,
    }),
    ...given('deliveryId', textAt(event, 'id')),
  };
}

/** The code that Event Grid wants back before it sends; `undefined` for anything else. Its address is not called. */
export function validationCode(payload: unknown): string | undefined {
  const event = firstOf(payload);
  if (at(event, 'eventType') !== 'Microsoft.EventGrid.SubscriptionValidationEvent') return undefined;
  const code = textAt(event, 'data.validationCode');
  return code !== undefined && code.length <= 256 ? code : undefined;
}
