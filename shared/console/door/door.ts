import { defined } from '../../domain/defined.ts';
import { QueueUnavailable } from '../../ports/queues.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute, Principal } from '../route.ts';
import type { Answered, Arrived } from './arrived.ts';
import { type AuditDeps, addressOf, audited } from './audit.ts';
import { isHeaderText, NEVER_KEPT, SAFE } from './headers.ts';
import { isForeign, isForThisMachine } from './own-origin.ts';
import { asset, type PageFiles, page } from './page.ts';
import { readBody } from './read-body.ts';
import { FOREIGN, json, NOT_FOUND, NOT_SIGNED_IN, refusal } from './refusals.ts';
import { routerOf } from './router.ts';
import { LOCAL_PRINCIPAL, PRINCIPAL_HEADER, principalOf } from './sign-in.ts';

export interface DoorDeps extends AuditDeps {
  /** By whom it is known who asks; `nobody` where nobody but this machine reaches the app. */
  readonly signIn: 'app-service' | 'nobody';
  readonly routes: readonly ConsoleRoute[];
  readonly files: () => Promise<PageFiles>;
}

export type ConsoleDoor = (arrived: Arrived) => Promise<Answered>;

const SIGN_IN: Answered = {
  status: 302,
  headers: { ...SAFE, ...NEVER_KEPT, location: '/.auth/login/aad?post_login_redirect_uri=/api/console' },
};

const NOT_ALLOWED = { code: 'not-allowed', title: 'Whoever is signed in may not do this' };

/**
 * The one way into the console. In this order: the request is for this app, and no page of another site
 * asks; somebody is signed in; there is such a route; they may; what came is bounded and JSON. Only then a route answers, and
 * a write leaves its row. Throws what a route throws that is no store or queue being away.
 */
export function consoleDoor(deps: DoorDeps): ConsoleDoor {
  const find = routerOf(deps.routes);
  const answerAudited = audited(deps);

  return async (arrived) => {
    const isLocal = deps.signIn === 'nobody';
    if (isLocal && !isForThisMachine(arrived)) return FOREIGN;
    const who = isLocal ? LOCAL_PRINCIPAL : principalOf(arrived.header(PRINCIPAL_HEADER));
    // Following a link to the page from elsewhere is no harm.
    if (arrived.method === 'GET' && (arrived.path === '' || arrived.path === '/')) {
      return who === undefined ? SIGN_IN : page(await deps.files(), arrived);
    }
    if (isForeign(arrived)) return FOREIGN;
    if (who === undefined) return NOT_SIGNED_IN;
    const name = /^\/assets\/([\w.-]{1,100})$/.exec(arrived.path)?.[1];
    if (arrived.method === 'GET' && name !== undefined) return asset(await deps.files(), name, arrived);
    return answerData(arrived, who, isLocal);
  };

  async function answerData(arrived: Arrived, who: Principal, isLocal: boolean): Promise<Answered> {
    const found = find(arrived.method, arrived.path.slice(1));
    if (found === undefined) return NOT_FOUND;
    if ('allow' in found) return methodNotAllowed(found.allow);
    const { route, params } = found;
    if (!who.roles.has(route.role)) {
      const message = `needs the app role Notifier.${route.role.charAt(0).toUpperCase()}${route.role.slice(1)}`;
      return refusal(403, {
        ...NOT_ALLOWED,
        faults: [{ path: '', message, rule: 'role', values: { role: route.role } }],
      });
    }
    const isWrite = arrived.method !== 'GET';
    if (isWrite && arrived.header('x-notifier-console') !== '1') return FOREIGN;
    const read = isWrite
      ? await readBody(arrived, arrived.path.slice(1))
      : { ok: true as const, body: undefined };
    if (!read.ok) return read.answer;
    const idempotencyKey = arrived.header('idempotency-key');
    if (idempotencyKey !== undefined && !/^[\x20-\x7e]{1,128}$/.test(idempotencyKey)) return BAD_KEY;
    const ifMatch = arrived.header('if-match');
    if (ifMatch !== undefined && !isHeaderText(ifMatch)) return BAD_MATCH;
    const request: ConsoleRequest = {
      params,
      query: arrived.query,
      body: read.body,
      who,
      ...defined({ idempotencyKey, ifMatch }),
    };
    try {
      return answered(await answerAudited(route, request, isLocal ? 'local' : addressOf(arrived)));
    } catch (cause) {
      // Whoever asked may ask again; anything else is a fault, and the host says that there was one.
      if (cause instanceof StoreUnavailable || cause instanceof QueueUnavailable) return AWAY;
      throw cause;
    }
  }
}

function answered(answer: ConsoleAnswer): Answered {
  if ('code' in answer) return refusal(answer.status, answer);
  const { status, body, etag } = answer;
  return json(status, body, etag !== undefined && isHeaderText(etag) ? { etag } : {});
}

function methodNotAllowed(allow: readonly string[]): Answered {
  const methods = allow.join(', ');
  return refusal(
    405,
    {
      code: 'method-not-allowed',
      title: 'The address takes other methods',
      faults: [{ path: '', message: `must be ${methods}` }],
    },
    { allow: methods },
  );
}

const BAD_KEY = refusal(400, {
  code: 'invalid-request',
  title: 'The key is none',
  faults: [{ path: 'Idempotency-Key', message: 'must have 1 to 128 printable ASCII characters' }],
});

const BAD_MATCH = refusal(400, {
  code: 'invalid-request',
  title: 'The version is none',
  faults: [{ path: 'If-Match', message: 'must be what ETag said' }],
});

const AWAY = refusal(
  503,
  {
    code: 'unavailable',
    title: 'A store or a queue does not answer',
    faults: [{ path: '', message: 'ask again in a few seconds', rule: 'away' }],
  },
  { 'retry-after': '5' },
);
