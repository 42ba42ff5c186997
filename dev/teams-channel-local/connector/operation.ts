import type { FaultTarget } from '../faults/fault.ts';
import { HttpError, notFound } from '../http/errors.ts';

/** What the bot asks of the connector. `on` is what faults and limits know it by. */
export type Operation = { readonly on: FaultTarget } & (
  | { readonly kind: 'create' }
  | { readonly kind: 'send'; readonly conversationId: string }
  | {
      readonly kind: 'reply' | 'update' | 'delete';
      readonly conversationId: string;
      readonly activityId: string;
    }
  | { readonly kind: 'members' | 'pagedmembers'; readonly conversationId: string }
  | { readonly kind: 'member'; readonly conversationId: string; readonly memberId: string }
);

/**
 * Reads a method and the decoded segments after `v3/conversations`.
 *
 * Throws HttpError 404 for a path that the connector does not know, 405 for a method that the path does not take.
 */
export function readOperation(method: string | undefined, segments: readonly string[]): Operation {
  const [conversationId, what, id, rest, ...more] = segments;
  if (conversationId === undefined || conversationId === '') {
    return method === 'POST' ? { kind: 'create', on: 'create' } : methodNotAllowed(method);
  }
  if (more.length > 0 || (rest !== undefined && !(what === 'activities' && rest === 'members')))
    throw unknownPath();
  if (what === 'activities') {
    if (rest === 'members') return onGet(method, { kind: 'members', on: 'members', conversationId });
    return readActivityOperation(method, conversationId, id);
  }
  if (what === 'members') {
    if (id === undefined) return onGet(method, { kind: 'members', on: 'members', conversationId });
    return onGet(method, { kind: 'member', on: 'members', conversationId, memberId: id });
  }
  if (what === 'pagedmembers' && id === undefined) {
    return onGet(method, { kind: 'pagedmembers', on: 'members', conversationId });
  }
  throw unknownPath();
}

function readActivityOperation(
  method: string | undefined,
  conversationId: string,
  activityId: string | undefined,
): Operation {
  if (activityId === undefined) {
    return method === 'POST' ? { kind: 'send', on: 'send', conversationId } : methodNotAllowed(method);
  }
  switch (method) {
    case 'POST':
      return { kind: 'reply', on: 'send', conversationId, activityId };
    case 'PUT':
      return { kind: 'update', on: 'send', conversationId, activityId };
    case 'DELETE':
      return { kind: 'delete', on: 'send', conversationId, activityId };
    default:
      return methodNotAllowed(method);
  }
}

function onGet(method: string | undefined, operation: Operation): Operation {
  return method === 'GET' ? operation : methodNotAllowed(method);
}

function methodNotAllowed(method: string | undefined): never {
  throw new HttpError(405, 'MethodNotAllowed', `${method} is not possible here.`);
}

function unknownPath(): HttpError {
  return notFound('The connector has no such path; an id has to be percent-encoded, slashes included.');
}
