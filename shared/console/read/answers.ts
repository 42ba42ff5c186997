import { type Fault, named } from '../../domain/fault.ts';
import type { ConsoleAnswer } from '../route.ts';

export function ok(body: unknown): ConsoleAnswer {
  return { status: 200, body };
}

/** There is nothing of this name, which stands at `path`. */
export function unknown(
  what: keyof typeof UNKNOWN,
  { path, name }: { readonly path: string; readonly name: string | undefined },
): ConsoleAnswer {
  const { title, rule } = UNKNOWN[what];
  const message = `${named(name ?? '')} ${rule}`;
  const faults = [{ path, message, rule: 'not-found', values: { name: name ?? '' } }];
  return { status: 404, code: `unknown-${what}`, title, faults };
}

const UNKNOWN = {
  notification: {
    title: 'No notification with this id was accepted',
    rule: 'names no notification that is kept; list them and take its id from there',
  },
  parked: {
    title: 'Nothing is parked under this id',
    rule: 'names nothing that is parked; somebody may have decided about it, so list what is',
  },
  person: {
    title: 'Nobody is known by this key',
    rule: 'is no key of anybody who is known; find them by name, mail or id and take their key from there',
  },
  type: {
    title: 'There is no kind of notification of this name',
    rule: 'is no kind of notification; list the kinds and take its type from there',
  },
} as const;

export function invalid(faults: readonly Fault[], code = 'invalid-request'): ConsoleAnswer {
  return { status: 400, code, title: 'The request cannot be understood', faults };
}
