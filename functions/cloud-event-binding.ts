import { toJsonText } from '../shared/domain/event/json-depth.ts';

/**
 * CloudEvents 1.0 as they come over Service Bus: structured mode (the envelope is the body) or AMQP binary mode
 * (attributes are application properties `cloudEvents_…` or `cloudEvents:…`, the body is `data`).
 */
export interface BoundEvent {
  readonly envelope: unknown;
  readonly original: string;
  readonly properties?: { readonly [name: string]: string };
}

const PREFIX = /^cloudEvents[_:]([a-z0-9]{1,20})$/i;

/**
 * @param body what the functions host made of the message: anything that parses as JSON arrives parsed
 * @param metadata the trigger's metadata. A body can overwrite it, so it only ever adds attributes that the body lacks,
 *   and these the same sender could have written into a structured body as well.
 */
export function fromQueue(
  body: unknown,
  metadata: { readonly [name: string]: unknown } | undefined,
): BoundEvent {
  const original = asText(body);
  if (isObject(body) && 'specversion' in body) return { envelope: body, original };
  const attributes = attributesOf(metadata?.applicationProperties) ?? attributesOf(metadata?.userProperties);
  if (attributes === undefined) return { envelope: body, original };
  return {
    envelope: { ...attributes, data: body },
    original,
    properties: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`cloudEvents_${name}`, value]),
    ),
  };
}

/**
 * Attributes of binary mode; `undefined` when there is none. Of numbers only those count that are what was sent: larger
 * ones and fractions are rounded on their way, and two ids would be one.
 */
export function attributesOf(properties: unknown): { readonly [name: string]: string } | undefined {
  if (!isObject(properties)) return undefined;
  const attributes: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(properties)) {
    const attribute = PREFIX.exec(name)?.[1]?.toLowerCase();
    if (attribute === undefined) continue;
    if (typeof value === 'string' || Number.isSafeInteger(value) || typeof value === 'boolean') {
      attributes[attribute] = String(value);
    }
  }
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function asText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return toJsonText(body);
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
