import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, fromChunks, MOST_CHUNKS, toChunks } from '../../../shared/adapters/table/row/fields.ts';

describe('text in chunks', () => {
  it('comes back as it was, wherever a chunk ends', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (text, chunkBytes) => {
          const bytes = Buffer.byteLength(text);
          fc.pre(bytes <= MOST_CHUNKS * chunkBytes);
          const chunks = toChunks('data', text, chunkBytes);
          expect(fromChunks('data', chunks)).toBe(text);
          const lengths = Object.values(chunks).flatMap((part) =>
            typeof part === 'number' ? [] : [part.length],
          );
          expect(lengths).toHaveLength(Math.ceil(bytes / chunkBytes));
          expect(lengths.every((length) => length >= 1 && length <= chunkBytes)).toBe(true);
        },
      ),
    );
  });

  it('comes back when it is JSON of any text, halves of surrogate pairs included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string(), (text, name) => {
        const json = JSON.stringify({ [name]: text });
        const chunks = toChunks('data', json, 64);
        expect(JSON.parse(fromChunks('data', chunks) ?? '')).toEqual({ [name]: text });
      }),
    );
  });

  it('is not mixed with what a longer text left behind', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (first, second) => {
        const merged = { ...toChunks('data', first, 16), ...toChunks('data', second, 16) };
        expect(fromChunks('data', merged)).toBe(Buffer.from(second).toString());
      }),
    );
  });

  it('is unreadable when a chunk is missing, too long or too short', () => {
    const chunks = toChunks('data', 'twelve bytes', 5);
    expect(Object.keys(chunks)).toEqual(['dataSize', 'data0', 'data1', 'data2']);
    const { data1: _lost, ...others } = chunks;
    expect(fromChunks('data', others)).toBeUndefined();
    expect(fromChunks('data', { ...chunks, data2: Buffer.from('longer') })).toBeUndefined();
    expect(fromChunks('data', { ...chunks, data2: Buffer.from('') })).toBeUndefined();
    expect(fromChunks('data', {})).toBeUndefined();
  });

  it('fills a row to 960 KiB and not beyond', () => {
    const most = 'x'.repeat(MOST_CHUNKS * CHUNK_BYTES);
    expect(Object.keys(toChunks('data', most))).toHaveLength(1 + MOST_CHUNKS);
    expect(() => toChunks('data', `${most}x`)).toThrow(RangeError);
  });
});
