import * as z from 'zod/mini';
import { endSession } from '../shell/session.ts';
import { Problem } from './problem.ts';
import { faultsShape } from './shapes.ts';

// The page's policy forbids code that is made at run time, which the parser would try otherwise.
z.config({ jitless: true });

const BASE = '/api/console/';

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Answered<T> {
  readonly value: T;
  readonly etag?: string;
}

const problemShape = z.object({
  title: z.optional(z.string()),
  code: z.optional(z.string()),
  error: z.optional(z.string()),
  faults: faultsShape,
});

/**
 * Asks the console's own server. Throws `Problem`: what was refused, `unreachable` where nobody answers, `unexpected-answer`
 * where the answer is none that the page knows. A 401 ends the session for the whole page.
 */
export async function ask<T>(path: string, shape: z.ZodMiniType<T>, asked: Asked = {}): Promise<Answered<T>> {
  const response = await send(path, asked);
  const text = await response.text();
  if (!response.ok) throw refused(response.status, text);
  const found = shape.safeParse(text === '' ? {} : parsed(text));
  if (!found.success) {
    const [issue] = found.error.issues;
    const where = issue === undefined ? '' : ` (${issue.path.join('.') || '/'}: ${issue.message})`;
    throw new Problem({
      status: response.status,
      code: 'unexpected-answer',
      title: `${asked.method ?? 'GET'} ${path}${where}`,
    });
  }
  const etag = response.headers.get('etag');
  return { value: found.data, ...(etag === null ? {} : { etag }) };
}

/** What a call answers that says nothing. */
export const nothing = z.unknown();

async function send(path: string, { method = 'GET', body, ifMatch, idempotencyKey, signal }: Asked) {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') {
    headers.set('Content-Type', 'application/json');
    headers.set('X-Notifier-Console', '1');
  }
  if (ifMatch !== undefined) headers.set('If-Match', ifMatch);
  if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey);
  try {
    return await fetch(BASE + path, {
      method,
      headers,
      body: method === 'GET' ? null : JSON.stringify(body ?? {}),
      signal: signal ?? null,
      credentials: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem({
      status: 0,
      code: 'unreachable',
      title: error instanceof Error ? error.message : 'no answer',
    });
  }
}

function refused(status: number, text: string): Problem {
  if (status === 401) endSession();
  const found = problemShape.safeParse(parsed(text));
  const said = found.success ? found.data : {};
  return new Problem({
    status,
    code: said.code ?? said.error ?? `http-${status}`,
    title: said.title ?? `HTTP ${status}`,
    faults: said.faults ?? [],
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever stands between page and server may answer with a page of its own: it is no JSON, and named by its status.
    return undefined;
  }
}

/** `a/{x}` with the values in it, each as one segment. */
export function pathOf(path: string, query: { readonly [name: string]: string | undefined } = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
