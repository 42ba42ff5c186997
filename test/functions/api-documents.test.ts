import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { apiDocuments } from '../../dev/api/documents.ts';
import { productKinds, publishedKinds } from '../../dev/api/kind-schemas.ts';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { type HttpInput, httpInput, toResponse } from '../../dev/functions-local/inputs.ts';
import { dataSchema } from '../../shared/catalog/json-schema.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { catalog } from '../../shared/kinds/catalog.ts';
import { publishEvents } from '../../shared/use-cases/intake/publish-events.ts';
import { checkHealth } from '../../shared/use-cases/upkeep/check-health.ts';
import { aConversation, anEvent } from '../support/builders.ts';
import { RecordingLog } from '../support/fakes/recording-log.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { aWorld } from '../support/world.ts';

/** With the kinds of `app/`, which the committed ones say nothing of. */
const documents = apiDocuments(publishedKinds);

describe('docs/api', () => {
  it('is the same whatever is in app/', () => {
    const types = productKinds.map(({ type }) => type);
    expect(types).toEqual(['notification.requested', 'build.finished', 'survey.requested', 'hook.posted']);
  });

  it.each(apiDocuments())(
    '$path says what the code does: node dev/run.mjs dev/api/main.ts write',
    ({ path, text }) => {
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );
});

const operation = z.object({
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
  .parse(parse(documents[0]?.text ?? ''));

const faultsOf = schemaFaults(openapi.components);

describe("a kind's JSON Schema", () => {
  it.each(publishedKinds.map((entry) => ({ type: entry.type, entry })))(
    'of $type takes its example, and not one without what is required',
    ({ entry }) => {
      const schema = dataSchema(entry);
      expect(faultsOf(schema, entry.example)).toEqual([]);
      const required = z.array(z.string()).parse(schema.required);
      expect(required.length).toBeGreaterThan(0);
      for (const name of required) {
        const { [name]: _left, ...rest } = entry.example;
        expect(faultsOf(schema, rest)).not.toEqual([]);
        expect(entry.plan(rest).ok).toBe(false);
      }
    },
  );
});

describe('the app behind docs/api/openapi.yaml', () => {
  const world = aWorld();
  let core: FunctionsCore;
  let fails = false;

  beforeAll(async () => {
    core = createFunctionsCore();
    await core.load(async () => {
      const { app } = await import('@azure/functions');
      const [settings, publish, notifications, cancel, health, exported, messages] = await Promise.all([
        import('../../functions/settings.ts'),
        import('../../functions/publish.ts'),
        import('../../functions/notifications.ts'),
        import('../../functions/cancel.ts'),
        import('../../functions/health.ts'),
        import('../../functions/export.ts'),
        import('../../functions/messages.ts'),
      ]);
      const document = { format: 'notifier-export/1' };
      const open = async (key: string) => (key === 'k' ? document : undefined);
      app.http('export', { handler: exported.exportData({ links: { open }, clock: world.clock }) });
      app.http('unusable', { handler: settings.refuseForSettings });
      app.http('publish', {
        handler: publish.publish({ publish: publishEvents({ ...world, kinds: catalog }) }),
      });
      app.http('notifications', { handler: notifications.notifications(world) });
      app.http('cancel', { handler: cancel.cancel(world) });
      const process = () => Promise.reject(new Error('away'));
      app.http('messages', { handler: messages.messages({ inbound: { process }, log: new RecordingLog() }) });
      const ping = async () => {
        if (fails) throw new Error('away');
      };
      app.http('health', { handler: health.health({ check: checkHealth([{ part: 'tables', ping }]) }) });
    });
    await world.knows(aConversation());
    await world.publish(anEvent({ id: 'e1' }));
    await world.run();
  });

  const event = (data: object, type = 'notification.requested') => ({
    method: 'POST',
    url: '/api/events',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: { specversion: '1.0', id: 'e1', source: 'urn:t', type, data },
  });
  const examples = publishedKinds.map(
    ({ type, example }): Case => ({
      title: `an example of ${type}`,
      path: '/events',
      input: event(example, type),
      status: 202,
    }),
  );

  interface Case {
    readonly title: string;
    readonly path: string;
    readonly input: HttpInput;
    readonly status: number;
    readonly code?: string;
    readonly away?: boolean;
    readonly unusable?: boolean;
  }
  const report = '/notifications/{id}';
  const known = { params: { id: notificationId('https://upstream.example', 'e1') } };
  const cases: readonly Case[] = [
    ...examples,
    {
      title: 'no body',
      path: '/events',
      input: { method: 'POST', body: '' },
      status: 400,
      code: 'invalid-request',
    },
    {
      title: 'a validation of Event Grid',
      path: '/events',
      input: {
        method: 'POST',
        headers: { 'aeg-event-type': 'SubscriptionValidation' },
        body: [
          {
            eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
            data: { validationCode: '512d38b6' },
          },
        ],
      },
      status: 200,
    },
    { title: 'an unknown type', path: '/events', input: event({}, 'x.y'), status: 400, code: 'unknown-type' },
    { title: 'bad data', path: '/events', input: event({ to: 7 }), status: 400, code: 'invalid-data' },
    { title: 'a report', path: report, input: known, status: 200 },
    {
      title: 'a report with its recipients',
      path: report,
      input: { ...known, url: '/?recipients=1' },
      status: 200,
    },
    {
      title: 'a bad page',
      path: report,
      input: { ...known, url: '/?continuation=%00' },
      status: 400,
      code: 'invalid-request',
    },
    {
      title: 'an unknown id',
      path: report,
      input: { params: { id: notificationId('no', 'such') } },
      status: 404,
      code: 'unknown-notification',
    },
    {
      title: 'a report by its event',
      path: '/notifications',
      input: { url: '/?source=https://upstream.example&id=e1' },
      status: 200,
    },
    {
      title: 'half an event',
      path: '/notifications',
      input: { url: '/?source=a' },
      status: 400,
      code: 'invalid-request',
    },
    {
      title: 'an unknown event',
      path: '/notifications',
      input: { url: '/?source=a&id=b' },
      status: 404,
      code: 'unknown-notification',
    },
    { title: 'an export', path: '/export/{key}', input: { params: { key: 'k' } }, status: 200 },
    {
      title: 'an export that is over',
      path: '/export/{key}',
      input: { params: { key: 'x' } },
      status: 404,
      code: 'unknown-export',
    },
    { title: 'health', path: '/health', input: {}, status: 200 },
    { title: 'a cancel', path: report, input: { ...known, method: 'DELETE' }, status: 202 },
    {
      title: 'a cancel of what nobody knows',
      path: report,
      input: { method: 'DELETE', params: { id: notificationId('no', 'such') } },
      status: 202,
    },
    {
      title: 'a cancel of no id',
      path: report,
      input: { method: 'DELETE', params: { id: '1482' } },
      status: 400,
      code: 'invalid-request',
    },
    {
      title: 'a cancel by its event',
      path: '/notifications',
      input: { method: 'DELETE', url: '/?source=https://upstream.example&id=e1' },
      status: 202,
    },
    {
      title: 'a cancel of half an event',
      path: '/notifications',
      input: { method: 'DELETE', url: '/?source=a' },
      status: 400,
      code: 'invalid-request',
    },
    ...[report, '/notifications'].map((path) => ({
      title: `a cancel at ${path} of an app with bad settings`,
      path,
      input: { method: 'DELETE' },
      status: 503,
      code: 'invalid-settings',
      unusable: true,
    })),
    ...['/events', report, '/notifications', '/export/{key}'].map((path) => ({
      title: `${path} of an app with bad settings`,
      path,
      input: path === '/events' ? { method: 'POST' } : {},
      status: 503,
      code: 'invalid-settings',
      unusable: true,
    })),
    {
      title: 'an activity that fails',
      path: '/messages',
      input: { method: 'POST', body: { type: 'message' } },
      status: 500,
      code: 'not-handled',
    },
    { title: 'health of an app whose tables are away', path: '/health', input: {}, status: 503, away: true },
  ];
  const functionOf = (path: string, method = 'GET', unusable = false) => {
    if (unusable) return 'unusable';
    if (path === '/events') return 'publish';
    return method === 'DELETE' ? 'cancel' : (path.split('/')[1] ?? '');
  };

  it.each(cases)(
    'answers $title as documented: $status',
    async ({ path, input, status, code, away = false, unusable }) => {
      fails = away;
      const response = toResponse(
        await core.invoke(functionOf(path, input.method, unusable), httpInput(input)),
      );
      const body: unknown = await response.json();
      expect([response.status, body]).toEqual([status, expect.anything()]);
      const documented =
        openapi.paths[path]?.[(input.method ?? 'GET').toLowerCase()]?.responses[String(status)];
      const [type = '', { schema } = { schema: undefined }] =
        Object.entries(documented?.content ?? {})[0] ?? [];
      expect(response.headers.get('content-type')).toBe(type);
      expect(faultsOf(schema, body)).toEqual([]);
      if (code !== undefined) expect(body).toMatchObject({ code, error: code, status });
    },
  );

  it.each([
    ['GET', notificationId('no', 'such'), '/'],
    ['GET', 'nosuch', '/'],
    ['GET', notificationId('a', 'b'), '/?source=a&id=b'],
    ['DELETE', 'nosuch', '/'],
  ])('%s names the notification that it did not find: %s', async (method, id, url) => {
    const params: { [name: string]: string } = url === '/' ? { id } : {};
    const input = httpInput({ method, params, url });
    const response = toResponse(await core.invoke(functionOf(report, method), input));
    expect(await response.json()).toMatchObject({
      faults: [{ path: 'id', message: expect.stringContaining(`"${id}" `) }],
    });
  });

  it('is asked for every answer that is documented', () => {
    const asked = new Set(
      cases.map(({ path, input, status }) => `${(input.method ?? 'GET').toLowerCase()} ${path} ${status}`),
    );
    const documented = Object.entries(openapi.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method} ${path} ${status}`),
      ),
    );
    // What the bot's gateway answers is Bot Framework's own protocol; the console has a test of its own.
    const isElsewhere = / \/(messages (?!500)|console\/\S* )/;
    expect(documented.filter((answer) => !asked.has(answer) && !isElsewhere.test(answer))).toEqual([]);
  });
});
