import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { consolePaths } from '../../dev/api/console-paths.ts';
import { apiDocuments } from '../../dev/api/documents.ts';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput, toResponse } from '../../dev/functions-local/inputs.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { aConversation, anEvent } from '../support/builders.ts';
import { closedSchema, closedSchemas } from '../support/closed-schemas.ts';
import { APP_HOST, aConsole, principalHeader } from '../support/console.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { aWorld } from '../support/world.ts';

const operation = z.object({
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(
    z.string(),
    z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
  ),
});
const openapi = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), operation)),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  })
  .parse(parse(apiDocuments()[0]?.text ?? ''));
const documented = Object.entries(openapi.paths).filter(
  ([path, { get }]) => Object.hasOwn(consolePaths, path) && get !== undefined,
);

const faultsOf = schemaFaults(closedSchemas(openapi.components));

describe('the console behind docs/api/openapi.yaml', () => {
  const world = aWorld();
  const ada = aConversation();
  const parkedId = 'p'.repeat(43);
  let core: FunctionsCore;
  let notification = '';
  let askedNames: () => readonly string[] = () => [];
  let isAway = false;

  beforeAll(async () => {
    const hooks = [{ id: 'h'.repeat(16), name: 'ci', conversation: ada.key, createdAt: 0, lastUsedAt: 1 }];
    const figures = [{ queue: 'events', waiting: 2, oldestAt: 0, deadLetters: 1, atLeast: true as const }];
    const made = aConsole({ world, signIn: 'app-service', hooks, figures });
    const { deps } = made;
    askedNames = made.askedNames;
    core = createFunctionsCore();
    await core.load(async () => {
      const [{ app }, { operatorsConsole }] = await Promise.all([
        import('@azure/functions'),
        import('../../functions/console.ts'),
      ]);
      const routes = deps.routes.map((route) => ({
        ...route,
        answer: (request: Parameters<typeof route.answer>[0]) =>
          isAway ? Promise.reject(new StoreUnavailable('get', new Error())) : route.answer(request),
      }));
      app.http('console', { handler: operatorsConsole({ ...deps, routes }) });
      app.http('none', { handler: operatorsConsole(undefined) });
    });
    await world.knows(ada);
    await world.publish(
      anEvent({ id: 'e1', data: { to: [{ conversation: ada.key }, { user: 'x' }], text: 'hi' } }),
    );
    await world.run();
    await world.publish(
      anEvent({ id: 'e2', data: { to: { conversation: ada.key }, text: 'still running' } }),
    );
    const item = {
      id: parkedId,
      reason: 'unknown-type',
      faults: [],
      original: '{"type":"x"}',
      kind: 'event',
    } as const;
    await world.parking.parkItem({ ...item, parkedAt: world.clock.now() });
    const entry = {
      id: 'entry-1',
      at: world.clock.now(),
      who: 'local',
      action: 'x',
      what: 'y',
      from: 'local',
    };
    await world.audit.beginEntry(entry);
    const { items } = z
      .object({ items: z.array(z.object({ id: z.string() })) })
      .parse((await asked('/console/notifications')).body);
    notification = items.at(-1)?.id ?? '';
  });
  afterAll(() => core.terminate());

  async function asked(path: string, headers: { readonly [name: string]: string } = principalHeader()) {
    const input = httpInput({
      url: `https://${APP_HOST}/api${path}`,
      headers: { host: APP_HOST, ...headers },
    });
    const response = toResponse(await core.invoke('console', input));
    const body: unknown = await response.json();
    return { status: response.status, type: response.headers.get('content-type'), body };
  }

  const filled = (path: string, is: 'known' | 'unknown') => {
    const known: { readonly [name: string]: string } = {
      '/console/notifications/{id}': notification,
      '/console/notifications/{id}/recipients': notification,
      '/console/parked/{id}': parkedId,
      '/console/schema/{type}': 'build.finished',
    };
    const value = is === 'known' ? (known[path] ?? ada.key) : 'nobody';
    return path.replace(/\{\w+\}/, value).replace(/people$/, 'people?text=ad');
  };

  function expectDocumented(path: string, { status, type, body }: Awaited<ReturnType<typeof asked>>) {
    const [documentedType = '', { schema } = { schema: undefined }] =
      Object.entries(openapi.paths[path]?.get?.responses[String(status)]?.content ?? {})[0] ?? [];
    expect([path, status, type]).toEqual([path, status, documentedType]);
    expect([path, faultsOf(schema && closedSchema(schema), body)]).toEqual([path, []]);
  }

  it('documents every route that can be read, with the role that it asks for, and no other', () => {
    const { routes } = aConsole();
    const served = routes
      .filter(({ method }) => method === 'GET')
      .map(({ path, role }) => `/console/${path}: ${role}`);
    const named = documented.map(([path, { get }]) => `${path}: ${get?.security?.[0]?.console}`);
    expect(named.sort()).toEqual(served.sort());
  });

  it.each(documented.map(([path, { get }]) => ({ path, parameters: get?.parameters ?? [] })))(
    'documents the parameters that $path knows, and no other',
    async ({ path, parameters }) => {
      expect((await asked(filled(path, 'known'))).status).toBe(200);
      const names = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
      expect(names('query').sort()).toEqual(askedNames());
      const { properties } = Object(
        Object.values(openapi.paths[path]?.get?.responses[200]?.content ?? {})[0]?.schema,
      );
      expect(Object.hasOwn(Object(properties), 'continuation')).toBe(names('query').includes('continuation'));
      expect(names('path').map((name) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    },
  );

  it.each(documented.map(([path]) => path))(
    'answers %s as documented, with fields that are',
    async (path) => {
      const answer = await asked(filled(path, 'known'));
      expect([path, answer.status]).toEqual([path, 200]);
      expectDocumented(path, answer);
    },
  );

  it.each(documented.map(([path, { get }]) => ({ path, statuses: Object.keys(get?.responses ?? {}) })))(
    'refuses $path as documented',
    async ({ path, statuses }) => {
      const refusals = new Map([
        [400, () => asked(`${filled(path, 'known').replace(/\?.*/, '')}?limit=x&language=x`)],
        [401, () => asked(filled(path, 'known'), {})],
        [403, () => asked(filled(path, 'known'), principalHeader({ roles: [] }))],
        [404, () => asked(filled(path, 'unknown'))],
      ]);
      for (const [status, ask] of refusals) {
        if (!statuses.includes(String(status))) continue;
        const answer = await ask();
        expect([path, answer.status]).toEqual([path, status]);
        expectDocumented(path, answer);
      }
      isAway = true;
      const answer = await asked(filled(path, 'known'));
      isAway = false;
      expect(answer.status).toBe(503);
      expectDocumented(path, answer);
    },
  );

  it('is not there where it is not set up: 404 for everything', async () => {
    for (const path of ['', '/', '/me', '/assets/console.js']) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        const headers = { host: APP_HOST, ...principalHeader({ roles: ['Notifier.Operator'] }) };
        const input = httpInput({ method, url: `https://${APP_HOST}/api/console${path}`, headers });
        const response = toResponse(await core.invoke('none', input));
        expect([path, method, response.status]).toEqual([path, method, 404]);
        expect(await response.json()).toMatchObject({ code: 'not-found' });
      }
    }
  });
});
