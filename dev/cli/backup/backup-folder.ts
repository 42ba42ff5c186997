import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { CommandFailed } from '../command.ts';

const BACKUP = 'backup.json';
const RESTORE = 'restore.json';

const savedTable = z.strictObject({
  rows: z.int().nonnegative(),
  /** Bytes of its file that are whole. */
  bytes: z.int().nonnegative(),
  /** What asks for the page behind the last one; empty at the beginning and at the end. */
  next: z.string(),
  /** Of the whole file, when the table is whole. */
  sha256: z.string().optional(),
});
export type SavedTable = z.infer<typeof savedTable>;

const backupState = z.strictObject({
  v: z.literal(1),
  from: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  tables: z.record(z.string(), savedTable),
});
export type BackupState = z.infer<typeof backupState>;

const restoreState = z.strictObject({
  v: z.literal(1),
  to: z.string(),
  /** Lines of each table's file that are done. */
  tables: z.record(z.string(), z.int().nonnegative()),
});
export type RestoreState = z.infer<typeof restoreState>;

export const emptyTable: SavedTable = { rows: 0, bytes: 0, next: '' };

/**
 * A folder with one compressed file a table, and one that says how far each is. State is written beside and renamed, after
 * the rows that it speaks of: what ends in between is done again.
 */
export class BackupFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes the folder. Throws `CommandFailed` where something else than a backup is in it. */
  async make(): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
    const names = await readdir(this.#path);
    if (names.length > 0 && !names.includes(BACKUP)) {
      throw new CommandFailed(`${this.#path} has other files in it; name an empty or a new folder`);
    }
  }

  backup(): Promise<BackupState | undefined> {
    return this.#read(BACKUP, backupState);
  }

  saveBackup(state: BackupState): Promise<void> {
    return this.#write(BACKUP, state);
  }

  restore(): Promise<RestoreState | undefined> {
    return this.#read(RESTORE, restoreState);
  }

  saveRestore(state: RestoreState): Promise<void> {
    return this.#write(RESTORE, state);
  }

  /** Adds lines behind the first `whole` bytes of a table's file; gives how many are whole then. */
  async append(table: string, whole: number, lines: readonly string[]): Promise<number> {
    const file = this.#fileOf(table);
    const handle = await open(file, 'a', 0o600);
    try {
      // What stands behind was written by a run that ended before it could say so.
      await truncate(file, whole);
      if (lines.length === 0) return whole;
      const packed = gzipSync(`${lines.join('\n')}\n`);
      await handle.appendFile(packed);
      await handle.sync();
      return whole + packed.length;
    } finally {
      await handle.close();
    }
  }

  async hash(table: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.#fileOf(table))) hash.update(chunk);
    return hash.digest('hex');
  }

  async *lines(table: string): AsyncGenerator<string, void, undefined> {
    const input = createReadStream(this.#fileOf(table)).pipe(createGunzip());
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  }

  #fileOf(table: string): string {
    return join(this.#path, `${table}.jsonl.gz`);
  }

  async #read<T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> {
    let text: string;
    try {
      text = await readFile(join(this.#path, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      throw new CommandFailed(`${join(this.#path, name)} is not what this command wrote; was it changed?`, {
        cause,
      });
    }
  }

  async #write(name: string, state: object): Promise<void> {
    const file = join(this.#path, name);
    await writeFile(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}
