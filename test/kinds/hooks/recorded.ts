import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A request as a sender made it, and what a person must be able to read of it. */
export interface Recorded {
  readonly id: string;
  readonly sender: string;
  readonly request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly bodyBase64?: string;
  };
  readonly expect: {
    readonly title?: string | null;
    readonly texts?: readonly string[];
    readonly facts?: readonly (readonly [string | null, string])[];
    readonly links?: readonly (readonly [string | null, string])[];
    readonly images?: readonly string[];
    readonly state?: string | null;
    readonly severity?: 'critical' | 'warning' | 'good' | null;
    readonly key?: string | null;
    readonly reply: { readonly status: number | string | readonly number[]; readonly body?: string };
    readonly absent?: readonly string[];
    readonly maxShown?: number;
    readonly shown?: string;
  };
}

/** Beside the checkout, or where the environment says. */
const FOLDER =
  process.env.NOTIFIER_PAYLOADS ??
  [join('..', 'shared', 'payloads'), join('..', '..', 'shared', 'payloads')]
    .map((path) => join(fileURLToPath(new URL('../../..', import.meta.url)), path))
    .find((path) => existsSync(path));

/** Requests that were recorded of many senders; none where the folder is not there. */
export const recorded: readonly Recorded[] =
  FOLDER === undefined || !existsSync(FOLDER)
    ? []
    : readdirSync(FOLDER)
        .filter((file) => file.endsWith('.json'))
        .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded);

export function bytesOf({ request }: Recorded): Uint8Array {
  return request.bodyBase64 === undefined
    ? Buffer.from(request.body ?? '', 'utf8')
    : Buffer.from(request.bodyBase64, 'base64');
}
