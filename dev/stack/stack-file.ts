import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Addresses } from './addresses.ts';

const stackFile = z.object({
  /** Process id of the stack's supervisor. */
  pid: z.int().positive(),
  functions: z.string(),
  botEndpoint: z.string(),
  serviceBus: z.string(),
  tables: z.string(),
  tableEndpoint: z.string(),
  storage: z.string().optional(),
  channel: z.string().optional(),
  queues: z.array(z.string()),
  /** Of events that the running app knows. */
  types: z.array(z.string()),
});

/** Addresses of a running stack, as other programs on this machine find them in `<data>/stack.json`. */
export type StackFile = z.infer<typeof stackFile>;

/** Another stack works in this data folder: two would write over each other's files. */
class DataDirInUse extends Error {}

/** Throws DataDirInUse when a running stack has this data folder; a file that a dead one left does not count. */
export async function refuseSharedDataDir(dataDir: string): Promise<void> {
  const other = await readStackFile(dataDir);
  if (other) {
    throw new DataDirInUse(
      `Another stack (process ${other.pid}, ${other.functions}) works in ${dataDir}; stop it, or give this one a folder of its own with --data DIR.`,
    );
  }
}

/** The stack that runs on this data folder, if there is one. */
export async function readStackFile(dataDir: string): Promise<StackFile | undefined> {
  const path = filePath(dataDir);
  if (!existsSync(path)) return undefined;
  const parsed = stackFile.safeParse(parseJson(await readFile(path, 'utf8')));
  return parsed.success && isAlive(parsed.data.pid) && (await answers(parsed.data)) ? parsed.data : undefined;
}

export async function writeStackFile(
  dataDir: string,
  content: {
    readonly addresses: Addresses;
    readonly queues: readonly string[];
    readonly types: readonly string[];
  },
): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = { pid: process.pid, ...content.addresses, queues: content.queues, types: content.types };
  await writeFile(filePath(dataDir), `${JSON.stringify(file, null, 2)}\n`);
}

export async function removeStackFile(dataDir: string): Promise<void> {
  await rm(filePath(dataDir), { force: true });
}

function filePath(dataDir: string): string {
  return join(dataDir, 'stack.json');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A half-written file says nothing of a stack.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The process id alone may have gone to another program meanwhile. */
async function answers({ functions, storage, tableEndpoint }: StackFile): Promise<boolean> {
  try {
    // Where Core Tools run the functions they may not be there yet.
    await fetch(storage === undefined ? `${functions}/api/health` : tableEndpoint, {
      signal: AbortSignal.timeout(2000),
    });
    return true;
  } catch {
    // Nobody listens there, or not within two seconds: the file is left over.
    return false;
  }
}
