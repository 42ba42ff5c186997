import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { consoleWritePaths } from '../../dev/api/console-write-paths.ts';
import { publishedKinds } from '../../dev/api/kind-schemas.ts';
import { openapi } from '../../dev/api/openapi.ts';
import { isJsonObject } from '../../shared/domain/json-object.ts';
import { hookStore } from '../../shared/kinds/hooks/hook.ts';
import { aConversation } from '../support/builders.ts';
import { closedSchema, closedSchemas } from '../support/closed-schemas.ts';
import { aConsole } from '../support/console.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { aWorld } from '../support/world.ts';
import { aWriteConsole } from '../support/write-console.ts';

const content = z.record(z.string(), z.object({ schema: z.unknown() }));
const operation = z.object({
  security: z.array(z.object({ console: z.tuple([z.string()]) })),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() }))
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
});
const documented = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    components: z.record(z.string(), z.unknown()),
  })
  .parse(JSON.parse(JSON.stringify(openapi('1', publishedKinds))));
const faultsOf = schemaFaults(closedSchemas(documented.components));

/** `PUT drafts/{id}`, as the document has it. */
function documentOf(name: string) {
  const [method = '', path] = name.split(' ');
  return operation.parse(documented.paths[`/console/${path}`]?.[method.toLowerCase()]);
}

const own = Object.entries(consoleWritePaths).flatMap(([path, operations]) =>
  Object.keys(Object(operations)).map(
    (method) => `${method.toUpperCase()} ${path.slice('/console/'.length)}`,
  ),
);
const writes = own.filter((name) => !name.startsWith('GET'));
const withBody = own.filter((name) => documentOf(name).requestBody !== undefined);
const schemaOf = (name: string) => Object.values(documentOf(name).requestBody?.content ?? {})[0]?.schema;

const world = aWorld();
const { routes } = aWriteConsole(world, { isLocal: true });
const { ask: asked } = aConsole({ world, routes });
const bob = aConversation({ user: { id: '29:bob' } });

interface Given {
  readonly body?: object;
  readonly headers?: { readonly [name: string]: string };
}
interface Driven extends Given {
  readonly name: string;
  readonly address: string;
  readonly answer: Awaited<ReturnType<typeof asked>>;
}
const driven: Driven[] = [];

/** @param name of the operation @param address where its path has a name, or a query follows */
async function drive(name: string, given: Given = {}, address = name.split(' ')[1] ?? ''): Promise<Driven> {
  const [method = ''] = name.split(' ');
  const one = { name, address, ...given, answer: await asked(method, `/${address}`, given) };
  driven.push(one);
  return one;
}

const message = { type: 'notification.requested', data: { to: { user: '29:bob' }, text: 'Hi' } };
const other = { ...message, data: { ...message.data, text: 'Ho' } };
const key = { 'Idempotency-Key': 'k' };
const etag = ({ answer }: Driven) => ({ 'If-Match': answer.headers.etag ?? '' });

beforeAll(async () => {
  await world.knows(bob);
  const value = { name: 'ci', createdAt: 0, rules: {} };
  await hookStore(world).put({ conversation: bob.key, tenant: bob.tenant, key: 'h'.repeat(16), value });
  const parked = { kind: 'event', faults: [], original: '{}', parkedAt: 1 } as const;
  for (const id of ['p', 'q'])
    await world.parking.parkItem({ ...parked, id: id.repeat(43), reason: 'too-large' });
  await driveDrafts();
  await driveAudiences();
  await driveMessages();
  await driveOperations();
});

async function driveDrafts() {
  const body = { name: 'Lunch', content: message };
  await drive('POST drafts', { body: {} });
  const added = await drive('POST drafts', { body });
  await drive('GET drafts');
  const at = `drafts/${String(added.answer.json.id)}`;
  await drive('GET drafts/{id}', {}, at);
  await drive('GET drafts/{id}', {}, 'drafts/none');
  await drive('PUT drafts/{id}', { body, headers: { 'If-Match': '"other"' } }, at);
  const changed = await drive('PUT drafts/{id}', { body, headers: etag(added) }, at);
  await drive('DELETE drafts/{id}', { headers: etag(changed) }, at);
}

async function driveAudiences() {
  const at = 'audiences/lunch';
  await drive('PUT audiences/{name}', { body: { entries: '29:bob\n29:nobody' } }, at);
  await drive('PUT audiences/{name}', { body: { entries: ['29:bob', '29:no'] } }, 'audiences/dinner');
  await drive('PUT audiences/{name}', { body: { entries: '29:bob' } }, at);
  const { answer } = await drive('GET audiences', {}, 'audiences?limit=1');
  await drive('GET audiences', {}, `audiences?continuation=${String(answer.json.continuation)}`);
  const read = await drive('GET audiences/{name}', {}, `${at}?limit=1`);
  const stored = await drive(
    'PUT audiences/{name}',
    { body: { entries: '29:bob' }, headers: etag(read) },
    at,
  );
  await drive('DELETE audiences/{name}', { headers: etag(stored) }, at);
}

async function driveMessages() {
  for (const name of ['POST preview', 'POST dry-run'])
    for (const body of [message, {}]) await drive(name, { body });
  await drive('POST preview', { body: message }, 'preview?locale=de');
  const test = { message, to: bob.key };
  await drive('POST test', { body: test, headers: key });
  await drive('POST test', { body: { ...test, message: other }, headers: key });
  await drive('POST notifications', { body: message, headers: key });
  await drive('POST notifications', { body: other, headers: key });
}

async function driveOperations() {
  for (const query of ['', '?recall=1'])
    await drive('DELETE notifications/{id}', {}, `notifications/${'x'.repeat(43)}${query}`);
  const [ids, reason, after] = [['p'.repeat(43)], 'too-large', 'A'.repeat(43)];
  await drive('POST parked/replay', { body: { ids, dryRun: true } });
  await drive('POST parked/replay', { body: { ids } });
  await drive('POST parked/replay', { body: { reason: 'rejected', after } });
  await drive('POST parked/drop', { body: { ids: ['q'.repeat(43)] } });
  await drive('POST parked/drop', { body: { reason, after } });
  for (const query of ['?dryRun=1', '']) await drive('DELETE people/{key}', {}, `people/${bob.key}${query}`);
  await drive('DELETE people/{key}', {}, 'people/none');
  await drive('DELETE hooks/{id}', {}, 'hooks/none');
  await drive('DELETE hooks/{id}', {}, `hooks/${'h'.repeat(16)}`);
}

const isDone = ({ answer: { status } }: Driven) => status < 300;
const ofParameters = (name: string, place: string) =>
  documentOf(name).parameters.filter((one) => one.in === place);

describe('the document of what the console writes', () => {
  it('has each route, with the role that it asks for, and no other', () => {
    const served = routes.map(({ method, path, role }) => `${method} ${path}: ${role}`);
    const named = own.map((name) => `${name}: ${documentOf(name).security[0]?.console[0]}`);
    expect(named.sort()).toEqual(served.sort());
  });

  it('has every answer that is given, each with every field, and each operation is done once', () => {
    for (const { name, answer } of driven) {
      const response = documentOf(name).responses[answer.status];
      expect(response, `${name} is answered by ${answer.status} ${answer.text}`).toBeDefined();
      const [body] = Object.values(response?.content ?? {});
      if (body === undefined) expect([name, answer.text]).toEqual([name, '']);
      else expect([name, faultsOf(closedSchema(body.schema), answer.json)]).toEqual([name, []]);
    }
    expect([...new Set(driven.filter(isDone).map(({ name }) => name))].sort()).toEqual([...own].sort());
  });

  it.each(own)('has the parameters that %s knows, and no other', (name) => {
    const all = driven.filter((one) => one.name === name && isDone(one));
    const known = new Set(all.flatMap(({ answer }) => [...answer.asked]));
    const named = ofParameters(name, 'query').map((one) => one.name);
    expect(named.sort()).toEqual([...known].sort());
    const inPath = ofParameters(name, 'path').map((one) => `{${one.name}}`);
    expect(inPath).toEqual(name.match(/\{\w+\}/g) ?? []);
  });

  it.each(own)('says that %s goes on by a continuation only where it is asked for by one', (name) => {
    const [{ schema } = { schema: undefined }] = Object.values(
      documentOf(name).responses[200]?.content ?? {},
    );
    const { $ref } = Object(schema);
    const named: unknown = Reflect.get(
      Object(documented.components.schemas),
      String($ref).split('/').at(-1) ?? '',
    );
    const { properties } = Object(named ?? schema);
    const isPaged = ofParameters(name, 'query').some((one) => one.name === 'continuation');
    expect(Object.hasOwn(Object(properties), 'continuation')).toBe(isPaged);
  });

  it.each(withBody)('has the fields that %s takes, and no other', async (name) => {
    const accepted = driven.filter((one) => one.name === name && isDone(one)).map(({ body }) => body);
    for (const body of accepted) expect(faultsOf(closedSchema(schemaOf(name)), body)).toEqual([]);
    const sent = new Set(accepted.flatMap((body) => Object.keys(body ?? {})));
    expect([...sent].sort()).toEqual(fieldsOf(schemaOf(name), name));
    const [method = '', path = ''] = name.split(' ');
    const headers = { ...key, 'If-Match': '"x"' };
    const { answer } = {
      answer: await asked(method, `/${path.replace(/\{\w+\}/, 'x')}`, { body: { odd: 1 }, headers }),
    };
    const faults = z.array(z.object({ path: z.string(), message: z.string() })).parse(answer.json.faults);
    const known = faults.find((fault) => fault.path === 'odd')?.message;
    expect(known).toContain(`known are ${fieldsOf(schemaOf(name), name, 'as they stand').join(', ')}`);
  });

  it.each(writes)('names each header without which %s is refused', async (name) => {
    const one = driven.find((each) => each.name === name && isDone(each));
    const [method = ''] = name.split(' ');
    const sent = { 'X-Notifier-Console': '1', ...one?.headers };
    const required = ofParameters(name, 'header').filter((header) => header.required);
    expect(required.map((header) => header.name)).toContain('X-Notifier-Console');
    expect(Object.keys(sent)).toEqual(expect.arrayContaining(required.map((header) => header.name)));
    for (const { name: left } of required) {
      // An empty one of the same name is in the place of what `asked` sends by itself.
      const headers = left === 'X-Notifier-Console' ? { ...sent, [left]: '' } : withoutHeader(sent, left);
      const { status, json } = await asked(method, `/${one?.address}`, { ...one, headers });
      expect([name, left, status, json.code]).toEqual([name, left, expect.any(Number), expect.any(String)]);
      expect(Object.keys(documentOf(name).responses)).toContain(String(status));
    }
  });

  it.each(withBody)('says that %s refuses what is too large, and what is no JSON', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const at = `/${path.replace(/\{\w+\}/, 'x')}`;
    const body = new Uint8Array(9 * 1024 * 1024);
    const large = await asked(method, at, { body });
    const text = await asked(method, at, { body: '{}', headers: { 'content-type': 'text/plain' } });
    const broken = await asked(method, at, { body: '{' });
    expect([large.status, text.status, broken.status]).toEqual([413, 415, 400]);
    expect(Object.keys(documentOf(name).responses)).toEqual(expect.arrayContaining(['400', '413', '415']));
  });
});

function withoutHeader(headers: { readonly [name: string]: string }, left: string) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== left));
}

/** The names of the fields of a body. */
function fieldsOf(schema: unknown, name: string, order: 'sorted' | 'as they stand' = 'sorted'): string[] {
  const { $ref } = Object(schema);
  const at = typeof $ref === 'string' ? ($ref.split('/').at(-1) ?? '') : undefined;
  const resolved: unknown =
    at === undefined ? schema : Reflect.get(Object(documented.components.schemas), at);
  const { properties } = Object(resolved);
  if (!isJsonObject(properties)) throw new Error(`the body of ${name} has no fields`);
  const names = Object.keys(properties);
  return order === 'sorted' ? names.sort() : names;
}
