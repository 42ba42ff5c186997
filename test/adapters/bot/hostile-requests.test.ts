import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromActivity } from '../../../shared/adapters/bot/activity/sighting.ts';
import { type Bot, createBot } from '../../../shared/adapters/bot/bot.ts';
import type { TurnContext } from '../../../shared/ports/conversation/turn-context.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { aMessage, countedLogic, localBot } from '../../support/connector-bot.ts';

let connector: FakeConnector;
let bot: Bot;
let secured: Bot;

beforeAll(async () => {
  connector = await startConnector();
  bot = createBot(localBot());
  secured = createBot(
    localBot({ identity: { appId: 'app', appType: 'UserAssignedMSI' }, allowUnauthenticated: false }),
  );
});
afterAll(async () => {
  await connector.close();
  await Promise.all([bot.close(), secured.close()]);
});

const nasty = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    '..',
    '__proto__',
    'constructor',
    '\ud800',
    '\u0000',
    '\u{1f6a8}',
    Number.MAX_VALUE,
    {},
    [],
    [null],
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const people = fc.record({ id: nasty, name: nasty, aadObjectId: nasty, role: nasty }, { requiredKeys: [] });
const oneOrNasty = (...good: readonly unknown[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: nasty });
const activities = fc.record(
  {
    type: oneOrNasty(
      'message',
      'invoke',
      'conversationUpdate',
      'installationUpdate',
      'event',
      'delay',
      'trace',
    ),
    channelId: oneOrNasty('msteams', 'directline', 'AseChannel', 'emulator'),
    serviceUrl: oneOrNasty('connector', 'connector', 'connector', 'https://evil.example/', 'urn:x'),
    conversation: fc.oneof(
      { weight: 4, arbitrary: fc.record({ id: fc.string({ unit: 'binary', minLength: 1 }) }) },
      {
        weight: 2,
        arbitrary: fc.record({ id: nasty, isGroup: nasty, conversationType: nasty, tenantId: nasty }),
      },
      nasty,
    ),
    from: fc.oneof({ weight: 4, arbitrary: fc.constant({ id: '29:ada' }) }, people, nasty),
    recipient: fc.oneof(people, nasty),
    id: oneOrNasty('activity', '../..'),
    replyToId: nasty,
    text: nasty,
    value: nasty,
    name: nasty,
    action: oneOrNasty('add', 'remove'),
    locale: oneOrNasty('de-DE', 'not a locale'),
    localTimezone: oneOrNasty('Europe/Berlin', 'Mars/Olympus'),
    timestamp: oneOrNasty('2026-11-22T10:00:00Z', 'never'),
    deliveryMode: oneOrNasty('normal', 'expectReplies'),
    channelData: fc.oneof(fc.record({ team: nasty, channel: nasty, tenant: nasty, eventType: nasty }), nasty),
    entities: fc.oneof(fc.array(nasty), nasty),
    attachments: fc.oneof(fc.array(nasty), nasty),
    membersAdded: fc.oneof(fc.array(fc.oneof(people, nasty)), nasty),
    membersRemoved: fc.oneof(fc.array(fc.oneof(people, nasty)), nasty),
    callerId: nasty,
  },
  { requiredKeys: ['type', 'channelId', 'serviceUrl', 'conversation', 'from'] },
);

it('whatever is posted is answered by 200, 400, 403 or what an invoke says, and a turn can always answer it', async () => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: activities }, nasty), async (input) => {
      const wire = JSON.stringify(input);
      const body: unknown = wire === undefined ? undefined : JSON.parse(wire);
      if (
        body !== null &&
        typeof body === 'object' &&
        'serviceUrl' in body &&
        body.serviceUrl === 'connector'
      ) {
        body.serviceUrl = connector.url;
      }
      const { logic } = countedLogic(async (context: TurnContext) => {
        const sighting = fromActivity(context.activity);
        if (sighting !== undefined) {
          expect(sighting.reference.conversationId.length).toBeGreaterThan(0);
          expect(JSON.stringify(sighting)).not.toMatch(/\\ud[89a-f]/);
        }
        if (context.activity.type === 'invoke') {
          await context.sendActivity({ type: 'invokeResponse', value: { status: 200 } });
        }
        await context.sendActivity({ type: 'message', text: 'hello' });
      });
      const answer = await bot.gateway.process({ headers: {}, body }, logic);
      statuses.add(answer.status);
      expect([200, 400, 403]).toContain(answer.status);
    }),
    { numRuns: 500 },
  );
  // The inputs are hostile, but not so hostile that none of them gets anywhere.
  expect([...statuses].sort()).toEqual([200, 400, 403]);
});

it('an Authorization header of any text is a 401 at worst', async () => {
  const headers = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `Bearer ${text}`),
    fc
      .tuple(fc.base64String(), fc.base64String(), fc.base64String())
      .map((parts) => `Bearer ${parts.join('.')}`),
    fc
      .tuple(fc.json(), fc.json())
      .map((parts) => `Bearer ${parts.map((part) => Buffer.from(part).toString('base64url')).join('.')}.x`),
  );
  await fc.assert(
    fc.asyncProperty(headers, async (authorization) => {
      const { calls, logic } = countedLogic();
      const request = { headers: { authorization }, body: aMessage(connector.url) };
      expect((await secured.gateway.process(request, logic)).status).toBe(401);
      expect(calls).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
