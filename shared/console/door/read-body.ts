import { isTooDeep } from '../../domain/event/json-depth.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { Answered, Arrived } from './arrived.ts';
import { refusal } from './refusals.ts';

const KB = 1024;
/** A message with a card; nobody writes a longer one. */
const LARGEST_BODY = 256 * KB;
/** A list of 100,000 mails. */
const LARGEST_LIST = 8 * KB * KB;

const NO_JSON = { code: 'invalid-json', title: 'The body cannot be read' };

export type ReadBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly answer: Answered };

/** The body as JSON, `undefined` where there is none: bounded before it is read, and before it is parsed. */
export async function readBody(arrived: Arrived, path: string): Promise<ReadBody> {
  const most = arrived.method === 'PUT' && path.startsWith('audiences/') ? LARGEST_LIST : LARGEST_BODY;
  if (Number(arrived.header('content-length') ?? 0) > most) return no(tooLarge(most));
  const bytes = await arrived.body();
  if (bytes.length > most) return no(tooLarge(most));
  if (bytes.length === 0) return { ok: true, body: undefined };
  if (!/^application\/json\s*(;|$)/i.test(arrived.header('content-type') ?? '')) {
    const message = 'must be application/json';
    return no(
      refusal(415, {
        code: 'unsupported-media-type',
        title: 'The body is not JSON by its Content-Type',
        faults: [{ path: 'Content-Type', message }],
      }),
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Whoever sent it is told, and nothing was done.
    return no(unreadable('must be JSON in UTF-8'));
  }
  if (isTooDeep(body)) return no(unreadable('is nested too deeply; 64 levels are the most'));
  if (namesPrototype(body)) return no(unreadable('must have no field "__proto__"'));
  return { ok: true, body };
}

/** Of what is not nested too deeply. Such a field would become the prototype of whatever it is copied into. */
function namesPrototype(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesPrototype);
  return (
    isJsonObject(value) && (Object.hasOwn(value, '__proto__') || Object.values(value).some(namesPrototype))
  );
}

function unreadable(message: string): Answered {
  return refusal(400, { ...NO_JSON, faults: [{ path: '', message }] });
}

function tooLarge(most: number): Answered {
  return refusal(413, {
    code: 'too-large',
    title: 'The body is too large',
    faults: [{ path: '', message: `must have ${most / KB} KB at most`, rule: 'too-large', values: { most } }],
  });
}

function no(answer: Answered): ReadBody {
  return { ok: false, answer };
}
