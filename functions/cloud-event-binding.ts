import { unwrapped } from '../shared/domain/event/event-body.ts';
import { toJsonText } from '../shared/domain/event/json-depth.ts';
import { isJsonObject } from '../shared/domain/json-object.ts';

/**
 * CloudEvents 1.0 as they come over Service Bus: structured mode (the envelope is the body) or AMQP binary mode
 * (attributes are application properties `cloudEvents_…` or `cloudEvents:…`, the body is `data`).
 */
export interface BoundEvent {
  readonly envelope: unknown;
  readonly original: string;
  readonly properties?: { readonly [name: string]: string };
}

type Metadata = { readonly [name: string]: unknown };
type Attributes = { readonly [name: string]: string };

const PREFIX = /^cloudEvents[_:]([a-z0-9]{1,20})$/i;

/**
 * @param body what the functions host made of the message: anything that parses as JSON arrives parsed
 * @param metadata the trigger's metadata. A body can overwrite it, so it only ever adds attributes that the body lacks,
 *   and these the same sender could have written into a structured body as well.
 */
export function fromQueue(body: unknown, metadata: Metadata | undefined): BoundEvent {
  const original = asText(body);
  const content = unwrapped(body);
  const attributes = attributesOf(metadata?.applicationProperties) ?? attributesOf(metadata?.userProperties);
  if (attributes === undefined || isEnvelope(content, attributes, metadata?.contentType)) {
    return { envelope: content, original };
  }
  return {
    envelope: { ...attributes, data: content },
    original,
    properties: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`cloudEvents_${name}`, value]),
    ),
  };
}

/**
 * Whether the body is the event and not its data, where attributes came beside it: it says so, the attributes alone
 * make no event, or both name the same one. Data may have a field `specversion`, or be an event that is passed on.
 */
function isEnvelope(content: unknown, attributes: Attributes, contentType: unknown): boolean {
  if (!isJsonObject(content) || !('specversion' in content)) return false;
  if (typeof contentType === 'string' && /^application\/cloudevents\b/i.test(contentType.trim())) return true;
  const { specversion, id, source, type } = attributes;
  if ([specversion, id, source, type].includes(undefined)) return true;
  return content.id === id && content.source === source;
}

/**
 * Attributes of binary mode; `undefined` when there is none. Of numbers only those count that are what was sent: larger
 * ones and fractions are rounded on their way, and two ids would be one.
 */
function attributesOf(properties: unknown): Attributes | undefined {
  if (!isJsonObject(properties)) return undefined;
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

/**
 * Whether the host read these bytes as this original, with U+FFFD in the place of what is no UTF-8: only then are they
 * what was sent.
 */
export function wasReadAs(bytes: Uint8Array, original: string): boolean {
  const text = new TextDecoder().decode(bytes);
  if (text === original) return true;
  try {
    return asText(JSON.parse(text)) === original;
  } catch {
    // Not JSON, and another text: these bytes are some other message's.
    return false;
  }
}

function asText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return toJsonText(body);
}
