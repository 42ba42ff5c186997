import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameError, FrameReader, OPCODE } from '../http/websocket-frames.ts';

/** A client's frame: a server's, with the mask bit and a mask. */
function masked(payload: Buffer, mask: readonly number[], { opcode = 1, isFinal = true } = {}): Buffer {
  const plain = encodeFrame(opcode, payload);
  const header = Buffer.from(plain.subarray(0, plain.length - payload.length));
  header.writeUInt8((isFinal ? 0x80 : 0) | opcode, 0);
  header.writeUInt8(header.readUInt8(1) | 0x80, 1);
  const body = Buffer.from(payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)));
  return Buffer.concat([header, Buffer.from(mask), body]);
}

describe('frames', () => {
  it('come out as they went in, however the network cuts them', () => {
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000).map((length) => new Uint8Array(length).fill(7)),
    );
    const mask = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
    const cuts = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(payload, mask), { maxLength: 4 }), cuts, (frames, sizes) => {
        const wire = Buffer.concat(frames.map(([bytes, key]) => masked(Buffer.from(bytes), key)));
        const reader = new FrameReader(100_000);
        const seen: Buffer[] = [];
        for (let at = 0, i = 0; at < wire.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          seen.push(...reader.push(wire.subarray(at, at + size)).map((frame) => frame.payload));
          at += size;
        }
        expect(Buffer.concat(seen).equals(Buffer.concat(frames.map(([bytes]) => Buffer.from(bytes))))).toBe(
          true,
        );
        expect(seen).toHaveLength(frames.length);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['an unmasked frame', encodeFrame(OPCODE.text, Buffer.from('hi')), 1002],
    ['a reserved bit', Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 1002],
    ['a frame beyond the limit', masked(Buffer.alloc(2000), [1, 2, 3, 4]), 1009],
  ])('close the connection for %s', (_, wire, closeCode) => {
    expect(() => new FrameReader(1000).push(wire)).toThrow(FrameError);
    expect(() => new FrameReader(1000).push(wire)).toThrow(expect.objectContaining({ closeCode }));
  });
});
