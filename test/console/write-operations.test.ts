import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../shared/domain/conversation/conversation.ts';
import { hashOf } from '../../shared/domain/hash.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { hours } from '../../shared/domain/time.ts';
import { hookStore } from '../../shared/kinds/hooks/hook.ts';
import { aConversation, anEvent } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';
import { ADA, aWriteConsole } from '../support/write-console.ts';

interface Ok {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
}

describe('what authors and operators stop and mend', () => {
  let world: ReturnType<typeof aWorld>;
  let ask: ReturnType<typeof aWriteConsole>['ask'];
  let settle: ReturnType<typeof aWriteConsole>['settle'];
  let bob: Conversation;

  beforeEach(async () => {
    world = aWorld();
    ({ ask, settle } = aWriteConsole(world));
    bob = aConversation({ user: { id: '29:bob', name: 'Bob' }, conversationId: 'bob' });
    await world.knows(bob);
  });

  async function send(who = ADA, key = '1'): Promise<string> {
    const at = new Date(world.clock.now() + hours(2)).toISOString();
    const body = {
      type: 'notification.requested',
      data: { to: { everyone: true }, text: 'Hi', delivery: { at } },
    };
    const answer = (await ask('POST notifications', { body, key, who, role: 'author' })) as Ok;
    await settle();
    return String(answer.body.id);
  }

  it('an author stops their own, and nothing of anybody else', async () => {
    const [own, other] = [await send(), await send({ name: 'Eve', objectId: 'eve' }, '2')];
    const event = anEvent({ data: { to: { user: '29:bob' }, text: 'Hi' } });
    await world.publish(event);
    for (const id of [other, notificationId(event.source, event.id), 'x'.repeat(43)]) {
      expect(await ask(`DELETE notifications/${id}`, { role: 'author' })).toMatchObject({
        status: 403,
        code: 'not-allowed',
      });
      expect(await world.notifications.findCancellation(id as never)).toBeUndefined();
    }
    expect(await ask(`DELETE notifications/${own}`, { role: 'author' })).toMatchObject({
      status: 202,
      body: { known: true },
    });
    expect(await ask(`DELETE notifications/${other}?recall=1`)).toMatchObject({ status: 202 });
    expect(await world.notifications.findCancellation(other as never)).toMatchObject({ recall: true });
    expect(await ask(`DELETE notifications/${own}?recall=yes`)).toMatchObject({ status: 400 });
    expect(await ask('DELETE notifications/x')).toMatchObject({ status: 400, faults: [{ path: 'id' }] });
  });

  it.each(['notifications', 'test'])(
    'an author stops what the queue has not brought yet (%s), and nobody else does',
    async (route) => {
      await world.knows(
        aConversation({ user: { id: '29:ada', aadObjectId: ADA.objectId }, conversationId: 'ada' }),
      );
      const message = { type: 'notification.requested', data: { to: { everyone: true }, text: 'Hi' } };
      const body = route === 'test' ? { message } : message;
      const sent = (await ask(`POST ${route}`, { body, key: '1', role: 'author' })) as Ok;
      const address = `DELETE notifications/${sent.body.id}`;
      const eve = { name: 'Eve', objectId: 'eve' };
      expect(await ask(address, { role: 'author', who: eve })).toMatchObject({ status: 403 });
      expect(await ask(address, { role: 'author' })).toMatchObject({
        status: 202,
        body: { known: false, id: sent.body.id },
      });
      await settle();
      expect(world.channel.shown).toEqual([]);
      expect(await ask(address, { role: 'author' })).toMatchObject({ status: 202, body: { known: true } });
    },
  );

  async function park(count: number, reason: 'invalid-data' | 'too-large' = 'invalid-data') {
    const ids = Array.from({ length: count }, (_, index) => hashOf(`${reason} ${index}`));
    for (const id of ids) {
      const original = JSON.stringify({ text: `<b>${id}</b>` });
      await world.parking.parkItem({ id, kind: 'event', reason, faults: [], original, parkedAt: 1 });
    }
    return ids;
  }

  it('what is parked is replayed, or said what would be, by id and by reason', async () => {
    const [one, two] = await park(3);
    await park(2, 'too-large');
    const dry = (await ask('POST parked/replay', { body: { ids: [one, two, one], dryRun: true } })) as Ok;
    expect(dry.body).toMatchObject({ dryRun: true, done: 2, left: false });
    expect((await world.parking.listParked({ limit: 10 })).items).toHaveLength(5);
    expect(
      ((await ask('POST parked/replay', { body: { ids: [one, 'z'.repeat(43)] } })) as Ok).body.items,
    ).toEqual([
      { id: one, outcome: 'queued', detail: { queue: 'events' } },
      { id: 'z'.repeat(43), outcome: 'not-found' },
    ]);
    expect(await ask('POST parked/replay', { body: { reason: 'invalid-data' } })).toMatchObject({
      status: 200,
      body: { done: 2, left: false },
    });
    expect((await world.parking.listParked({ limit: 10 })).items.map(({ reason }) => reason)).toEqual([
      'too-large',
      'too-large',
    ]);
  });

  it('what is parked is dropped 200 at a time, and it is said that there is more', async () => {
    await park(250);
    const first = (await ask('POST parked/drop', { body: { reason: 'invalid-data' } })) as Ok;
    expect(first.body).toMatchObject({ done: 200, left: true });
    const { after } = first.body;
    expect(await ask('POST parked/drop', { body: { reason: 'invalid-data', after } })).toMatchObject({
      body: { done: 50, left: false },
    });
    expect((await world.parking.listParked({ limit: 10 })).items).toEqual([]);
  });

  it('says which parked items are meant, and is refused where that is not clear', async () => {
    const bad = [
      {},
      { ids: ['x'], reason: 'invalid-data' },
      { ids: [] },
      { ids: Array.from({ length: 201 }, () => 'x') },
      { reason: 'nothing' },
      { idz: ['x'] },
      { reason: 'invalid-data', after: '../x' },
    ];
    for (const body of bad) {
      expect(await ask('POST parked/replay', { body }), JSON.stringify(body)).toMatchObject({ status: 400 });
      expect(await ask('POST parked/drop', { body }), JSON.stringify(body)).toMatchObject({ status: 400 });
    }
    expect(await ask('POST parked/drop', { body: { ids: ['x'], dryRun: true } })).toMatchObject({
      status: 400,
    });
  });

  it('a person is erased by their key alone, and only said what goes with a dry run', async () => {
    const dry = await ask(`DELETE people/${bob.key}?dryRun=1`);
    expect(dry).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        key: bob.key,
        user: { name: 'Bob' },
        conversations: [
          {
            key: bob.key,
            goes: 'everything: 0 subscriptions, 0 notifications of the last 30 days, 0 held back',
            counts: { subscriptions: 0, notifications: 0, heldBack: 0 },
          },
        ],
      },
    });
    await world.run();
    expect(await world.conversations.findConversation(bob.key)).toBeDefined();
    for (const nobody of ['Bob', '29:bob', 'x'.repeat(43)])
      expect(await ask(`DELETE people/${nobody}`)).toMatchObject({ status: 404, code: 'not-found' });
    expect(await ask(`DELETE people/${bob.key}`)).toMatchObject({ status: 202, body: { dryRun: false } });
    await world.run();
    expect(await world.conversations.findConversation(bob.key)).toBeUndefined();
  });

  it('a web hook is revoked: nothing is there under its id any more', async () => {
    const hooks = hookStore(world);
    const id = 'h'.repeat(16);
    const value = { name: 'ci', createdAt: 0, rules: {} };
    await hooks.put({ conversation: bob.key, tenant: bob.tenant, key: id, value });
    expect(await ask(`DELETE hooks/${id}`)).toEqual({ status: 200, body: { revoked: id, name: 'ci' } });
    expect(await hooks.byId(id)).toBeUndefined();
    expect(await ask(`DELETE hooks/${id}`)).toMatchObject({ status: 404 });
  });

  it('a web hook that is not there is not revoked', async () => {
    expect(await ask('DELETE hooks/AAAAAAAAAAAAAAAA')).toMatchObject({
      status: 404,
      faults: [{ path: 'id' }],
    });
  });

  it('every route that changes something says what the audit calls it, and no other', () => {
    const { routes } = aWriteConsole(world);
    const quiet = routes
      .filter(({ action }) => action === undefined)
      .map(({ method, path }) => `${method} ${path}`);
    expect(quiet).toEqual([
      'GET drafts',
      'GET drafts/{id}',
      'GET audiences',
      'GET audiences/{name}',
      'POST preview',
      'POST dry-run',
    ]);
    const operators = routes.filter(({ role }) => role === 'operator').map(({ action }) => action);
    expect(operators).toEqual(['parked.replay', 'parked.drop', 'person.erase', 'hook.revoke']);
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
  });
});
