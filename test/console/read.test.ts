import { describe, expect, it } from 'vitest';
import { defined } from '../../shared/domain/defined.ts';
import { conversationKey, notificationId } from '../../shared/domain/ids.ts';
import { hours, minutes, seconds } from '../../shared/domain/time.ts';
import type { NotificationListing } from '../../shared/ports/event/notification-listing.ts';
import type { ParkingReason } from '../../shared/ports/event/parking.ts';
import { aConversation, anEvent } from '../support/builders.ts';
import { aConsole, principalHeader, SOMEBODY } from '../support/console.ts';
import { aWorld } from '../support/world.ts';

type Items = readonly { readonly [name: string]: unknown }[];
const itemsOf = ({ json }: { readonly json: object }): Items =>
  'items' in json && Array.isArray(json.items) ? json.items : expect.fail('it is no list');
const continuationIn = ({ json }: { readonly json: object }) =>
  'continuation' in json ? `&continuation=${String(json.continuation)}` : '';

/** Every page of a list. */
async function allOf(get: ReturnType<typeof aConsole>['get'], path: string) {
  const pages: Items[] = [];
  let more = '';
  do {
    const page = await get(`${path}${more}`);
    expect([path, page.status]).toEqual([path, 200]);
    pages.push(itemsOf(page));
    more = continuationIn(page);
  } while (more !== '' && pages.length < 100);
  return pages;
}

async function told(world: ReturnType<typeof aWorld>, text: string, to: object, more: object = {}) {
  const event = anEvent({ data: { to, text, ...more } });
  await world.publish(event);
  return event;
}

describe('notifications', () => {
  it('are listed newest first, with the beginning of what people read and who the only one is', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    await told(world, `Hello ${'word '.repeat(100)}`, { conversation: ada.key });
    world.clock.advance(minutes(1));
    await told(world, 'Second', { conversation: ada.key });
    await world.run();
    const { get } = aConsole({ world });
    const [second, first] = itemsOf(await get('/notifications'));
    expect(second).toMatchObject({
      type: 'notification.requested',
      kind: 'Notification',
      text: 'Second',
      addressed: 1,
      outcomes: { delivered: 1 },
      pending: {},
      complete: true,
      recipient: { key: ada.key, name: 'Ada Example', isVouched: true, channelId: 'msteams' },
    });
    expect(String(first?.text)).toMatch(/^Hello word/);
    expect(String(first?.text).length).toBeLessThanOrEqual(200);
  });

  it('say what people read line by line, without marks, in the language of whoever reads it', async () => {
    const world = aWorld();
    await told(world, 'Build web is **red**: see [the *log*](https://ci.example/1), `a_b_c` \\*', {
      everyone: true,
    });
    world.clock.advance(minutes(1));
    const data = { pipeline: 'web', number: 42, status: 'failed', branch: 'main' };
    await world.publish(anEvent({ type: 'build.finished', data }));
    await world.run();
    const { get } = aConsole({ world });
    const english = itemsOf(await get('/notifications'));
    expect(english.map(({ text }) => text)).toEqual([
      'Build web #42 failed on main\nBranch: main',
      'Build web is red: see the log, a_b_c *',
    ]);
    expect(itemsOf(await get('/notifications?text=web%20is%20red'))).toHaveLength(1);
    const [german] = itemsOf(await get('/notifications?language=de'));
    expect(german?.kind).not.toBe(english[0]?.kind);
    const titles = async (language: string) =>
      itemsOf(await get(`/kinds?language=${language}`)).map(({ title }) => title);
    expect(await titles('de')).toContain(german?.kind);
    expect(await titles('en')).toContain(english[0]?.kind);
    expect(await get('/kinds?language=fr')).toMatchObject({ status: 400 });
  });

  it('are found by the words of each language, whichever the one who asks reads', async () => {
    const world = aWorld();
    const data = { pipeline: 'web', number: 42, status: 'failed', branch: 'main' };
    await world.publish(anEvent({ type: 'build.finished', data }));
    await world.run();
    const { get } = aConsole({ world });
    for (const language of ['en', 'de']) {
      for (const text of ['failed', 'fehlgeschlagen']) {
        const found = itemsOf(await get(`/notifications?language=${language}&text=${text}`));
        expect([language, text, found.length]).toEqual([language, text, 1]);
      }
    }
    const [german] = itemsOf(await get('/notifications?language=de&text=failed'));
    expect(german?.text).toContain('fehlgeschlagen');
  });

  it('go on where a page ended, each once, also among those of one instant', async () => {
    const world = aWorld();
    for (let index = 0; index < 7; index += 1) await told(world, `n${index}`, { everyone: true });
    const pages = await allOf(aConsole({ world }).get, '/notifications?limit=3');
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(7);
  });

  it('are shown where they were accepted alone, though the former release listed each attempt', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    await told(world, 'once', { conversation: ada.key });
    const listing: NotificationListing = {
      async *acceptedBetween(since, until) {
        const isBehind = typeof until !== 'number';
        const last = isBehind ? until.behind.acceptedAt : until;
        for await (const one of world.listing.acceptedBetween(since, world.clock.now()))
          for (const acceptedAt of [one.acceptedAt, one.acceptedAt - 1, one.acceptedAt - 2])
            if (acceptedAt < last || (!isBehind && acceptedAt === last)) yield { ...one, acceptedAt };
      },
    };
    const { get } = aConsole({ world, listing });
    const pages = await allOf(get, '/notifications?limit=1');
    expect(pages.flat().map(({ text }) => text)).toEqual(['once']);
    expect(await get('/now')).toMatchObject({ json: { running: [{ text: 'once' }] } });
  });

  it('are found by text, source, kind, outcome, id and time', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const build = { pipeline: 'web', number: 7, status: 'failed' };
    await world.publish(anEvent({ type: 'build.finished', source: 'urn:ci', data: build }));
    world.clock.advance(hours(1));
    const hello = await told(world, 'Der MÜLL wird abgeholt', { conversation: ada.key });
    await told(world, 'for nobody', { user: 'nobody' });
    await world.run();
    const { get } = aConsole({ world });
    const found = async (query: string) =>
      itemsOf(await get(`/notifications?${query}`)).map(({ text }) => text);
    expect(await found(`text=${encodeURIComponent('müll')}`)).toEqual(['Der MÜLL wird abgeholt']);
    expect(await found(`text=${hello.id}`)).toEqual(['Der MÜLL wird abgeholt']);
    expect(await found(`text=${encodeURIComponent('abgeholt  müll')}`)).toEqual(['Der MÜLL wird abgeholt']);
    expect(await found(`text=${encodeURIComponent('abgeholt nie')}`)).toEqual([]);
    expect(await found('outcome=no-such-recipient')).toEqual(['for nobody']);
    expect(await found('kind=build.finished')).toHaveLength(1);
    expect(await found('source=URN:CI')).toHaveLength(1);
    const since = new Date(world.clock.now() - minutes(30)).toISOString();
    expect(await found(`since=${since}`)).toHaveLength(2);
    expect(await found(`until=${since}`)).toHaveLength(1);
  });

  it('that are for a time are found by that', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const at = new Date(world.clock.now() + hours(2)).toISOString();
    await told(world, 'later', { conversation: ada.key }, { delivery: { at } });
    await told(world, 'now', { conversation: ada.key });
    await world.run(world.clock.now() + minutes(1));
    const { get } = aConsole({ world });
    expect(itemsOf(await get('/notifications?scheduled=1'))).toMatchObject([
      { text: 'later', at, complete: false },
    ]);
    const stopped = await told(world, 'stopped', { conversation: ada.key }, { delivery: { at } });
    await world.run(world.clock.now() + minutes(1));
    expect(itemsOf(await get('/notifications?scheduled=1'))).toHaveLength(2);
    await world.notifications.cancelNotification(
      notificationId(stopped.source, stopped.id),
      world.clock.now(),
    );
    world.clock.advance(minutes(1));
    expect(itemsOf(await get('/notifications?scheduled=1'))).toMatchObject([{ text: 'later' }]);
    world.clock.advance(hours(3));
    expect(itemsOf(await get('/notifications?scheduled=1'))).toEqual([]);
  });

  it('are opened with what people see, in their language, and as it can be sent again', async () => {
    const world = aWorld();
    const data = { pipeline: 'web', number: 7, status: 'failed' };
    await world.publish(anEvent({ type: 'build.finished', id: 'b1', data }));
    const { get } = aConsole({ world });
    const [brief] = itemsOf(await get('/notifications'));
    const { json } = await get(`/notifications/${String(brief?.id)}?language=de`);
    expect(json).toMatchObject({
      eventId: 'b1',
      data,
      urgent: false,
      delivery: { mode: 'wait', maxWait: 'PT10M', onDeadline: 'deliver' },
      activity: {
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
      },
    });
    const english = (await get(`/notifications/${String(brief?.id)}`)).json;
    expect(JSON.stringify(json.activity)).not.toBe(JSON.stringify(english.activity));
  });

  it('list their recipients a page at a time, by outcome and reason, without reading all of them', async () => {
    const world = aWorld();
    const people = Array.from({ length: 450 }, () => aConversation());
    await world.knows(...people);
    const muted = people.filter((_one, index) => index % 3 === 0);
    for (const { key } of muted) {
      const { tag } = await world.preferences.findPreferences(key);
      await world.preferences.savePreferences(key, { mutes: [{}] }, tag);
    }
    await told(world, 'all', { everyone: true });
    await world.run();
    const { get } = aConsole({ world });
    const [brief] = itemsOf(await get('/notifications'));
    const path = `/notifications/${String(brief?.id)}/recipients`;
    const pages = await allOf(get, `${path}?limit=200`);
    expect(pages.map((page) => page.length)).toEqual([200, 200, 50]);
    const suppressed = await allOf(get, `${path}?limit=40&outcome=suppressed&reason=muted`);
    expect(
      suppressed
        .flat()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(muted.map(({ key }) => key).sort());
    expect(suppressed.map((page) => page.length)).toEqual([40, 40, 40, 30]);
    expect(suppressed[0]?.[0]).toMatchObject({ state: 'suppressed', reason: 'muted', name: 'Ada Example' });
    for (const none of ['outcome=rejected', 'outcome=suppressed&reason=blocked'])
      expect((await allOf(get, `${path}?limit=200&${none}`)).flat()).toEqual([]);
  });

  it('say of each recipient who and where they are, and by which entry nobody is meant', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    await told(world, 'two', [{ conversation: ana.key }, { user: 'nobody' }]);
    await told(world, 'nobody', { user: 'nobody' });
    await world.run();
    const { get } = aConsole({ world });
    const briefs = itemsOf(await get('/notifications'));
    const [both, none] = [2, 1].map((addressed) => briefs.find((one) => one.addressed === addressed));
    const items = itemsOf(await get(`/notifications/${String(both?.id)}/recipients`));
    expect(items).toMatchObject([
      { key: ana.key, addressee: ana.key, conversation: ana.conversationId, state: 'delivered' },
      { entry: { user: 'nobody' }, state: 'no-such-recipient', reason: 'unknown-user' },
    ]);
    expect(items[1]).not.toHaveProperty('addressee');
    expect(none).toMatchObject({ outcomes: { 'no-such-recipient': 1 } });
    expect(none).not.toHaveProperty('recipient');
    const some = itemsOf(await get(`/notifications/${String(both?.id)}/recipients?reason=unknown-user`));
    expect(some).toMatchObject([{ entry: { user: 'nobody' } }]);
  });

  it.each([
    '/notifications/../people',
    '/notifications/x',
    `/notifications/${'x'.repeat(43)}`,
    `/notifications/${'x'.repeat(43)}/recipients`,
  ])('there is none at %s', async (path) => {
    const { status } = await aConsole().get(path);
    expect([400, 404]).toContain(status);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1e2',
    'since=yesterday',
    'until=2026-02-30T00:00:00Z',
    'outcome=fine',
    'outcome=__proto__',
    'scheduled=2',
    'continuation=garbage',
    'continuation=%00',
    // A place in the year 2286: every day until then would be read.
    `continuation=${Buffer.from(`9999999999998 ${'x'.repeat(43)}`).toString('base64url')}`,
    `text=${'x'.repeat(201)}`,
  ])('are not listed by %s', async (query) => {
    const answer = await aConsole().get(`/notifications?${query}`);
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid-request']);
    const [fault] = Array.isArray(answer.json.faults) ? answer.json.faults : [];
    expect(fault).toMatchObject({ path: query.split('=')[0] });
  });
});

describe('people', () => {
  it('are all found, a page at a time, each once, also who has several words that begin so', async () => {
    const world = aWorld();
    for (const number of [1, 2, 3, 4, 5]) {
      const user = { id: `29:m${number}`, name: `Kim Müller Müllbach ${number}` };
      await world.knows(aConversation({ user, conversationId: `a:${number}` }));
    }
    const { get } = aConsole({ world });
    const pages = await allOf(get, '/people?text=müll&limit=2');
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(pages.flat().map(({ name }) => name)).size).toBe(5);
    for (const bad of [
      'x',
      Buffer.from('50').toString('base64url'),
      Buffer.from('behind no').toString('base64url'),
    ])
      expect((await get(`/people?text=müll&continuation=${bad}`)).status).toBe(400);
  });

  it('come once on a page, also who has two conversations', async () => {
    const world = aWorld();
    const user = { id: '29:kim', name: 'Kim Müller' };
    await world.knows(aConversation({ user, conversationId: 'a:1' }), aConversation({ user }));
    expect(itemsOf(await aConsole({ world }).get('/people?text=müll'))).toHaveLength(1);
  });

  it('come once, by their own conversation, who were met in a place first', async () => {
    const world = aWorld();
    const user = { id: '29:kim', name: 'Kim Müller' };
    const meets = (of: Parameters<typeof aConversation>[0]) => {
      const { channelId, tenantId, serviceUrl, bot, conversationType, conversationId } = aConversation(of);
      const reference = {
        ...{ channelId, serviceUrl, bot, user, conversationType },
        conversationId,
        ...defined({ tenantId }),
      };
      return world.capture({ change: 'seen', speaker: user, reference });
    };
    await meets({ conversationType: 'channel', conversationId: '19:all' });
    const { get } = aConsole({ world });
    const [inPlace] = itemsOf(await get('/people?text=müll'));
    await meets({ conversationId: 'a:kim' });
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8])
      await world.knows(aConversation({ user: { id: `29:m${number}`, name: `Müller ${number}` } }));
    const found = (await allOf(get, '/people?text=müll&limit=1')).flat();
    const own = conversationKey('msteams', 'a:kim');
    expect(inPlace?.key).not.toBe(own);
    expect(found).toHaveLength(9);
    expect(found.filter(({ name }) => name === user.name)).toMatchObject([{ key: own }]);
  });

  it('who are meant by an id come first, and not again on a later page', async () => {
    const world = aWorld();
    for (const id of ['123', '1234', '1235', '1236'])
      await world.knows(aConversation({ channelId: 'telegram', conversationId: id, user: { id, name: id } }));
    const { get } = aConsole({ world });
    for (const limit of [1, 2, 3]) {
      const found = (await allOf(get, `/people?text=123&limit=${limit}`)).flat().map(({ name }) => name);
      expect([found[0], found.toSorted()]).toEqual(['123', ['123', '1234', '1235', '1236']]);
    }
  });

  it('are found, described, and what they were told stands in their timeline, each with why', async () => {
    const world = aWorld();
    const objectId = SOMEBODY;
    const ada = aConversation({ user: { id: '29:ada', name: 'Ada Lovelace', aadObjectId: objectId } });
    const other = aConversation();
    await world.knows(ada, other);
    await told(world, 'first', { conversation: ada.key });
    await world.run();
    world.clock.advance(minutes(1));
    const { tag } = await world.preferences.findPreferences(ada.key);
    await world.preferences.savePreferences(ada.key, { mutes: [{}] }, tag);
    await told(world, 'second', { everyone: true });
    await world.run();
    const { get } = aConsole({ world });
    const found = (await get('/people?text=love')).json;
    expect(found).toMatchObject({
      items: [{ key: ada.key, name: 'Ada Lovelace', objectId, isVouched: true }],
      more: false,
    });
    for (const text of [ada.key, objectId, '29:ada', ada.conversationId])
      expect(itemsOf(await get(`/people?text=${encodeURIComponent(text)}`))).toMatchObject([
        { key: ada.key },
      ]);
    for (const path of ['', '/notifications'])
      expect((await get(`/people/${encodeURIComponent(ada.conversationId)}${path}`)).status).toBe(200);
    const described = (await get(`/people/${ada.key}`)).json;
    expect(described).toMatchObject({
      key: ada.key,
      mutes: [{ topic: 'everything' }],
      zone: { zone: 'UTC' },
    });
    expect(described).not.toHaveProperty('notifications');
    const pages = await allOf(get, `/people/${ada.key}/notifications?limit=1`);
    expect(pages.flat()).toMatchObject([
      {
        text: 'second',
        state: 'suppressed',
        reason: 'muted',
        why: 'suppressed/muted',
        title: 'Notification',
      },
      { text: 'first', state: 'delivered', why: 'delivered', conversation: ada.key },
    ]);
  });

  it('have a timeline of 30 days, read out of rows of their own', async () => {
    const world = aWorld();
    const [ada, other] = [aConversation(), aConversation()];
    await world.knows(ada, other);
    await told(world, 'old', { conversation: ada.key });
    await told(world, 'of another', { conversation: other.key });
    await world.run();
    const { get } = aConsole({ world });
    const texts = async () => itemsOf(await get(`/people/${ada.key}/notifications`)).map(({ text }) => text);
    const read = () =>
      ['personalData.deliveriesOf', 'ledger.findOutcome', 'ledger.listResults', 'ledger.countOutcomes'].map(
        (call) => world.watch.count(call),
      );
    const before = read();
    expect(await texts()).toEqual(['old']);
    // Their rows, and what became of the one notification that is theirs.
    expect(read().map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 0, 0]);
    world.clock.advance(hours(24 * 30) + minutes(1));
    expect(await texts()).toEqual([]);
  });

  it.each(['', 'text=', 'text=a', 'text=%20'])('are not looked for by %j', async (query) => {
    const answer = await aConsole().get(`/people?${query}`);
    expect([answer.status, answer.json.code]).toEqual([400, 'too-short']);
  });

  it.each(['x', '29:ada', 'x'.repeat(43), '..%2f..%2fsecret'])(
    'nobody is known by the key %s',
    async (key) => {
      for (const path of [`/people/${key}`, `/people/${key}/notifications`])
        expect((await aConsole().get(path)).json.code).toBe('unknown-person');
    },
  );

  it('whoever signed in is told whether the notifier knows them', async () => {
    const world = aWorld();
    const ada = aConversation({ user: { id: '29:ada', name: 'Ada Lovelace', aadObjectId: SOMEBODY } });
    await world.knows(ada);
    const { ask } = aConsole({ world, signIn: 'app-service' });
    const { json } = await ask('GET', '/me', { headers: principalHeader() });
    expect(json.person).toEqual({ key: ada.key, name: 'Ada Lovelace' });
  });
});

describe('what is parked', () => {
  it('is listed by reason, and opened with its original', async () => {
    const world = aWorld();
    const original = JSON.stringify({ type: 'x.y', source: 'urn:t', id: '1', data: { __proto__: null } });
    const park = (id: string, reason: ParkingReason, more: object = {}) =>
      world.parking.parkItem({
        id: id.repeat(43),
        reason,
        faults: [{ path: 'data', message: 'x' }],
        original,
        kind: 'event',
        parkedAt: world.clock.now(),
        ...more,
      });
    await park('a', 'unknown-type');
    await park('b', 'exhausted', { kind: 'delivery', original: `${'n'.repeat(43)}.${'c'.repeat(43)}` });
    await park('c', 'invalid-envelope', { original: '{"a":' });
    const { get } = aConsole({ world });
    expect((await allOf(get, '/parked?limit=2')).map((page) => page.length)).toEqual([2, 1]);
    expect(itemsOf(await get('/parked?reason=unknown-type'))).toMatchObject([
      { id: 'a'.repeat(43), reason: 'unknown-type', summary: 'x.y urn:t 1', faults: [{ path: 'data' }] },
    ]);
    expect((await get(`/parked/${'a'.repeat(43)}`)).json).toMatchObject({
      original,
      originalJson: { type: 'x.y' },
    });
    expect((await get(`/parked/${'c'.repeat(43)}`)).json).not.toHaveProperty('originalJson');
    expect((await get('/parked/x')).json.code).toBe('unknown-parked');
    expect((await get('/parked?continuation=eA')).json.code).toBe('invalid-request');
    expect((await get('/parked?reason=any')).status).toBe(400);
    expect((await get('/now')).json.parked).toEqual({
      'unknown-type': 1,
      exhausted: 1,
      'invalid-envelope': 1,
    });
  });
});

describe('now', () => {
  it('says how old the oldest message is, what runs, and how fast each tenant is told', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    await told(world, 'running', { conversation: ada.key });
    const oldestAt = world.clock.now() - seconds(90);
    const figures = [{ queue: 'deliveries', waiting: 1, oldestAt, deadLetters: 0 }];
    const { get } = aConsole({ world, figures });
    await world.pacer.reserve(ada.tenant, 5, world.clock.now(), minutes(1));
    const first = (await get('/now')).json;
    expect(first).toMatchObject({
      queues: [{ name: 'deliveries', waiting: 1, oldestSeconds: 90, deadLetters: 0 }],
      running: [{ text: 'running', complete: false, pending: { queued: 1 } }],
      tenants: [{ tenant: ada.tenant, perSecond: 0, limit: 50 }],
      parked: {},
      health: { status: 'ok', parts: { tables: 'ok' } },
    });
    world.clock.advance(seconds(4));
    await world.pacer.reserve(ada.tenant, 40, world.clock.now(), minutes(1));
    world.clock.advance(seconds(4));
    await world.run();
    const second = (await get('/now')).json;
    expect(second).toMatchObject({ tenants: [{ perSecond: 5 }], running: [] });
  });

  it('says of what is for a time that it runs once that has come', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const at = new Date(world.clock.now() + minutes(5)).toISOString();
    await told(world, 'planned', { conversation: ada.key }, { delivery: { at } });
    const { get } = aConsole({ world });
    expect((await get('/now')).json).toMatchObject({ running: [] });
    world.clock.advance(minutes(6));
    expect((await get('/now')).json).toMatchObject({ running: [{ text: 'planned' }] });
  });

  it('is found out once for all who ask within two seconds', async () => {
    const { get, world, looksAtQueues } = aConsole();
    await get('/now');
    await Promise.all([get('/now'), get('/now')]);
    expect(looksAtQueues()).toBe(1);
    world.clock.advance(seconds(2));
    await get('/now');
    expect(looksAtQueues()).toBe(2);
  });
});

describe('what there is', () => {
  it('of hooks is shown a page at a time, and nothing that opens one', async () => {
    const world = aWorld();
    const place = aConversation({ conversationType: 'channel', conversationName: 'General' });
    const ada = aConversation({ user: { id: '29:ada', name: 'Ada' } });
    await world.knows(place, ada);
    const of = { name: 'ci', conversation: place.key, createdBy: ada.key, createdAt: world.clock.now() };
    const hooks = ['a', 'b', 'c'].map((id) => ({ id: id.repeat(16), ...of }));
    const { get } = aConsole({ world, hooks });
    const pages = await allOf(get, '/hooks?limit=2');
    expect(pages.flat().map(({ id }) => id)).toEqual(['a', 'b', 'c'].map((id) => id.repeat(16)));
    expect(pages[0]?.[0]).toMatchObject({
      name: 'ci',
      place: { key: place.key, name: 'General' },
      createdBy: { key: ada.key, name: 'Ada' },
    });
  });

  it('of hooks says whose each is, also where nobody asked for it in a place', async () => {
    const world = aWorld();
    const place = aConversation({ conversationType: 'channel', conversationName: 'General' });
    const ada = aConversation({ user: { id: '29:ada', name: 'Ada' } });
    await world.knows(place, ada);
    const made = { name: 'ci', createdAt: 0 };
    const hooks = [
      { ...made, id: 'a'.repeat(16), conversation: ada.key },
      { ...made, id: 'b'.repeat(16), conversation: place.key },
    ];
    const [own, ofPlace] = itemsOf(await aConsole({ world, hooks }).get('/hooks'));
    expect(own).toMatchObject({ createdBy: { key: ada.key, name: 'Ada' } });
    expect(ofPlace).toMatchObject({ place: { name: 'General' } });
    expect(ofPlace).not.toHaveProperty('createdBy');
  });

  it('of topics has those that are offered and those of which something came lately, with who wants them', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const data = { pipeline: 'web', number: 7, status: 'failed' };
    const event = anEvent({ type: 'build.finished', data });
    await world.publish(event);
    const { get } = aConsole({ world });
    const topics = itemsOf(await get('/topics'));
    expect(topics).toContainEqual({ topic: 'builds', kind: 'All builds', subscribers: 0 });
    expect(topics).toContainEqual({ topic: 'builds/web', lately: 1, subscribers: 0 });
  });

  it('of topics is shown a page at a time, by name, none twice', async () => {
    const world = aWorld();
    for (const name of ['3', '1', '2', 'team a', 'team b', 'team c'])
      await world.topicActivity.noteTopic(`deploys/${name}` as never, world.clock.now());
    const { get } = aConsole({ world });
    const names = (await allOf(get, '/topics?limit=2')).map((page) => page.map(({ topic }) => String(topic)));
    expect(names.every(({ length }) => length <= 2)).toBe(true);
    expect(names.flat()).toEqual(itemsOf(await get('/topics?limit=200')).map(({ topic }) => topic));
    const [last = ''] = names.flat().slice(-1);
    expect((await allOf(get, `/topics?limit=1&text=${last.slice(1).toUpperCase()}`)).flat()).toMatchObject([
      { topic: last },
    ]);
    expect(names.flat()).toEqual([...names.flat()].sort());
    expect(names.flat()).toEqual(
      expect.arrayContaining(['deploys/1', 'deploys/2', 'deploys/3', 'deploys/team c']),
    );
  });

  it('of kinds has a schema for each that may be sent, and for no other', async () => {
    const { get } = aConsole();
    const kinds = itemsOf(await get('/kinds')).map(({ type }) => type);
    expect(kinds).toContain('notification.requested');
    for (const type of kinds) {
      expect((await get(`/schema/${String(type)}`)).json.$id).toBe(`urn:notifier:schema:${String(type)}`);
    }
    for (const type of ['reminder.due', '__proto__', 'toString', 'notification.digest'])
      expect((await get(`/schema/${type}`)).json.code).toBe('unknown-type');
  });
});
