import type { Fault } from '../domain/fault.ts';

/** What somebody may do in the console; each may do what those before it may. */
export const ROLES = ['reader', 'author', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. */
export interface Principal {
  /** As people read it: a name or a mail. */
  readonly name: string;
  /** Their Entra object id, in small letters; absent on the local stack, which asks nobody to sign in. */
  readonly objectId?: string;
  readonly roles: ReadonlySet<Role>;
}

/** A request of the console behind its door: who asks may do so, and what came is bounded and is JSON. */
export interface ConsoleRequest {
  /** What the path has in the place of `{name}`, decoded. */
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  /** The body as JSON; `undefined` where there was none. Nobody has looked at it yet. */
  readonly body: unknown;
  readonly who: Principal;
  /** `If-Match`: the version that a change is about. */
  readonly ifMatch?: string;
  /** `Idempotency-Key`: the same write again has the same effect once, another one is refused. 1 to 128 printable ASCII characters. */
  readonly idempotencyKey?: string;
}

export type ConsoleAnswer =
  | { readonly status: 200 | 201 | 202 | 204; readonly body?: unknown; readonly etag?: string }
  | {
      readonly status: 400 | 403 | 404 | 409 | 412 | 413 | 422 | 428 | 429;
      /** Stable, in small letters with hyphens. */
      readonly code: string;
      readonly title: string;
      readonly faults: readonly Fault[];
    };

/** One thing that can be asked of the console. */
export interface ConsoleRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/console/`, with `{name}` for what varies. */
  readonly path: string;
  /** The least that somebody must be to ask. */
  readonly role: Role;
  /** What the audit says of a write: an action in small letters. A route without it changes nothing. */
  readonly action?: string;
  readonly answer: (request: ConsoleRequest) => Promise<ConsoleAnswer>;
}
