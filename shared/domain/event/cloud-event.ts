import { defined } from '../defined.ts';
import { type Fault, type Parsed, parsed } from '../fault.ts';
import { isJsonObject } from '../json-object.ts';
import { type Instant, parseInstant } from '../time.ts';
import { describeInstead, unwrapped, utf8Text } from './event-body.ts';
import { DEEPEST_JSON, isTooDeep } from './json-depth.ts';
import type { JsonObject } from './notification.ts';

/** A CloudEvent 1.0 as it is used here. `(source, id)` identifies it. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time?: Instant;
  readonly data: JsonObject;
  /** Distributed Tracing extension. */
  readonly traceparent?: string;
  /** Sequence extension: of two states of one thing it says which is the newer one. */
  readonly sequence?: string;
}

/** Attributes may have this many characters at most; longer ones are somebody's mistake. */
const LONGEST_ATTRIBUTE = 1024;

/** Attributes by which an event is told from others. */
const IDENTIFYING: ReadonlySet<string> = new Set(['id', 'source']);

/** What decoders put in the place of broken bytes, so that different ones become alike. */
const REPLACEMENT = '\uFFFD';

/** Reads a CloudEvent in structured form (the JSON envelope). Gives every fault, not just the first. */
export function parseCloudEvent(input: unknown): Parsed<CloudEvent> {
  if (!isJsonObject(input)) {
    return {
      ok: false,
      faults: [
        {
          path: '',
          message: `must be a CloudEvent: a JSON object with specversion, id, source, type and data; ${describeInstead(input)}`,
        },
      ],
    };
  }
  if (isTooDeep(input)) {
    const message = `must not be nested deeper than ${DEEPEST_JSON} levels`;
    return { ok: false, faults: [{ path: '', message, rule: 'too-deep', values: { most: DEEPEST_JSON } }] };
  }
  const faults: Fault[] = [];
  // A JSON object: its fields are looked at one by one below.
  const fields = input as JsonObject;

  if (fields.specversion !== '1.0') {
    const isEventGrids = fields.specversion === undefined && typeof fields.eventType === 'string';
    const remedy = '; this is Event Grid\'s own schema: set the subscription\'s to "Cloud Event Schema v1.0"';
    faults.push({ path: 'specversion', message: `must be "1.0"${isEventGrids ? remedy : ''}` });
  }
  const id = attribute(fields, 'id', faults);
  const source = attribute(fields, 'source', faults);
  const type = attribute(fields, 'type', faults);
  const subject = optionalAttribute(fields, 'subject', faults);
  const traceparent = optionalAttribute(fields, 'traceparent', []);
  const sequence = sequenceOf(fields, faults);
  const time = timeOf(fields.time, faults);
  const data = dataOf(fields, faults);

  if (
    faults.length > 0 ||
    id === undefined ||
    source === undefined ||
    type === undefined ||
    data === undefined
  ) {
    return { ok: false, faults };
  }
  return parsed({
    specversion: '1.0',
    id,
    source,
    type,
    data,
    ...defined({ subject, time }),
    ...(traceparent !== undefined && isTraceparent(traceparent) ? { traceparent } : {}),
    ...defined({ sequence }),
  });
}

/** The structured form, ready for `JSON.stringify`. */
export function toStructured(event: CloudEvent): JsonObject {
  return {
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    ...defined({ subject: event.subject }),
    ...(event.time === undefined ? {} : { time: new Date(event.time).toISOString() }),
    ...defined({ traceparent: event.traceparent, sequence: event.sequence }),
    datacontenttype: 'application/json',
    data: event.data,
  };
}

/** W3C Trace Context, version 00. */
export function isTraceparent(text: string): boolean {
  return /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(text);
}

function attribute(fields: JsonObject, name: string, faults: Fault[]): string | undefined {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') {
    faults.push({ path: name, message: 'is required and must be a non-empty string' });
    return undefined;
  }
  return checked(name, value, faults);
}

function optionalAttribute(fields: JsonObject, name: string, faults: Fault[]): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '') {
    faults.push({ path: name, message: 'must be a non-empty string where it is given' });
    return undefined;
  }
  return checked(name, value, faults);
}

function checked(name: string, value: string, faults: Fault[]): string | undefined {
  if (value.length > LONGEST_ATTRIBUTE) {
    faults.push({
      path: name,
      message: `must have at most ${LONGEST_ATTRIBUTE} characters; it has ${value.length}`,
    });
    return undefined;
  }
  // A lone surrogate cannot be written as UTF-8, so two different ids would hash alike.
  if (!value.isWellFormed()) {
    faults.push({ path: name, message: 'must be well-formed Unicode' });
    return undefined;
  }
  // `source` and `id` are joined by a line feed to name the notification.
  const control = /\p{Cc}/u.exec(value);
  if (control !== null) {
    const message = `must hold no control characters (U+0000 to U+001F, U+007F to U+009F); it has ${codeOf(control[0])} at character ${control.index + 1}. Leave it out, or percent-encode it`;
    faults.push({ path: name, message });
    return undefined;
  }
  if (IDENTIFYING.has(name) && value.includes(REPLACEMENT)) {
    const message = `must not hold ${codeOf(REPLACEMENT)}, which stands for bytes that were no UTF-8; encode it as UTF-8`;
    faults.push({ path: name, message });
    return undefined;
  }
  return value;
}

/** `U+000A` */
function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Text by the extension's own words; a JSON number is what many send, and is exact as a whole one that is not too large. */
function sequenceOf(fields: JsonObject, faults: Fault[]): string | undefined {
  const { sequence } = fields;
  if (typeof sequence !== 'number') return optionalAttribute(fields, 'sequence', faults);
  if (Number.isSafeInteger(sequence) && sequence >= 0) return String(sequence);
  const message = 'must be text, or a whole number from 0 to 9007199254740991; send larger ones as text';
  faults.push({ path: 'sequence', message });
  return undefined;
}

function timeOf(value: unknown, faults: Fault[]): Instant | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'string' ? parseInstant(value) : undefined;
  if (time === undefined) {
    faults.push({ path: 'time', message: 'must be an RFC 3339 date-time such as "2026-12-01T09:30:00Z"' });
  }
  return time;
}

function dataOf(fields: JsonObject, faults: Fault[]): JsonObject | undefined {
  const contentType = fields.datacontenttype;
  if (
    contentType !== undefined &&
    contentType !== null &&
    !(typeof contentType === 'string' && isJson(contentType))
  ) {
    faults.push({
      path: 'datacontenttype',
      message: 'must be a media type of JSON: application/json, text/json or one that ends in +json',
    });
  }
  const { data, data_base64: encoded } = fields;
  if (encoded === undefined || encoded === null) return objectOf(data, 'data', faults);
  if (data !== undefined) {
    faults.push({ path: 'data_base64', message: 'must not stand beside "data"; send one of them' });
    return undefined;
  }
  const text = typeof encoded === 'string' ? decoded(encoded) : undefined;
  if (text === undefined) {
    faults.push({ path: 'data_base64', message: 'must be a JSON object as UTF-8, encoded in base64' });
    return undefined;
  }
  return objectOf(unwrapped(text), 'data_base64', faults);
}

function objectOf(value: unknown, path: string, faults: Fault[]): JsonObject | undefined {
  if (!isJsonObject(value)) {
    faults.push({ path, message: `is required and must be a JSON object; ${describeInstead(value)}` });
    return undefined;
  }
  if (isTooDeep(value)) {
    const message = `must not be nested deeper than ${DEEPEST_JSON} levels`;
    faults.push({ path, message, rule: 'too-deep', values: { most: DEEPEST_JSON } });
    return undefined;
  }
  // A JSON object by the checks above; the catalog entry's schema looks at its fields.
  return value as JsonObject;
}

/** The text that base64 stands for; `undefined` where it is none, or no UTF-8. */
function decoded(base64: string): string | undefined {
  const compact = base64.replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(compact) ? utf8Text(Buffer.from(compact, 'base64')) : undefined;
}

function isJson(contentType: string): boolean {
  return /^\s*((application|text)\/json|[\w.+-]+\/[\w.+-]+\+json)\s*(;.*)?$/i.test(contentType);
}
