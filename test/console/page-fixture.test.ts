import { expect, it } from 'vitest';
import { z } from 'zod';
import { publishedKinds } from '../../dev/api/kind-schemas.ts';
import { openapi } from '../../dev/api/openapi.ts';
import { type Answer, keyOf, Refused, readers, State, writers } from '../../dev/console/test/held.ts';
import { closedSchema, closedSchemas } from '../support/closed-schemas.ts';
import { schemaFaults } from '../support/schema-faults.ts';

const answers = z.object({
  responses: z.record(
    z.string(),
    z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
  ),
});
const { paths, components } = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    components: z.record(z.string(), z.unknown()),
  })
  .parse(JSON.parse(JSON.stringify(openapi('1', publishedKinds))));
const faultsOf = schemaFaults(closedSchemas(components));

const [ana, party] = [keyOf('Ana Silva'), keyOf('Spring party on Friday')];
const message = { type: 'notification.requested', data: { to: [{ everyone: true }], text: 'Hi' } };
const draft = { name: 'Lunch', content: message };

type Operation = readonly [
  operation: string,
  address: string,
  sent?: { readonly body?: object; readonly key?: string; readonly ifMatch?: string },
];

/** Every operation, with an address of it that the fixture knows, and what is sent. */
const operations: readonly Operation[] = [
  ['GET me', 'me'],
  ['GET now', 'now'],
  ['GET notifications', 'notifications?limit=200'],
  ...[party, keyOf('lunch'), keyOf('canteen'), keyOf('A good morning to everybody')].flatMap(
    (id) =>
      [
        ['GET notifications/{id}', `notifications/${id}`],
        ['GET notifications/{id}/recipients', `notifications/${id}/recipients?limit=200`],
      ] as const,
  ),
  ['GET people', 'people?text=ana'],
  ['GET people/{key}', `people/${ana}`],
  ['GET people/{key}/notifications', `people/${ana}/notifications`],
  ['GET parked', 'parked'],
  ['GET parked/{id}', `parked/${keyOf('parked 1')}`],
  ['GET parked/{id}', `parked/${keyOf('exhausted 1')}`],
  ['GET hooks', 'hooks'],
  ['GET topics', 'topics'],
  ['GET settings', 'settings'],
  ['GET kinds', 'kinds'],
  ['GET schema/{type}', 'schema/notification.requested'],
  ['GET audit', 'audit'],
  ['GET drafts', 'drafts'],
  ['GET drafts/{id}', 'drafts/d-party'],
  ['GET audiences', 'audiences'],
  ['GET audiences/{name}', 'audiences/managers'],
  ['POST drafts', 'drafts', { body: draft }],
  ['PUT drafts/{id}', 'drafts/d-party', { body: draft, ifMatch: '"v3"' }],
  ['DELETE drafts/{id}', 'drafts/d-party', { ifMatch: '"v4"' }],
  ['PUT audiences/{name}', 'audiences/lunch', { body: { entries: 'u1@contoso.example\nnobody' } }],
  ['POST preview', 'preview', { body: message }],
  ['POST preview', 'preview', { body: {} }],
  ['POST dry-run', 'dry-run', { body: message }],
  ['POST dry-run', 'dry-run', { body: { data: { to: [{ conversation: ana }], text: 'Hi' } } }],
  ['POST dry-run', 'dry-run', { body: {} }],
  ['POST test', 'test', { body: { message }, key: '1' }],
  ['POST notifications', 'notifications', { body: message, key: '2' }],
  ['DELETE notifications/{id}', `notifications/${keyOf('canteen')}`],
  ['DELETE notifications/{id}', `notifications/${party}?recall=1`],
  ['POST parked/replay', 'parked/replay', { body: { reason: 'exhausted' } }],
  ['POST parked/drop', 'parked/drop', { body: { reason: 'exhausted' } }],
  ['DELETE people/{key}', `people/${ana}?dryRun=1`],
  ['DELETE people/{key}', `people/${ana}`],
  ['DELETE hooks/{id}', 'hooks/aGk3bWpYcDhzOTJr'],
];

const state = new State(Date.now());
state.roles = ['reader', 'author', 'operator'];

const named = operations.map((one) => ({ one, name: one.slice(0, 2).join(' ') }));

it.each(named)('answers $name as the document says', ({ one: [operation, address, sent = {}] }) => {
  const [method = '', path] = operation.split(' ');
  const { pathname, searchParams: query } = new URL(`http://x/${address}`);
  const segments = pathname.slice(1).split('/').map(decodeURIComponent);
  const { body, key, ifMatch } = sent;
  const asked = { segments, query, body, key, ifMatch };
  const answer = answered(() => (method === 'GET' ? readers : writers)(state, method, asked));
  const { responses } = answers.parse(paths[`/console/${path}`]?.[method.toLowerCase()]);
  expect(Object.keys(responses)).toContain(String(answer.status));
  expect([answer.status < 300, answer.body]).toEqual([true, answer.body]);
  const [of] = Object.values(responses[answer.status]?.content ?? {});
  const given: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  expect(of === undefined ? given : faultsOf(closedSchema(of.schema), given)).toEqual(
    of === undefined ? undefined : [],
  );
});

it('answers every operation of the document that the page asks for', () => {
  const documented = Object.entries(paths).flatMap(([path, of]) =>
    path.startsWith('/console/')
      ? Object.keys(of).map((method) => `${method.toUpperCase()} ${path.slice('/console/'.length)}`)
      : [],
  );
  const driven = new Set(operations.map(([operation]) => operation));
  // The page deletes no list.
  expect(documented.filter((one) => !driven.has(one))).toEqual(['DELETE audiences/{name}']);
});

function answered(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, body: error.code };
    throw error;
  }
}
