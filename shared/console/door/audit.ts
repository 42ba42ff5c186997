import { isConversationKey } from '../../domain/ids.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { AuditEntry, AuditTrail } from '../../ports/audit-trail.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import type { Arrived } from './arrived.ts';

export interface AuditDeps {
  readonly audit: AuditTrail;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Has a route answer, and leaves a row of who had it do what. The row is written first: where it cannot be, nothing is done.
 * What became of it is added afterwards; where that cannot be written the row says that something was begun.
 */
export function audited(deps: AuditDeps) {
  return async (
    { action, path, answer }: ConsoleRoute,
    request: ConsoleRequest,
    from: string,
  ): Promise<ConsoleAnswer> => {
    if (action === undefined) return answer(request);
    const entry: AuditEntry = {
      id: deps.newId(),
      at: deps.clock.now(),
      who: request.who.objectId ?? 'local',
      action,
      what: whatOf(path, request),
      from,
    };
    await deps.audit.beginEntry(entry);
    let answered: ConsoleAnswer;
    try {
      answered = await answer(request);
    } catch (cause) {
      // Whoever asked is told that it failed; some of it may have been done.
      await end(entry, 'failed');
      throw cause;
    }
    await end({ ...entry, what: withMade(entry.what, answered) }, outcomeOf(answered));
    return answered;
  };

  async function end(entry: AuditEntry, outcome: string): Promise<void> {
    deps.log.info('console.wrote', { action: entry.action, by: entry.who, outcome });
    try {
      await deps.audit.endEntry({ ...entry, outcome });
    } catch (cause) {
      // It was done, and whoever asked is told so: the row says that it was begun, this line what became of it.
      deps.log.warn('console.unrecorded', {
        action: entry.action,
        by: entry.who,
        outcome,
        cause: String(cause),
      });
    }
  }
}

/** `done`, where anything was; of many at once nothing may have been. */
function outcomeOf(answered: ConsoleAnswer): string {
  if ('code' in answered) return answered.code;
  return isJsonObject(answered.body) && answered.body.done === 0 ? 'nothing-done' : 'done';
}

/** What may stand in the place of `{name}`; anything else that was asked for may be a person's name or mail. */
const SHOWN: { readonly [name: string]: (value: string) => boolean } = {
  key: isConversationKey,
  id: (value) => /^[\w-]{8,64}$/.test(value),
  // Of an audience: a name as topics have one. A mail is none that is shown.
  name: (value) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N} /._-]{0,99}$/u.test(value),
};
const MOST_IDS = 5;

/** `people/<key>?dryRun=1`, `parked/replay reason=exhausted`. */
function whatOf(path: string, { params, query, body }: ConsoleRequest): string {
  const named = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = Object.hasOwn(params, name) ? (params[name] ?? '') : '';
    return Object.hasOwn(SHOWN, name) && SHOWN[name]?.(value) === true ? value : `(no ${name})`;
  });
  const flags = ['dryRun', 'recall'].filter((name) => query.get(name) === '1').map((name) => `${name}=1`);
  const asked = flags.length === 0 ? named : `${named}?${flags.join('&')}`;
  return [asked, ...detailsOf(body)].join(' ');
}

/** Of many at once: which. */
function detailsOf(body: unknown): readonly string[] {
  if (!isJsonObject(body)) return [];
  const { reason, ids, dryRun } = body;
  const all: readonly unknown[] = Array.isArray(ids) ? ids : [];
  const shown = all.filter((id): id is string => typeof id === 'string' && /^[\w-]{8,64}$/.test(id));
  return [
    ...(dryRun === true ? ['dryRun'] : []),
    ...(typeof reason === 'string' && /^[a-z-]{1,40}$/.test(reason) ? [`reason=${reason}`] : []),
    ...(all.length === 0 ? [] : [`${all.length} ids: ${shown.slice(0, MOST_IDS).join(' ')}`]),
  ];
}

/** The id of what was made, where something was. */
function withMade(what: string, answered: ConsoleAnswer): string {
  if ('code' in answered || !isJsonObject(answered.body)) return what;
  const { id } = answered.body;
  return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) && !what.includes(id) ? `${what} ${id}` : what;
}

/**
 * Where a request comes from: the last of `X-Forwarded-For` is the platform's own word, all before it are the sender's.
 */
export function addressOf({ header }: Pick<Arrived, 'header'>): string {
  const last = header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const address = last
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^\[([\da-f:.]+)\](:\d+)?$/i, '$1');
  return /^[\da-f.:]{2,45}$/i.test(address) ? address : 'unknown';
}
