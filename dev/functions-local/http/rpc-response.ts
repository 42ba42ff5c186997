import type { RpcHttpCookie, RpcHttpData, RpcInvocationResponse } from '../core/rpc.ts';

/** An HTTP response, ready to be written. */
export interface HttpResponseParts {
  status: number;
  /** Name and value, alternating; a name may come more than once. */
  rawHeaders: string[];
  body: Uint8Array | undefined;
}

/** Headers that the server sets by itself from the body. The library gives names in lower case. */
const framing = new Set(['content-length', 'transfer-encoding', 'connection']);

/** The answer to what an HTTP function returned. Nothing returned is a 204, as in the real host. */
export function fromRpcResponse(response: RpcInvocationResponse): HttpResponseParts {
  const http = response.returnValue?.http;
  if (!http) return { status: 204, rawHeaders: [], body: undefined };
  const rawHeaders = Object.entries(http.headers ?? {}).flatMap((header) =>
    framing.has(header[0]) ? [] : header,
  );
  for (const cookie of http.cookies ?? []) rawHeaders.push('Set-Cookie', setCookie(cookie));
  return { status: Number(http.statusCode ?? '200'), rawHeaders, body: bodyOf(http) };
}

function bodyOf({ body }: RpcHttpData): Uint8Array | undefined {
  const bytes = body?.bytes ?? (typeof body?.string === 'string' ? Buffer.from(body.string) : undefined);
  return bytes && bytes.length > 0 ? bytes : undefined;
}

const sameSite = { lax: 'lax', strict: 'strict', explicitNone: 'none' };

/** A `Set-Cookie` value as ASP.NET Core writes it: value and name percent-encoded, path `/` by default. */
function setCookie(cookie: RpcHttpCookie): string {
  const parts = [`${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`];
  if (cookie.expires) parts.push(`expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  if (cookie.maxAge) parts.push(`max-age=${Math.trunc(cookie.maxAge.value)}`);
  if (cookie.domain) parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value) parts.push('secure');
  if (cookie.sameSite && cookie.sameSite !== 'none') parts.push(`samesite=${sameSite[cookie.sameSite]}`);
  if (cookie.httpOnly?.value) parts.push('httponly');
  return parts.join('; ');
}
