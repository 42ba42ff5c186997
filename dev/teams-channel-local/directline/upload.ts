import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { readBody } from '../http/body.ts';
import { badRequest } from '../http/errors.ts';

/** A file that somebody attached to a message. */
export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** Files are for the bot to fetch while it works on the message; the oldest are forgotten beyond this many. */
const RETAINED_FILES = 100;

/** Uploaded files, in memory. */
export class Uploads {
  readonly #files = new Map<string, UploadedFile>();

  /** Keeps a file and gives the path under which the channel serves it. */
  keep(file: UploadedFile): string {
    const id = randomUUID();
    this.#files.set(id, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size > RETAINED_FILES && oldest !== undefined) this.#files.delete(oldest);
    return `attachments/${id}/${encodeURIComponent(file.name)}`;
  }

  get(id: string): UploadedFile | undefined {
    return this.#files.get(id);
  }
}

/**
 * Reads a Direct Line upload: a part `activity` (JSON, may be absent) and any number of parts `file`; or one file as
 * the whole body.
 *
 * Throws HttpError 400 for what is neither.
 */
export async function readUpload(
  req: IncomingMessage,
): Promise<{ activity: unknown; files: UploadedFile[] }> {
  const contentType = req.headers['content-type'] ?? 'application/octet-stream';
  const content = await readBody(req);
  if (!contentType.startsWith('multipart/form-data')) {
    const [, name = 'file'] = /filename="?([^";]+)"?/.exec(req.headers['content-disposition'] ?? '') ?? [];
    return { activity: undefined, files: [{ name, contentType, content }] };
  }
  const form = await new Response(new Uint8Array(content), { headers: { 'Content-Type': contentType } })
    .formData()
    .catch(() => {
      throw badRequest('The body is not the multipart/form-data that its content type announces.');
    });
  let activity: unknown;
  const files: UploadedFile[] = [];
  for (const [field, part] of form.entries()) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
    if (field === 'activity') activity = parseActivity(bytes);
    else if (typeof part !== 'string')
      files.push({ name: part.name, contentType: part.type, content: bytes });
  }
  return { activity, files };
}

function parseActivity(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badRequest('The part `activity` is not JSON.');
  }
}
