import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { connectTables } from '../../../shared/adapters/table/connect.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { unknownLabel } from '../../../shared/use-cases/intake/park-unknown.ts';
import { reportNotification } from '../../../shared/use-cases/upkeep/report-notification.ts';
import { aConversation, aConversationKey, aNotification, aResult, aTopic } from '../../support/builders.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { azuriteConnection } from '../../support/tables.ts';
import { aBroker } from './broker.ts';
import { notifier } from './command-line.ts';

const { connection } = await aBroker();
const azurite = await azuriteConnection();
const tables = ['--tables', azurite];
const stores = await connectTables(
  { kind: 'connectionString', value: azurite },
  { clock: { now: () => Date.now() }, log: new RecordingLog(), requestsPerSecond: 50, tableNames },
);
const report = reportNotification(stores);
const at = Date.UTC(2026, 10, 23, 9);

/** A notification to `count` people, of whom all but `open` have been told, 20 ms apart. */
async function aReport({ count = 3, open = 0 } = {}, notification = aNotification()) {
  const keys = Array.from({ length: count }, aConversationKey);
  await stores.notifications.acceptNotification(notification);
  await stores.notifications.markPlanned(notification.id);
  for (let start = 0; start < count; start += 100) {
    await stores.ledger.addressRecipients(notification.id, keys.slice(start, start + 100));
  }
  const told = keys.slice(0, count - open);
  const tell = (key: (typeof keys)[number], result = aResult()) =>
    stores.ledger.recordOutcome({ notification: notification.id, conversation: key }, result);
  await Promise.all(told.map((key, index) => tell(key, aResult({ at: at + index * 20 }))));
  return { notification, id: notification.id, keys, tell };
}

/** As the release before this one answers. */
const formerReport = {
  ...{ id: aNotification().id, type: 'a', source: 'b', eventId: 'c', acceptedAt: '2026-11-23T09:00:00.000Z' },
  ...{ complete: true, addressed: 1, outcomes: { delivered: 1 }, pending: {} },
  recipients: [{ conversation: 'x'.repeat(43), state: 'delivered', attempts: 1, repeats: 0 }],
};

/** The functions' own answers, as far as reports go. */
const requests: { readonly url: string; readonly key: string | undefined }[] = [];
const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  const url = new URL(request.url ?? '', 'http://x');
  const key = request.headers['x-functions-key'];
  requests.push({ url: request.url ?? '', key: typeof key === 'string' ? key : undefined });
  const answer = (status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify(body));
  const id = notificationIdIn(url.pathname);
  if (url.pathname.startsWith('/locked')) return answer(401, {});
  if (url.pathname.startsWith('/former')) return answer(200, formerReport);
  if (url.pathname.startsWith('/strange')) return answer(200, { hello: 'world' });
  if (id === undefined) return response.writeHead(404, { connection: 'close' }).end('Not Found');
  const continuation = url.searchParams.get('continuation');
  const page = url.searchParams.has('recipients')
    ? continuation === null
      ? {}
      : { continuation }
    : undefined;
  const found = await report(id, page);
  return found === undefined ? answer(404, { error: 'unknown' }) : answer(200, found);
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
afterAll(() => server.close());
const address = server.address();
const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

function notificationIdIn(path: string): ReturnType<typeof notificationId> | undefined {
  const [, id] = /^\/api\/notifications\/([A-Za-z0-9_-]{43})$/.exec(path) ?? [];
  return id as ReturnType<typeof notificationId> | undefined; // Has an id's shape.
}

describe('status', () => {
  it('shows counts as bars, with duration and rate', async () => {
    const { id, notification } = await aReport({ count: 3 });
    const { status, out, err } = await notifier(['status', id, ...tables]);
    expect(out).toContain(
      `event         notification.requested  ${notification.source}  ${notification.eventId}`,
    );
    expect(out).toMatch(/state\s+complete/);
    expect(out).toContain('3 recipients\n');
    expect(out).toMatch(/delivered {2}█{30} {2}3 {2}100\.0 %/);
    expect(out).toContain('2026-11-23T09:00:00.000Z to 2026-11-23T09:00:00.040Z (40 ms, 50.0 a second)');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('says that it is under way, and shows a single one of many', async () => {
    const { id } = await aReport({ count: 150, open: 1 });
    const { out } = await notifier(['status', id, ...tables]);
    expect(out).toMatch(/state\s+under way/);
    expect(out).toContain('150 recipients, 149 with an outcome');
    expect(out).toMatch(/queued {5}▎ +1 {4}0\.7 %/);
  });

  it('gives the report as JSON: what the functions give', async () => {
    const { id } = await aReport();
    const { json } = await notifier(['status', id, '--json', ...tables]);
    expect(json()).toEqual(JSON.parse(JSON.stringify(await report(id))));
    const byUrl = await notifier(['status', id, '--json', '--url', url]);
    expect(byUrl.json()).toEqual(json());
  });

  it('finds the notification by its event', async () => {
    const notification = aNotification({ source: 'urn:upstream', eventId: 'order 7/ä' });
    await aReport({ count: 1 }, notification);
    const { json } = await notifier([
      ...['status', '--source', 'urn:upstream', '--event-id', 'order 7/ä', '--json'],
      ...tables,
    ]);
    expect(json()).toMatchObject({ id: notificationId('urn:upstream', 'order 7/ä') });
  });

  it.each([
    ['the tables', tables],
    ['the functions', ['--url', `${url}/api/`]],
  ])('lists recipients over all pages, from %s', async (_where, from) => {
    const { id, keys } = await aReport({ count: 250 });
    const { json } = await notifier(['status', id, '--recipients', '--json', ...from]);
    const { recipients } = json() as { readonly recipients: { readonly addressee: string }[] }; // Asked for.
    expect(recipients.map(({ addressee }) => addressee)).toEqual(keys.toSorted());
    const some = await notifier(['status', id, '--recipients', '--limit', '7', ...from]);
    expect(some.out.match(/^[A-Za-z0-9_-]{43} {2}delivered/gm)).toHaveLength(7);
    expect(some.out).toContain('and 243 more; see --limit');
  });

  it.each([
    ['the tables', tables],
    ['the functions', ['--url', url]],
  ])(
    'says who and where each recipient is, and by which entry nobody is meant, from %s',
    async (_where, from) => {
      const to = [{ user: 'nobody@contoso.com' }] as const;
      const { notification, id, keys, tell } = await aReport({ count: 1, open: 1 }, aNotification({ to }));
      const [key = expect.fail('there is one')] = keys;
      await tell(key, aResult({ shownIn: '19:shown@thread' }));
      await stores.ledger.recordUnknown(notification.id, unknownLabel(to[0]), {
        ...{ outcome: 'no-such-recipient', reason: 'ambiguous', at, attempts: 0, repeats: 0 },
      });
      await stores.ledger.recordUnknown(notification.id, 'of-an-audience', {
        ...{ outcome: 'no-such-recipient', reason: 'unknown-user', at, attempts: 0, repeats: 0 },
      });
      const { json } = await notifier(['status', id, '--recipients', '--json', ...from]);
      const { recipients } = json() as { readonly recipients: readonly object[] }; // Asked for.
      expect(recipients).toHaveLength(3);
      expect(recipients).toContainEqual(
        expect.objectContaining({ addressee: key, conversation: '19:shown@thread', state: 'delivered' }),
      );
      expect(recipients).toContainEqual(expect.objectContaining({ entry: to[0], reason: 'ambiguous' }));
      const { out } = await notifier(['status', id, '--recipients', ...from]);
      expect(out).toMatch(new RegExp(`^${key} {2,}delivered .* 19:shown@thread$`, 'm'));
      expect(out).toMatch(/^\{"user":"nobody@contoso.com"\} +no-such-recipient .* ambiguous/m);
      expect(out).toMatch(/^\(not named any more, or by an audience\) +no-such-recipient .* unknown-user/m);
    },
  );

  it('reads over HTTP what the former release says, who calls an addressee its conversation', async () => {
    const { json } = await notifier([
      'status',
      aNotification().id,
      '--recipients',
      '--json',
      '--url',
      `${url}/former`,
    ]);
    expect(json()).toMatchObject({ recipients: [{ addressee: 'x'.repeat(43), state: 'delivered' }] });
    expect(json()).not.toHaveProperty('recipients.0.conversation');
  });

  it.each([
    ['the tables', tables],
    ['the functions', ['--url', url]],
  ])('says that nothing was accepted under an id, by %s', async (_where, from) => {
    const { id } = aNotification();
    const { status, out, err } = await notifier(['status', id, ...from]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain(`no notification ${id} was accepted`);
    expect(err).toContain('parked list');
  });

  it('brings the function key, by flag or environment, and asks for it when it is refused', async () => {
    const { id } = await aReport({ count: 1 });
    await notifier(['status', id, '--url', url, '--function-key', 'by-flag']);
    expect(requests.at(-1)?.key).toBe('by-flag');
    await notifier(['status', id, '--url', url], { env: { NOTIFIER_FUNCTION_KEY: 'by-environment' } });
    expect(requests.at(-1)?.key).toBe('by-environment');
    const { status, err } = await notifier(['status', id, '--url', `${url}/locked`]);
    expect(status).toBe(1);
    expect(err).toContain('--function-key or NOTIFIER_FUNCTION_KEY');
  });

  it.each([
    ['answers something else', `${url}/strange`, 'is no report'],
    ['has no such route', `${url}/elsewhere`, 'answered 404; is it the notifier'],
    ['does not answer', 'http://127.0.0.1:1', 'do not answer at all; is "npm start" running?'],
  ])('says in one line that what is at --url %s', async (_what, where, says) => {
    const { status, out, err } = await notifier(['status', aNotification().id, '--url', where]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain(says);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('waits until everybody has an outcome', async () => {
    const { id, keys, tell } = await aReport({ count: 2, open: 1 });
    const before = requests.length;
    const waiting = notifier(['status', id, '--wait', '--url', url, '--json']);
    await expect.poll(() => requests.length).toBeGreaterThan(before);
    await tell(keys[1] ?? expect.fail('there are two'));
    const { status, json } = await waiting;
    expect(status).toBe(0);
    expect(json()).toMatchObject({ complete: true, outcomes: { delivered: 2 } });
  });

  it('waits no longer than it is told, and fails then', async () => {
    const { id } = await aReport({ count: 1, open: 1 });
    const { status, out } = await notifier(['status', id, '--wait', '--timeout', '1', ...tables]);
    expect(status).toBe(1);
    expect(out).toMatch(/state\s+under way/);
  });

  it('stops waiting when the person does', async () => {
    const { id } = await aReport({ count: 1, open: 1 });
    const stopping = new AbortController();
    const before = requests.length;
    const waiting = notifier(['status', id, '--wait', '--url', url], { signal: stopping.signal });
    await expect.poll(() => requests.length).toBeGreaterThan(before);
    stopping.abort();
    expect((await waiting).status).toBe(1);
  });
});

describe('publish --wait', () => {
  it('shows the report of what it sent', async () => {
    const notification = aNotification({ source: 'urn:here', eventId: 'waited-for' });
    await aReport({ count: 2 }, notification);
    const event = ['publish', '--source', 'urn:here', '--id', 'waited-for', '--to-everyone', '--text', 'x'];
    const where = ['--connection', connection, ...tables, '--wait'];
    const shown = await notifier([...event, ...where]);
    expect(shown.status).toBe(0);
    expect(shown.out).toContain('Sent 1 event');
    expect(shown.out).toContain('2 recipients\n');
    const { json } = await notifier([...event, ...where, '--json']);
    expect(json()).toMatchObject({ sent: 1, reports: [{ id: notification.id, complete: true }] });
  });

  it('fails where somebody was not told, and says whom nobody knows', async () => {
    const notification = aNotification({ source: 'urn:here', eventId: 'partly' });
    await aReport({ count: 2 }, notification);
    await stores.ledger.recordUnknown(notification.id, 'nobody', {
      outcome: 'no-such-recipient',
      at,
      attempts: 0,
      repeats: 0,
    });
    const event = ['publish', '--source', 'urn:here', '--id', 'partly', '--to-user', 'nobody', '--text', 'x'];
    const { status, out } = await notifier([...event, '--connection', connection, ...tables, '--wait']);
    expect(status).toBe(1);
    expect(out).toContain('1 recipient not told.');
    expect(out).toContain('1 recipient nobody knows: people become known by writing to the bot');
  });

  it('fails when nothing is accepted in time, and says where to look', async () => {
    const where = ['--connection', connection, '--url', url, '--wait', '--timeout', '1'];
    const { status, out } = await notifier([
      'publish',
      '--to-everyone',
      '--text',
      'x',
      '--count',
      '2',
      ...where,
    ]);
    expect(status).toBe(1);
    expect(out).toContain('2 events not accepted so far: still queued, or parked (npx notifier parked list)');
  });
});

describe('conversations', () => {
  it('are listed page by page, and shown with their subscriptions', async () => {
    const ada = aConversation({ locale: 'de-DE' });
    const group = aConversation({
      conversationType: 'groupChat',
      conversationName: 'Ops\u0007',
      suppressed: 'blocked',
    });
    for (const each of [ada, group]) await stores.conversations.saveConversation(each);
    await stores.subscriptions.subscribe({
      conversation: ada.key,
      tenant: ada.tenant,
      topic: aTopic('builds/web'),
      since: at,
    });

    const { out, err, status } = await notifier(['conversations', 'list', ...tables]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(new RegExp(`^${ada.key} +msteams +personal .* Ada Example$`, 'm'));
    expect(out).toMatch(new RegExp(`^${group.key} +msteams +groupChat +blocked .* Ops·$`, 'm'));
    const first = await notifier(['conversations', 'list', '--limit', '1', '--json', ...tables]);
    const { items, after } = first.json() as { readonly items: { key: string }[]; readonly after: string }; // Two.
    const second = await notifier(['conversations', 'list', '--after', after, '--json', ...tables]);
    const rest = second.json() as { readonly items: { key: string }[] }; // As above.
    expect([...items, ...rest.items].map(({ key }) => key).toSorted()).toEqual(
      [ada.key, group.key].toSorted(),
    );

    const shown = await notifier(['conversations', 'show', ada.key, ...tables]);
    expect(shown.out).toMatch(/user\.name\s+Ada Example/);
    expect(shown.out).toMatch(/builds\/web\s+2026-11-23T09:00:00\.000Z/);
    const { json } = await notifier(['conversations', 'show', ada.key, '--json', ...tables]);
    expect(json()).toMatchObject({ key: ada.key, locale: 'de-DE', subscriptions: [{ topic: 'builds/web' }] });
  });

  it('that nobody knows are named', async () => {
    const key = aConversationKey();
    const { status, err } = await notifier(['conversations', 'show', key, ...tables]);
    expect(status).toBe(1);
    expect(err).toContain(`no conversation ${key} is known`);
    const bad = await notifier(['conversations', 'list', '--after', 'x', ...tables]);
    expect(bad).toMatchObject({ status: 2 });
    expect(bad.err).toContain('--after must be what a listing ended with');
  });
});
