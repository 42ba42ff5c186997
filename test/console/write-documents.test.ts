import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { consoleWritePaths } from '../../dev/api/console-write-paths.ts';
import { publishedKinds } from '../../dev/api/kind-schemas.ts';
import { openapi } from '../../dev/api/openapi.ts';
import { aConversation } from '../support/builders.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { aWorld } from '../support/world.ts';
import { ADA, aWriteConsole } from '../support/write-console.ts';

const documented = z
  .object({
    paths: z.record(
      z.string(),
      z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) })),
    ),
    components: z.looseObject({}),
  })
  .parse(JSON.parse(JSON.stringify(openapi('1', publishedKinds))));
const faultsOf = schemaFaults(documented.components);

let world: ReturnType<typeof aWorld>;
let console: ReturnType<typeof aWriteConsole>;
const bob = aConversation({ user: { id: '29:bob' } });

beforeAll(async () => {
  world = aWorld();
  console = aWriteConsole(world);
  await world.knows(bob, aConversation({ user: { id: '29:ada', aadObjectId: ADA.objectId } }));
});

it('documents each route of the console that writes, and no other', () => {
  const routes = console.routes.map(({ method, path }) => `${method} /console/${path}`);
  const own = Object.entries(consoleWritePaths).flatMap(([path, operations]) =>
    Object.keys(Object(operations)).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(own.filter((one) => !routes.includes(one))).toEqual([]);
  expect(routes.filter((one) => !own.includes(one))).toEqual([]);
});

it('answers as the document says', async () => {
  const message = { type: 'notification.requested', data: { to: { user: '29:bob' }, text: 'Hi' } };
  const draft = { name: 'Lunch', content: message };
  const entries = '29:bob\n29:nobody';
  const put = { body: { entries } };
  const asked: readonly (readonly [string, string, Parameters<typeof console.ask>[1]])[] = [
    ['POST drafts', 'drafts', { body: draft }],
    ['POST drafts', 'drafts', { body: {} }],
    ['GET drafts', 'drafts', {}],
    ['GET drafts/draft-1', 'drafts/{id}', {}],
    ['PUT drafts/draft-1', 'drafts/{id}', { body: draft }],
    ['DELETE drafts/draft-1', 'drafts/{id}', { ifMatch: '"x"' }],
    ['GET drafts/none', 'drafts/{id}', {}],
    ['PUT audiences/lunch', 'audiences/{name}', put],
    ['PUT audiences/lunch', 'audiences/{name}', put],
    ['GET audiences/lunch?limit=1', 'audiences/{name}', {}],
    ['GET audiences', 'audiences', {}],
    ['DELETE audiences/lunch', 'audiences/{name}', {}],
    ['POST preview', 'preview', { body: message }],
    ['POST preview', 'preview', { body: {} }],
    ['POST dry-run', 'dry-run', { body: message }],
    ['POST dry-run', 'dry-run', { body: {} }],
    ['POST test', 'test', { body: { message }, key: '1' }],
    ['POST notifications', 'notifications', { body: message, key: '1' }],
    [
      'POST notifications',
      'notifications',
      { body: { ...message, data: { ...message.data, text: 'Ho' } }, key: '1' },
    ],
    [
      'POST test',
      'test',
      { body: { message: { ...message, data: { ...message.data, text: 'Ho' } } }, key: '1' },
    ],
    ['POST notifications', 'notifications', { body: message }],
    [`DELETE notifications/${'x'.repeat(43)}`, 'notifications/{id}', {}],
    [`DELETE notifications/${'x'.repeat(43)}`, 'notifications/{id}', { role: 'author' }],
    ['POST parked/replay', 'parked/replay', { body: { ids: ['x'.repeat(43)], dryRun: true } }],
    ['POST parked/drop', 'parked/drop', { body: { reason: 'too-large' } }],
    [`DELETE people/${bob.key}?dryRun=1`, 'people/{key}', {}],
    ['DELETE people/none', 'people/{key}', {}],
    ['DELETE hooks/none', 'hooks/{id}', {}],
  ];
  for (const [ask, path, given] of asked) {
    const answer = await console.ask(ask, given);
    const [method = ''] = ask.split(' ');
    const response = documented.paths[`/console/${path}`]?.[method.toLowerCase()]?.responses[answer.status];
    expect(response, `${ask} is answered by ${answer.status}`).toBeDefined();
    const { content } = z
      .looseObject({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() })
      .parse(response);
    const [body] = Object.values(content ?? {});
    if (body === undefined) continue;
    const sent =
      'faults' in answer ? { type: 'urn:x', ...answer } : JSON.parse(JSON.stringify(answer.body ?? {}));
    expect([ask, faultsOf(body.schema, sent)]).toEqual([ask, []]);
  }
});
