import { defined } from '../../domain/defined.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Answered } from './arrived.ts';
import { NEVER_KEPT, SAFE } from './headers.ts';

/** What the console answers to what it refuses: as every end point of ours, RFC 9457. */
export function refusal(
  status: number,
  {
    code,
    title,
    faults = [],
  }: { readonly code: string; readonly title: string; readonly faults?: readonly Fault[] },
  headers: { readonly [name: string]: string } = {},
): Answered {
  return json(
    status,
    { type: `urn:notifier:problem:${code}`, title, status, code, faults, error: code },
    { 'content-type': 'application/problem+json', ...headers },
  );
}

/** An answer with data. */
export function json(
  status: number,
  body: unknown,
  headers: { readonly [name: string]: string } = {},
): Answered {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return {
    status,
    headers: {
      ...SAFE,
      ...NEVER_KEPT,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...defined({ body: text }),
  };
}

export const NO_CONSOLE = refusal(404, {
  code: 'not-found',
  title: 'There is no console here: NOTIFIER_CONSOLE is off, or the app has no sign-in',
});

export const NOT_FOUND = refusal(404, {
  code: 'not-found',
  title: 'The console has nothing under this address',
});

export const NOT_SIGNED_IN = refusal(401, {
  code: 'not-signed-in',
  title: 'Nobody is signed in',
  faults: [
    { path: '', message: 'sign in at /.auth/login/aad, or send a token of az account get-access-token' },
  ],
});

export const FOREIGN = refusal(403, {
  code: 'foreign-origin',
  title: 'Only pages of the console itself may ask',
  faults: [
    {
      path: '',
      message:
        "Host must be one of the app's own names, Origin and Sec-Fetch-Site, where they are sent, must be its own, and what changes anything needs the header X-Notifier-Console: 1",
    },
  ],
});
