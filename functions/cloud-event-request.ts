import { describeInstead, unwrapped } from '../shared/domain/event/event-body.ts';
import { type Parsed, parsed, refused } from '../shared/domain/fault.ts';

/** Larger than any queue takes. */
const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** Reads the CloudEvents of an HTTP request (CloudEvents HTTP binding 1.0); each still in unchecked structured form. */
export function fromRequest(headers: Iterable<[string, string]>, body: string): Parsed<readonly unknown[]> {
  if (body.trim() === '') {
    return refused({
      path: '',
      message: 'the body is empty; post a CloudEvent as application/cloudevents+json',
    });
  }
  if (Buffer.byteLength(body) > MOST_BODY_BYTES) {
    return refused({
      path: '',
      message: `the body has more than ${MOST_BODY_BYTES} bytes; post fewer events at once`,
    });
  }
  const json = unwrapped(body);
  if (typeof json === 'string') {
    return refused({
      path: '',
      message: `the body must be a CloudEvent as JSON; ${describeInstead(json)}`,
    });
  }

  const values = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));
  const contentType = (values.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (
    contentType === 'application/cloudevents-batch+json' ||
    (Array.isArray(json) && !values.has('ce-type'))
  ) {
    return Array.isArray(json) && json.length > 0
      ? parsed(json)
      : refused({ path: '', message: 'a batch must be a JSON array of at least one CloudEvent' });
  }
  if (contentType === 'application/cloudevents+json') return parsed([json]);

  const attributes: { [name: string]: string } = {};
  for (const [name, value] of values) {
    if (name.startsWith('ce-')) attributes[name.slice(3)] = percentDecoded(value);
  }
  // A plain POST of an envelope as application/json is what most people try first.
  return parsed([Object.keys(attributes).length === 0 ? json : { ...attributes, data: json }]);
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not percent-encoded after all: taken as it stands.
    return value;
  }
}
