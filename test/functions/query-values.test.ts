import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { apiDocuments } from '../../dev/api/documents.ts';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput, toResponse } from '../../dev/functions-local/inputs.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { aConversation, anEvent, aTopic } from '../support/builders.ts';
import { aConsole } from '../support/console.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { aWorld } from '../support/world.ts';
import { aWriteConsole } from '../support/write-console.ts';

const parameter = z.object({ name: z.string(), in: z.string(), schema: z.unknown() });
const openapi = z
  .object({
    paths: z.record(
      z.string(),
      z.record(z.string(), z.object({ parameters: z.array(parameter).default([]) })),
    ),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  })
  .parse(parse(apiDocuments()[0]?.text ?? ''));
const faultsOf = schemaFaults(openapi.components);

/** Texts to their schema, of which the app makes something else. */
const MADE_BY_THE_APP = ['continuation', 'locale'];
/** No value of anything that is not free text. */
const NO_VALUES = ['', '2', '/no such value/'];
const [event, objectsOf] = [anEvent({ data: { to: { everyone: true }, text: 'hello' } }), Object.entries];
const id = notificationId(event.source, event.id);

/** Every value that the documents do not take, of each parameter of each route that they name. */
const refused = objectsOf(openapi.paths).flatMap(([path, operations]) =>
  objectsOf(operations).flatMap(([method, { parameters }]) =>
    parameters
      .filter((one) => one.in === 'query')
      .flatMap(({ name, schema }) =>
        NO_VALUES.filter((value) => {
          if (MADE_BY_THE_APP.includes(name)) return value !== '2' || name === 'locale';
          const read = z.object({ type: z.literal('integer') }).safeParse(schema).success;
          return faultsOf(schema, read && value !== '' ? Number(value) : value).length > 0;
        }).map((value) => ({ method: method.toUpperCase(), path, name, value })),
      ),
  ),
);

describe('a value that docs/api/openapi.yaml does not name', () => {
  const world = aWorld();
  const ada = aConversation();
  const reading = aConsole({ world });
  const writing = aWriteConsole(world);
  let core: FunctionsCore;

  beforeAll(async () => {
    core = createFunctionsCore();
    await core.load(async () => {
      const [{ app }, { notifications }, { cancel }] = await Promise.all([
        import('@azure/functions'),
        import('../../functions/notifications.ts'),
        import('../../functions/cancel.ts'),
      ]);
      app.http('GET', { handler: notifications(world) });
      app.http('DELETE', { handler: cancel(world) });
    });
    await world.knows(ada);
    await world.publish(event);
    await world.audiences.putAudience({ name: aTopic('release'), changedAt: 1, changedBy: 'Ada' }, ['x']);
  });
  afterAll(() => core.terminate());

  it('is looked for in all routes that take any', () => {
    const names = new Set(refused.map(({ method, path, name }) => `${method} ${path} ${name}`));
    for (const one of [
      'GET /notifications recipients',
      'GET /notifications/{id} recipients',
      'GET /notifications/{id} continuation',
      'DELETE /notifications/{id} recall',
      'GET /console/notifications outcome',
      'GET /console/notifications since',
      'GET /console/people limit',
      'GET /console/audiences continuation',
      'GET /console/audiences/{name} continuation',
      'POST /console/preview locale',
      'DELETE /console/people/{key} dryRun',
    ]) {
      expect(names).toContain(one);
    }
  });

  it.each(refused)('$method $path?$name=$value is refused by the name of the parameter', async (asked) => {
    const { status, faults } = await answerTo(asked);
    expect(status).toBe(400);
    expect(faults.map(({ path }) => path)).toEqual([asked.name]);
    expect(faults[0]?.message).toMatch(/^must /);
  });

  async function answerTo({ method, path, name, value }: (typeof refused)[number]) {
    const query = new URLSearchParams({ [name]: value });
    if (path.endsWith('/people') && name !== 'text') query.set('text', 'ada');
    if (!path.startsWith('/console/')) {
      if (path === '/notifications')
        for (const [key, is] of objectsOf({ source: event.source, id: event.id })) query.set(key, is);
      const params: Record<string, string> = path.includes('{id}') ? { id } : {};
      const answer = toResponse(await core.invoke(method, httpInput({ method, params, url: `/?${query}` })));
      const body = z.object({ faults: faultsSchema }).parse(await answer.json());
      return { status: answer.status, ...body };
    }
    const there = path
      .slice('/console'.length)
      .replace('{id}', id)
      .replace('{key}', ada.key)
      .replace('{name}', 'release');
    const isRead = reading.routes.some((route) => method === 'GET' && `/console/${route.path}` === path);
    if (isRead) {
      const { status, json } = await reading.get(`${there}?${query}`);
      return { status, ...z.object({ faults: faultsSchema }).parse(json) };
    }
    const answer = await writing.ask(`${method} ${there.slice(1)}?${query}`, { body: {} });
    return { status: answer.status, faults: 'faults' in answer ? answer.faults : [] };
  }
});

const faultsSchema = z.array(z.object({ path: z.string(), message: z.string() }));
