import { type ConsoleAnswer, type ConsoleRequest, ROLES, type Role } from '../../shared/console/route.ts';
import { writeRoutes } from '../../shared/console/write-routes.ts';
import { catalog } from '../../shared/kinds/catalog.ts';
import { revokeHook } from '../../shared/kinds/hooks/revoke-hook.ts';
import { publishEvents } from '../../shared/use-cases/intake/publish-events.ts';
import { erasePerson } from '../../shared/use-cases/people/erase-person.ts';
import { resolvePerson } from '../../shared/use-cases/people/resolve-person.ts';
import { replayParked } from '../../shared/use-cases/upkeep/replay-parked.ts';
import type { aWorld } from './world.ts';

export const ADA = { name: 'Ada', objectId: '0a000000-0000-4000-8000-000000000001' };

interface Asked {
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly role?: Role;
  readonly who?: { readonly name: string; readonly objectId?: string };
}

/** The write half of the console over a world, as somebody asks it who came through its door. */
export function aWriteConsole(
  world: ReturnType<typeof aWorld>,
  { isLocal = false }: { readonly isLocal?: boolean } = {},
) {
  const { deliveries, events, jobs } = world;
  const messages = { putBackMessage: async () => undefined };
  const deps = {
    ...world,
    requestsPerSecond: 50,
    defaultTimeZone: 'UTC',
  };
  let ids = 0;
  const routes = writeRoutes({
    ...deps,
    isLocal,
    newId: () => {
      ids += 1;
      return `draft-${ids}`;
    },
    publish: publishEvents({ events, kinds: catalog, clock: world.clock }),
    replay: replayParked({ ...deps, deliveries, events, messages }),
    resolvePerson: resolvePerson(deps),
    erasePerson: erasePerson({ ...deps, jobs: async () => jobs }),
    revokeHook: async (id) => (await revokeHook(world, id))?.value,
  });

  /** @param asked `PUT audiences/release?limit=1` */
  async function ask(
    asked: string,
    { body, ifMatch, key, role = 'operator', who = ADA }: Asked = {},
  ): Promise<ConsoleAnswer> {
    const [method = '', address = ''] = asked.split(' ');
    const { pathname, searchParams } = new URL(`https://notifier/${address}`);
    const parts = pathname.slice(1).split('/').map(decodeURIComponent);
    for (const route of routes) {
      const names = route.path.split('/');
      const fits =
        route.method === method &&
        names.length === parts.length &&
        names.every((name, index) => name.startsWith('{') || name === parts[index]);
      if (!fits) continue;
      if (ROLES.indexOf(role) < ROLES.indexOf(route.role)) throw new Error(`"${role}" may not ask ${asked}`);
      const params = Object.fromEntries(
        names.flatMap((name, index) =>
          name.startsWith('{') ? [[name.slice(1, -1), parts[index] ?? '']] : [],
        ),
      );
      const roles = new Set(ROLES.slice(0, ROLES.indexOf(role) + 1));
      const request: ConsoleRequest = {
        params,
        query: searchParams,
        body,
        who: { ...who, roles },
        ...(ifMatch === undefined ? {} : { ifMatch }),
        ...(key === undefined ? {} : { idempotencyKey: key }),
      };
      return route.answer(request);
    }
    throw new Error(`the console has no route for ${asked}`);
  }

  /** What was published goes its way. */
  async function settle(): Promise<void> {
    for (const taken of events.takeAll()) {
      if ('event' in taken) await world.publish(taken.event);
      else await world.accept({ envelope: JSON.parse(taken.original), ...taken, at: world.clock.now() });
    }
    await world.run();
  }

  return { ask, routes, settle };
}
