import type { IncomingMessage } from 'node:http';
import type { RpcHttpData, RpcNullableString } from '../core/rpc.ts';
import type { RouteValues } from './route.ts';

/** An HTTP request with its body read. */
export interface HttpRequestParts {
  method: string;
  /** Absolute. */
  url: string;
  /** Name and value, alternating, as they came. */
  rawHeaders: readonly string[];
  /** Of the route. */
  params?: RouteValues;
  body?: Uint8Array | undefined;
}

/**
 * The request as the worker gets it from the host: header names in lower case, and several values of one
 * header or one query parameter joined by a comma, so `?x=1&x=2` reads as `1,2`.
 */
export function toRpcRequest({ method, url, rawHeaders, params = {}, body }: HttpRequestParts): RpcHttpData {
  const nullableHeaders: Record<string, RpcNullableString> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    add(nullableHeaders, (rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? '');
  }
  const nullableQuery: Record<string, RpcNullableString> = {};
  const mark = url.indexOf('?');
  if (mark >= 0) {
    for (const [name, value] of new URLSearchParams(url.slice(mark + 1))) add(nullableQuery, name, value);
  }
  const nullableParams: Record<string, RpcNullableString> = {};
  for (const [name, value] of Object.entries(params)) nullableParams[name] = { value };
  return {
    method,
    url,
    nullableHeaders,
    nullableQuery,
    nullableParams,
    ...(body && body.length > 0 ? { body: { bytes: body } } : {}),
  };
}

function add(to: Record<string, RpcNullableString>, name: string, value: string): void {
  const existing = to[name];
  if (existing) existing.value += `,${value}`;
  else to[name] = { value };
}

/** The host's default limit of a request's body, in bytes. */
export const maxBodyBytes = 104_857_600;

/**
 * The body of a request, by the host's rule: only one that is announced by a `Content-Length` above zero is
 * passed on. A chunked upload reaches the function empty.
 *
 * @throws RangeError when it is longer than `maxBodyBytes`.
 */
export async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > maxBodyBytes)
    throw new RangeError(`The body has ${length} bytes; ${maxBodyBytes} is the limit.`);
  if (!(length > 0)) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
