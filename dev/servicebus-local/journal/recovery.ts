import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { DamagedJournalError, readFrame } from './frames.ts';
import { Images } from './images.ts';
import { decodeRecords } from './records.ts';

const chunkLength = 4 * 1024 * 1024;

/**
 * What the journal at `path` says; empty when there is none. A last frame that ends too early was being written when
 * the process died, and nobody was told that it is safe: it is left out. Any other damage throws
 * `DamagedJournalError`.
 */
export function recover(path: string): Images {
  const images = new Images();
  if (!existsSync(path)) return images;
  const file = openSync(path, 'r');
  try {
    readAll(file, path, images);
  } finally {
    closeSync(file);
  }
  return images;
}

function readAll(file: number, path: string, images: Images): void {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  const length = Math.min(chunkLength, fstatSync(file).size);
  for (;;) {
    const chunk = Buffer.allocUnsafe(length);
    const count = readSync(file, chunk, 0, length, null);
    if (count === 0) return;
    rest = Buffer.concat([rest, chunk.subarray(0, count)]);
    let at = 0;
    for (;;) {
      const reading = readFrame(rest.subarray(at));
      if (reading.kind === 'damaged') throw new DamagedJournalError(path, offset + at);
      if (reading.kind === 'partial') break;
      apply(reading.records, images, `${path} at byte ${offset + at}`);
      at += reading.length;
    }
    rest = rest.subarray(at);
    offset += at;
  }
}

function apply(records: Buffer, images: Images, where: string): void {
  try {
    for (const record of decodeRecords(records)) images.apply(record);
  } catch (cause) {
    throw new Error(
      `The journal ${where} is whole, and yet not understood: another version of the broker wrote it. ` +
        'Use that version, or move the file away to start with empty queues.',
      { cause },
    );
  }
}
