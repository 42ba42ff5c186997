import { consoleDoor, type DoorDeps } from '../../shared/console/door/door.ts';
import type { PageFiles } from '../../shared/console/door/page.ts';
import type { HookShown } from '../../shared/console/read/overview.ts';
import { readRoutes } from '../../shared/console/read-routes.ts';
import type { ConsoleRequest, ConsoleRoute } from '../../shared/console/route.ts';
import type { NotificationListing } from '../../shared/ports/event/notification-listing.ts';
import type { QueueFigure } from '../../shared/ports/queues.ts';
import { WatchedQuery } from './watched-query.ts';
import { aWorld } from './world.ts';

export const APP_HOST = 'notifier.example.com';
export const LOCAL_HOST = '127.0.0.1:7071';
export const SOMEBODY = '5b6f1a10-0000-4000-8000-000000000001';

export interface AskOptions {
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

/** A route that does nothing but remember what reached it. */
export function recorded(route: Partial<ConsoleRoute> = {}) {
  const asked: ConsoleRequest[] = [];
  const one: ConsoleRoute = {
    method: 'POST',
    path: 'things/{id}',
    role: 'operator',
    action: 'do-it',
    async answer(request) {
      asked.push(request);
      return { status: 200, body: { done: true } };
    },
    ...route,
  };
  return { asked, one };
}

/** What can be read of a world, behind the door. */
export function aConsole({
  world = aWorld(),
  signIn = 'nobody',
  routes,
  files = new Map(),
  hooks = [],
  figures = [],
  listing = world.listing,
}: {
  readonly world?: ReturnType<typeof aWorld>;
  readonly signIn?: DoorDeps['signIn'];
  /** In the place of those of the product. */
  readonly routes?: readonly ConsoleRoute[];
  readonly files?: PageFiles;
  readonly hooks?: readonly HookShown[];
  readonly figures?: readonly QueueFigure[];
  readonly listing?: NotificationListing;
} = {}) {
  let ids = 0;
  let looks = 0;
  const reading = readRoutes({
    ...world,
    listing,
    personalData: world.watch.over('personalData', world.personalData),
    ledger: world.watch.over('ledger', world.ledger),
    defaultTimeZone: 'UTC',
    requestsPerSecond: 50,
    entryOf: world.kinds.entryOf,
    topicOffers: world.offers,
    settings: [{ name: 'NOTIFIER_BURST', value: '3/60s', from: 'default', meaning: 'x' }],
    isLocal: signIn === 'nobody',
    version: '1.2.3',
    queues: async () => ({
      async figures() {
        looks += 1;
        return figures;
      },
    }),
    health: async () => ({ status: 'ok', parts: { tables: 'ok' } }),
    wait: async (delay) => world.clock.advance(delay),
    async *hooks(after = '') {
      yield* hooks.filter(({ id }) => id > after);
    },
  });
  /** The query parameters by whose names the route looked that was asked last. */
  const asked = new Set<string>();
  const watched = (routes ?? reading).map((route) => ({
    ...route,
    answer(request: ConsoleRequest) {
      asked.clear();
      return route.answer({ ...request, query: new WatchedQuery(request.query, asked) });
    },
  }));
  const deps: DoorDeps = {
    signIn,
    routes: watched,
    files: async () => files,
    audit: world.watch.over('audit', world.audit),
    newId: () => {
      ids += 1;
      return `entry-${ids}`;
    },
    clock: world.clock,
    log: world.log,
  };
  const door = consoleDoor(deps);
  const host = signIn === 'nobody' ? LOCAL_HOST : APP_HOST;

  /** As a request comes: `path` with its query, `body` as JSON unless it is text or bytes. */
  async function ask(method: string, path: string, { headers = {}, body }: AskOptions = {}) {
    const url = new URL(`http://x/api/console${path}`);
    const all = new Map(
      Object.entries({
        host,
        ...(method === 'GET' ? {} : { 'x-notifier-console': '1', 'content-type': 'application/json' }),
        ...headers,
      }).map(([name, value]) => [name.toLowerCase(), value]),
    );
    asked.clear();
    const answer = await door({
      method,
      path: url.pathname.slice('/api/console'.length),
      query: url.searchParams,
      header: (name) => all.get(name),
      body: async () => bytesOf(body),
      scheme: signIn === 'nobody' ? 'http' : 'https',
    });
    const text = typeof answer.body === 'string' ? answer.body : '';
    const isJson = /json/.test(answer.headers['content-type'] ?? '');
    return { ...answer, text, json: isJson ? asObject(JSON.parse(text)) : {}, asked: new Set(asked) };
  }
  return {
    world,
    deps,
    ask,
    askedNames: (): readonly string[] => [...asked].sort(),
    looksAtQueues: () => looks,
    routes: routes ?? reading,
    get: (path: string) => ask('GET', path),
  };
}

type Answered = { readonly [name: string]: unknown };

function asObject(value: unknown): Answered {
  if (value !== null && typeof value === 'object') return { ...value };
  throw new Error('every answer of the console is an object');
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The header as App Service writes it. */
export function principalHeader({
  objectId = SOMEBODY,
  roles = ['Notifier.Reader'],
  name = 'Ada Example',
  isLong = false,
  more = {},
}: {
  readonly objectId?: string;
  readonly roles?: readonly string[];
  readonly name?: string;
  /** Claims by their long names. */
  readonly isLong?: boolean;
  readonly more?: object;
} = {}): { readonly 'x-ms-client-principal': string } {
  const ROLE = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';
  const said = {
    auth_typ: 'aad',
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    role_typ: ROLE,
    claims: [
      {
        typ: isLong ? 'http://schemas.microsoft.com/identity/claims/objectidentifier' : 'oid',
        val: objectId,
      },
      { typ: isLong ? 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name' : 'name', val: name },
      ...roles.map((val) => ({ typ: isLong ? ROLE : 'roles', val })),
    ],
    ...more,
  };
  return { 'x-ms-client-principal': Buffer.from(JSON.stringify(said)).toString('base64') };
}
