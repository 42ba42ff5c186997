/** A property holds 64 KiB at most. */
export const CHUNK_BYTES = 64 * 1024;
/** A row holds 1 MiB at most; what is left is for keys and small properties. */
export const MOST_CHUNKS = 15;

/**
 * Splits text into binary properties `<name>0`, `<name>1`, ... of UTF-8, with its length in bytes as `<name>Size`.
 * Bytes and not characters, so that a table cell's limit needs no thought of UTF-16, and no character is cut:
 * the chunks are joined before they are decoded. Bytes are split as they are. Throws `RangeError` for text of more than 960 KiB.
 */
export function toChunks(
  name: string,
  text: string | Uint8Array,
  chunkBytes: number = CHUNK_BYTES,
): { readonly [property: string]: Uint8Array | number } {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  if (bytes.length > MOST_CHUNKS * chunkBytes) {
    throw new RangeError(
      `"${name}" has ${bytes.length} bytes; a row holds ${MOST_CHUNKS * chunkBytes} at most: shorten it`,
    );
  }
  const properties: { [property: string]: Uint8Array | number } = { [`${name}Size`]: bytes.length };
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    properties[`${name}${start / chunkBytes}`] = bytes.subarray(start, start + chunkBytes);
  }
  return properties;
}

/** Puts the text together again; `undefined` when a chunk is missing or has the wrong length. */
export function fromChunks(name: string, row: { readonly [property: string]: unknown }): string | undefined {
  return bytesFromChunks(name, row)?.toString('utf8');
}

/** The same as bytes. */
export function bytesFromChunks(
  name: string,
  row: { readonly [property: string]: unknown },
): Buffer | undefined {
  const size = row[`${name}Size`];
  if (typeof size !== 'number') return undefined;
  const chunks: Uint8Array[] = [];
  let read = 0;
  // Chunks past the size are left-overs of a longer text that was merged over: not ours.
  while (read < size) {
    const chunk = row[`${name}${chunks.length}`];
    if (!(chunk instanceof Uint8Array) || chunk.length === 0) return undefined;
    chunks.push(chunk);
    read += chunk.length;
  }
  return read === size ? Buffer.concat(chunks) : undefined;
}
