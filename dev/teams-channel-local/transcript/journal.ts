import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type JournalRecord, parseRecord } from './journal-record.ts';

/** Where the channel keeps what has to survive its end. */
export interface Journal {
  /** Safe from the death of the process (not of the machine) when it returns. Throws when the disk refuses. */
  append(record: JournalRecord): void;
}

/** Remembers nothing: the channel lives in memory. */
export const NO_JOURNAL: Journal = { append: () => {} };

const FILE_NAME = 'channel.jsonl';
/** A file is written anew when it has grown by this many lines and is mostly out of date. */
const REWRITE_AFTER_LINES = 50_000;

/** A file of JSON lines that only grows, and is written anew when most of it is out of date. */
export class FileJournal implements Journal {
  readonly #path: string;
  /** What a new file would hold: the state as it is now. */
  readonly #snapshot: () => Iterable<JournalRecord>;
  #file: number;
  #isClosed = false;
  #linesSinceRewrite = 0;
  #linesInSnapshot = 0;

  private constructor(path: string, snapshot: () => Iterable<JournalRecord>) {
    this.#path = path;
    this.#snapshot = snapshot;
    this.#file = openSync(path, 'a');
  }

  /** The records of an earlier life, oldest first. A torn last line is what a killed process leaves; it is dropped. */
  static read(directory: string): { records: JournalRecord[]; unreadable: number } {
    mkdirSync(directory, { recursive: true });
    const text = readIfThere(join(directory, FILE_NAME));
    const lines = text.split('\n');
    lines.pop();
    const records = lines.flatMap((line) => parseRecord(line) ?? []);
    return { records, unreadable: lines.length - records.length };
  }

  /** Starts a new file with the present state, in place of the one that was read. */
  static open(directory: string, snapshot: () => Iterable<JournalRecord>): FileJournal {
    const journal = new FileJournal(join(directory, FILE_NAME), snapshot);
    journal.#rewrite();
    return journal;
  }

  append(record: JournalRecord): void {
    // What was still under way when the channel closed belongs to nobody; the number may be another file by now.
    if (this.#isClosed) return;
    writeSync(this.#file, `${JSON.stringify(record)}\n`);
    this.#linesSinceRewrite++;
    if (this.#linesSinceRewrite > Math.max(REWRITE_AFTER_LINES, 4 * this.#linesInSnapshot)) this.#rewrite();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#file);
  }

  #rewrite(): void {
    const lines = [];
    for (const record of this.#snapshot()) lines.push(`${JSON.stringify(record)}\n`);
    const next = `${this.#path}.new`;
    writeFileSync(next, lines.join(''));
    closeSync(this.#file);
    renameSync(next, this.#path);
    this.#file = openSync(this.#path, 'a');
    this.#linesInSnapshot = lines.length;
    this.#linesSinceRewrite = 0;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
