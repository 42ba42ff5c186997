import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { badRequest, HttpError } from './errors.ts';

/** More than any activity may weigh; what a channel refuses as too large is decided after reading. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A request body that was read whole, with its size on the wire. */
export interface JsonBody {
  readonly value: unknown;
  readonly bytes: number;
}

/** Reads a whole body. Throws HttpError 413 beyond 4 MB. */
export function readBody(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) {
        req.removeAllListeners('data');
        req.resume();
        reject(new HttpError(413, 'MessageSizeTooBig', `The body is larger than ${MAX_BODY_BYTES} bytes.`));
        return;
      }
      chunks.push(chunk);
    });
    req.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes)));
    req.on('error', reject);
  });
}

/**
 * Reads a body as JSON; an empty one is `undefined`.
 *
 * Throws HttpError 400 `BadSyntax` for anything that is not JSON.
 */
export async function readJson(req: IncomingMessage): Promise<JsonBody> {
  const body = await readBody(req);
  if (body.length === 0) return { value: undefined, bytes: 0 };
  try {
    return { value: JSON.parse(body.toString('utf8')), bytes: body.length };
  } catch {
    throw new HttpError(400, 'BadSyntax', 'The body is not JSON.');
  }
}

/** Reads a body against a schema. Throws HttpError 400 that names every fault. */
export async function readAs<Shape extends z.ZodType>(
  req: IncomingMessage,
  shape: Shape,
): Promise<z.output<Shape>> {
  const { value } = await readJson(req);
  const parsed = shape.safeParse(value ?? {});
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error));
  return parsed.data;
}

/** A JSON object, as opposed to a list, a text or null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
