import type { Fault } from '../../domain/fault.ts';
import type { ConsoleAnswer } from '../route.ts';

export function ok(body: unknown): ConsoleAnswer {
  return { status: 200, body };
}

/** There is nothing of this name; `code` begins with `unknown-`. */
export function unknown(code: `unknown-${string}`, title: string): ConsoleAnswer {
  return { status: 404, code, title, faults: [] };
}

export function invalid(faults: readonly Fault[], code = 'invalid-request'): ConsoleAnswer {
  return { status: 400, code, title: 'The request cannot be understood', faults };
}
