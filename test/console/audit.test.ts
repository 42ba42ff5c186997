import { describe, expect, it } from 'vitest';
import { isTried } from '../../dev/console/test/held.ts';
import type { ConsoleRoute } from '../../shared/console/route.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { aConsole, principalHeader, recorded, SOMEBODY } from '../support/console.ts';
import { aWorld } from '../support/world.ts';
import { aWriteConsole } from '../support/write-console.ts';

describe('the audit', () => {
  const entries = async (world: ReturnType<typeof aWorld>) => {
    const now = world.clock.now();
    return (await world.audit.listEntries({ from: now, since: 0, limit: 10 })).items;
  };
  const headers = {
    ...principalHeader({ roles: ['Notifier.Operator'] }),
    'x-forwarded-for': '6.6.6.6, 198.51.100.4, 203.0.113.7:54321',
  };

  it('says who did what, when, from where, and what became of it', async () => {
    const { one } = recorded({ path: 'notifications/{id}', action: 'cancel' });
    const { ask, world } = aConsole({ signIn: 'app-service', routes: [one] });
    await ask('POST', `/notifications/${'n'.repeat(43)}?recall=1&x=y`, { headers });
    expect(await entries(world)).toEqual([
      {
        id: 'entry-1',
        at: world.clock.now(),
        who: SOMEBODY,
        action: 'cancel',
        what: `notifications/${'n'.repeat(43)}?recall=1`,
        from: '203.0.113.7',
        outcome: 'done',
      },
    ]);
    expect(world.log.of('console.wrote')).toMatchObject([
      { fields: { action: 'cancel', by: SOMEBODY, outcome: 'done' } },
    ]);
  });

  it('is written before anything is done: where it cannot be, nothing is', async () => {
    const { asked, one } = recorded();
    const { ask, world } = aConsole({ routes: [one] });
    world.watch.failNext('audit.beginEntry', {
      error: new StoreUnavailable('put', new Error()),
      when: 'before',
    });
    const answer = await ask('POST', '/things/1');
    expect([answer.status, asked]).toEqual([503, []]);
  });

  it('says that something was begun where nobody could say what became of it, and the answer stands', async () => {
    const { one } = recorded();
    const { ask, world } = aConsole({ routes: [one] });
    world.watch.failNext('audit.endEntry', {
      error: new StoreUnavailable('put', new Error()),
      when: 'before',
    });
    expect((await ask('POST', '/things/1')).status).toBe(200);
    expect(await entries(world)).toMatchObject([{ action: 'do-it' }]);
    expect((await entries(world))[0]?.outcome).toBeUndefined();
    expect(world.log.of('console.unrecorded')).toHaveLength(1);
  });

  it('has what was refused by its code, what failed as failed, and nothing of what never reached a route', async () => {
    const { one } = recorded();
    const { action: _none, ...silent } = one;
    const refused = { status: 409, code: 'changed', title: 'x', faults: [] } as const;
    const routes: readonly ConsoleRoute[] = [
      { ...one, path: 'refused', answer: async () => refused },
      { ...one, path: 'failing', answer: () => Promise.reject(new StoreUnavailable('x', new Error())) },
      { ...silent, path: 'silent', method: 'GET' },
    ];
    const { ask, world } = aConsole({ signIn: 'app-service', routes });
    await ask('POST', '/refused', { headers });
    world.clock.advance(1);
    await ask('POST', '/failing', { headers });
    await ask('GET', '/silent', { headers });
    await ask('POST', '/refused', { headers: principalHeader() });
    await ask('POST', '/refused', { headers, body: '{' });
    expect((await entries(world)).map(({ what, outcome }) => [what, outcome])).toEqual([
      ['failing', 'failed'],
      ['refused', 'changed'],
    ]);
  });

  it('keeps no name, no mail and no text that somebody typed', async () => {
    const { one } = recorded({ path: 'people/{key}', action: 'erase', method: 'DELETE' });
    const bulk: ConsoleRoute = { ...recorded({ path: 'parked/replay' }).one, action: 'replay' };
    const { ask, world } = aConsole({ routes: [one, bulk] });
    for (const key of ['Ada Example', 'ada@example.com', 'a'.repeat(44)])
      await ask('DELETE', `/people/${encodeURIComponent(key)}`);
    const ids = ['p'.repeat(43), 'Ada Example', 'q'.repeat(43)];
    await ask('POST', '/parked/replay', { body: { ids, dryRun: true, reason: 'Ada Example', text: 'Ada' } });
    await ask('POST', '/parked/replay', { body: { reason: 'exhausted' } });
    const kept = (await entries(world)).map(({ what }) => what);
    expect(kept.filter(isTried)).toEqual([expect.stringMatching(/^parked.replay dryRun /)]);
    expect(kept.sort()).toEqual([
      `parked/replay dryRun 3 ids: ${'p'.repeat(43)} ${'q'.repeat(43)}`,
      'parked/replay reason=exhausted',
      'people/(no key)',
      'people/(no key)',
      'people/(no key)',
    ]);
  });

  it.each([
    ['audiences/{name}', 'release 2026/Fall', 'audiences/release 2026/Fall'],
    ['audiences/{name}', 'Führung', 'audiences/Führung'],
    ['audiences/{name}', 'nobody-knows-it', 'audiences/nobody-knows-it'],
    ['audiences/{name}', 'ada@example.com', 'audiences/(no name)'],
    ['notifications/{id}', 'Ada Example', 'notifications/(no id)'],
  ])('says what was asked for of %s: %s', async (path, asked, what) => {
    const refused = { status: 404, code: 'not-found', title: 'x', faults: [] } as const;
    const one = { ...recorded({ path, action: 'x', method: 'DELETE' }).one, answer: async () => refused };
    const { ask, world } = aConsole({ routes: [one] });
    await ask('DELETE', `/${path.replace(/\{\w+\}/, encodeURIComponent(asked))}`);
    expect(await entries(world)).toMatchObject([{ what, outcome: 'not-found' }]);
  });

  it('says that nothing was done, where of many nothing was there', async () => {
    const world = aWorld();
    const write = aWriteConsole(world);
    const routes = ['parked/replay', 'parked/drop'].map((path): ConsoleRoute => {
      const answer: ConsoleRoute['answer'] = ({ body }) => write.ask(`POST ${path}`, { body });
      return { ...recorded({ path }).one, path, action: path, answer };
    });
    const { ask } = aConsole({ world, routes });
    for (const { path } of routes) {
      const { json } = await ask('POST', `/${path}`, { body: { ids: ['p'.repeat(43)] } });
      expect(json).toMatchObject({ done: 0, items: [{ outcome: 'not-found' }] });
    }
    const said = (await entries(world)).map(({ outcome }) => outcome);
    expect(said).toEqual(['nothing-done', 'nothing-done']);
  });

  it.each([
    ['6.6.6.6, 203.0.113.7', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['<script>', 'unknown'],
    ['', 'unknown'],
  ])('takes the platform’s own word for where it came from: %j', async (forwarded, from) => {
    const { one } = recorded();
    const { ask, world } = aConsole({ signIn: 'app-service', routes: [one] });
    await ask('POST', '/things/1', { headers: { ...headers, 'x-forwarded-for': forwarded } });
    expect((await entries(world))[0]?.from).toBe(from);
  });

  it('is shown with the name of whoever the notifier knows, as long as it does', async () => {
    const { one } = recorded();
    const world = aWorld();
    const { ask } = aConsole({ world, routes: [one] });
    await ask('POST', '/things/1');
    expect((await aConsole({ world }).get('/audit')).json).toEqual({
      items: [
        {
          at: '2026-11-23T09:00:00.000Z',
          who: 'local',
          action: 'do-it',
          what: 'things/(no id)',
          from: 'local',
          outcome: 'done',
        },
      ],
    });
  });

  it('goes after 90 days, and not before', async () => {
    const { one } = recorded();
    const { ask, world } = aConsole({ routes: [one] });
    await ask('POST', '/things/1');
    world.clock.advance(90 * 86_400_000);
    await world.removeOldAudit();
    expect(await entries(world)).toHaveLength(1);
    world.clock.advance(86_400_000);
    await world.removeOldAudit();
    expect(await entries(world)).toEqual([]);
    expect(world.log.of('retention.removed')).toMatchObject([{ fields: { kind: 'audit', entries: 1 } }]);
  });
});
