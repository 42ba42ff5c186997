import { BrokerError } from '../broker-error.ts';

/**
 * A lock token travels as the delivery tag in the byte order of a .NET Guid (the first three groups reversed), and in
 * requests to `$management` in plain order.
 */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** The delivery tag of a token (32 hex digits). */
export function tagOfToken(token: string): Buffer {
  return swap(Buffer.from(token, 'hex'));
}

/** The token that a delivery tag stands for. */
export function tokenOfTag(tag: Buffer | string): string {
  return swap(typeof tag === 'string' ? Buffer.from(tag) : tag).toString('hex');
}

function swap(bytes: Buffer): Buffer {
  if (bytes.length !== guidOrder.length) {
    const { length } = bytes;
    throw new BrokerError(
      'com.microsoft:argument-error',
      `A lock token has 16 bytes, this one has ${length}.`,
    );
  }
  const swapped = Buffer.allocUnsafe(guidOrder.length);
  for (const [to, from] of guidOrder.entries()) swapped[to] = bytes[from] ?? 0;
  return swapped;
}
