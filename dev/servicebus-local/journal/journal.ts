import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { frame } from './frames.ts';
import { encodeRecord, type JournalRecord } from './records.ts';

/** About so many bytes of a snapshot are one frame and one write. */
const snapshotFrame = 1024 * 1024;

/** What the journal needs from the queues that it is the journal of. */
export interface JournalSource {
  /** The records from which everything can be built again, as it is now. */
  snapshot(): Iterable<JournalRecord>;
  /** About how many bytes a snapshot would have. */
  liveBytes(): number;
}

export interface JournalOptions {
  /** The file; `undefined` keeps nothing, so that all ends with the process. */
  readonly path: string | undefined;
  /** A file below this many bytes is not compacted while running. */
  readonly compactAboveBytes?: number;
  /** Called once when the file cannot be written. From then on no `commit` is answered. */
  readonly onFailure: (error: Error) => void;
}

/**
 * An append-only journal. Records of one `commit` are one frame; all commits of one turn of the event loop are one
 * write. The write is in the operating system's hands before anybody is told, so a killed process loses nothing; it
 * is not forced to the disk, so a machine that loses power may lose its last second.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #compactAbove: number;
  #source: JournalSource | undefined;
  #file: number | undefined;
  #fileBytes = 0;
  #group: Buffer[] = [];
  #pending: Buffer[] = [];
  #waiting: (() => void)[] = [];
  #flush: NodeJS.Immediate | undefined;
  #hasFailed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#compactAbove = options.compactAboveBytes ?? 64 * 1024 * 1024;
  }

  /** Bytes of the file. */
  get bytes(): number {
    return this.#fileBytes;
  }

  /** Begins the file anew with a snapshot of `source`. To be called once, when the queues are restored. */
  open(source: JournalSource): void {
    this.#source = source;
    if (this.#options.path !== undefined) this.#rewrite(this.#options.path, source);
  }

  record(record: JournalRecord): void {
    if (this.#file !== undefined) this.#group.push(encodeRecord(record));
  }

  /** Ends a group of records and calls `done`, always later than now, when they and all before are written. */
  commit(done?: () => void): void {
    if (this.#group.length > 0) {
      this.#pending.push(frame(this.#group));
      this.#group = [];
    }
    if (done) this.#waiting.push(done);
    if (this.#waiting.length > 0 || this.#pending.length > 0) {
      this.#flush ??= setImmediate(() => this.#flushNow());
    }
  }

  /** Writes what is left and closes the file. Waiting `done` are called. */
  close(): void {
    this.commit();
    if (this.#flush) {
      clearImmediate(this.#flush);
      this.#flushNow();
    }
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #flushNow(): void {
    this.#flush = undefined;
    if (this.#hasFailed) return;
    const pending = this.#pending;
    const waiting = this.#waiting;
    this.#pending = [];
    this.#waiting = [];
    try {
      this.#append(pending);
      this.#compactIfMostlyDead();
    } catch (thrown) {
      this.#hasFailed = true;
      this.#options.onFailure(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return;
    }
    for (const done of waiting) done();
  }

  #append(pieces: readonly Buffer[]): void {
    if (this.#file === undefined || pieces.length === 0) return;
    this.#fileBytes += writeAll(this.#file, Buffer.concat(pieces));
  }

  #compactIfMostlyDead(): void {
    if (this.#options.path === undefined || !this.#source || this.#fileBytes < this.#compactAbove) return;
    if (this.#fileBytes > 3 * this.#source.liveBytes()) this.#rewrite(this.#options.path, this.#source);
  }

  /** The old file stays in its place until the new one is complete. */
  #rewrite(path: string, source: JournalSource): void {
    const next = `${path}.next`;
    const file = openSync(next, 'w');
    let written = 0;
    let records: Buffer[] = [];
    let gathered = 0;
    for (const record of source.snapshot()) {
      const bytes = encodeRecord(record);
      records.push(bytes);
      gathered += bytes.length;
      if (gathered < snapshotFrame) continue;
      written += writeAll(file, frame(records));
      records = [];
      gathered = 0;
    }
    if (records.length > 0) written += writeAll(file, frame(records));
    renameSync(next, path);
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = file;
    this.#fileBytes = written;
  }
}

function writeAll(file: number, bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) at += writeSync(file, bytes, at);
  return bytes.length;
}
