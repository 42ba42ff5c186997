import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** Of a body after decompression. */
export const MOST_BODY_BYTES = 1024 * 1024;

export type Inflated =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable' };

const limits = { maxOutputLength: MOST_BODY_BYTES };

/** The body as it was before its sender compressed it; unpacks no more than the limit, whatever it claims. */
export function inflated(body: Uint8Array, contentEncoding: string | undefined): Inflated {
  if (body.length > MOST_BODY_BYTES) return { kind: 'too-large' };
  const encoding = (contentEncoding ?? '').trim().toLowerCase();
  try {
    switch (encoding) {
      case '':
      case 'identity':
        return { kind: 'bytes', bytes: body };
      case 'gzip':
      case 'x-gzip':
        return { kind: 'bytes', bytes: gunzipSync(body, limits) };
      case 'deflate':
        return { kind: 'bytes', bytes: deflated(body) };
      case 'br':
        return { kind: 'bytes', bytes: brotliDecompressSync(body, limits) };
      default:
        return { kind: 'unreadable' };
    }
  } catch (cause) {
    // Not what it says that it is, or a bomb: the sender is told, and nothing comes of it.
    const isBomb =
      cause instanceof RangeError || (cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return { kind: isBomb ? 'too-large' : 'unreadable' };
  }
}

/** With or without the frame that the word promises: senders do both. */
function deflated(body: Uint8Array): Uint8Array {
  const isFramed =
    body.length > 1 && ((body[0] ?? 0) & 15) === 8 && (((body[0] ?? 0) << 8) | (body[1] ?? 0)) % 31 === 0;
  return isFramed ? inflateSync(body, limits) : inflateRawSync(body, limits);
}
