import { describe, expect, it } from 'vitest';
import { frameReader } from '../../bench/parts/counting-wire.ts';

function frame(performative: number, payload = 0): Buffer {
  const body = Buffer.from([0, 0x53, performative, ...new Array<number>(payload).fill(0x41)]);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(header.length + body.length);
  header[4] = 2;
  return Buffer.concat([header, body]);
}

const header = Buffer.from('AMQP\u0000\u0001\u0000\u0000', 'latin1');
const empty = Buffer.from([0, 0, 0, 8, 2, 0, 0, 0]);

describe('the frames of an AMQP connection', () => {
  it.each([1, 3, 8, 1000])('are found in pieces of %i bytes, past headers and heartbeats', (size) => {
    const stream = Buffer.concat([header, frame(0x10), empty, header, frame(0x14, 70), frame(0x15), empty]);
    const found: number[] = [];
    const read = frameReader((performative) => found.push(performative));
    for (let start = 0; start < stream.length; start += size) read(stream.subarray(start, start + size));
    expect(found).toEqual([0x10, 0x14, 0x15]);
  });
});
