import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import type { CreateResult } from '../../../shared/ports/delivery/messenger.ts';
import { aConversation, anEvent, anUncreatedConversation } from '../../support/builders.ts';
import { type Scripted, undeciphered } from '../../support/fakes/scripted-messenger.ts';
import { aWorld } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-000000000001';
const times = (count: number): readonly Scripted[] =>
  Array.from({ length: count }, () => ({ result: undeciphered }));
const creationRefused: CreateResult = {
  kind: 'failed',
  status: 403,
  code: 'BotNotInConversationRoster',
  surelyNotSent: true,
};

async function somebody(changes: Parameters<typeof aConversation>[0] = {}) {
  const world = aWorld();
  const ana = aConversation({ user: { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID }, ...changes });
  await world.knows(ana);
  const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
  const begun = world.clock.now();
  const at: number[] = [];
  const send = world.channel.sendActivity.bind(world.channel);
  world.channel.sendActivity = (reference, message) => {
    at.push(world.clock.now() - begun);
    return send(reference, message);
  };
  const id = notificationId(event.source, event.id);
  const rowOf = async () => (await world.report(id, {}))?.recipients?.[0];
  return { world, ana, event, id, at, rowOf, newId: `personal-with-${OBJECT_ID}` };
}

describe('a conversation whose id the channel cannot read', () => {
  it('is tried three times over 5 to 15 s; then the person is asked for by their object id, and told once', async () => {
    const { world, ana, event, at, rowOf, newId } = await somebody();
    world.channel.next(ana.conversationId, ...times(9));
    await world.publish(event);
    await world.run();
    expect(at.length).toBe(4);
    expect(at[2]).toBeGreaterThanOrEqual(5000);
    expect(at[2]).toBeLessThanOrEqual(15_000);
    expect(world.channel.creations.map(({ user }) => user)).toEqual([{ id: OBJECT_ID }]);
    expect(world.channel.textsIn(newId)).toEqual(['hello']);
    expect(await rowOf()).toMatchObject({ state: 'delivered', attempts: 3, repeats: 0 });
    // Who they are stays known, and the next message goes to where they are.
    const next = await world.conversations.findConversation(ana.key);
    expect(next).toMatchObject({ conversationId: newId, user: ana.user });
  });

  it('that passes within the three tries costs nothing', async () => {
    const { world, ana, event, rowOf } = await somebody();
    world.channel.next(ana.conversationId, ...times(2));
    await world.publish(event);
    await world.run();
    expect(world.channel.creations).toEqual([]);
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await rowOf()).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  it('is an outage where the creation is refused, too: one creation, backoff, nobody suppressed', async () => {
    const { world, ana, event, rowOf } = await somebody();
    world.channel.next(ana.conversationId, ...times(8));
    world.channel.nextCreation(creationRefused, creationRefused);
    await world.publish(event);
    await world.run(world.clock.now() + minutes(120));
    expect(world.channel.creations.length).toBe(1);
    expect((await world.conversations.findConversation(ana.key))?.suppressed).toBeUndefined();
    expect(await rowOf()).toMatchObject({ state: 'delivered', attempts: 9 });
  });

  it('for good ends as exhausted, parked and to be replayed', async () => {
    const { world, ana, event, rowOf } = await somebody();
    world.channel.next(ana.conversationId, ...times(12));
    world.channel.nextCreation(creationRefused);
    await world.publish(event);
    await world.run(world.clock.now() + minutes(600));
    expect(await rowOf()).toMatchObject({
      state: 'exhausted',
      lastError: { class: 'http-403', code: 'BadArgument', meaning: 'failed-to-decrypt' },
    });
    expect((await world.parking.listParked({ limit: 10 })).items).toMatchObject([{ reason: 'exhausted' }]);
  });

  it('is tried by object id again when the creation came to nothing for a reason that passes', async () => {
    const { world, ana, event, newId } = await somebody();
    world.channel.next(ana.conversationId, ...times(9));
    world.channel.nextCreation({ kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true });
    await world.publish(event);
    await world.run();
    expect(world.channel.creations.length).toBe(2);
    expect(world.channel.textsIn(newId)).toEqual(['hello']);
  });

  it.each([
    ['without an object id', { user: { id: '29:ana', name: 'Ana' } }],
    ['on a channel whose object ids nobody vouches for', { channelId: 'webchat' }],
    ['that is a group', { conversationType: 'groupChat' as const }],
  ])('%s is tried on, and nothing is created', async (_what, changes) => {
    const { world, ana, event, rowOf } = await somebody(changes);
    world.channel.next(ana.conversationId, ...times(6));
    await world.publish(event);
    await world.run(world.clock.now() + minutes(120));
    expect(world.channel.creations).toEqual([]);
    expect(await rowOf()).toMatchObject({ state: 'delivered', attempts: 7 });
  });

  it.each([
    ['by their object id', { aadObjectId: OBJECT_ID }, OBJECT_ID],
    ['by their own id, as often as it takes, where no other is known', {}, '29:ana'],
  ])('is not there yet, and the person is asked for %s', async (_how, more, id) => {
    const world = aWorld();
    const ana = anUncreatedConversation({ user: { id: '29:ana', name: 'Ana', ...more } });
    await world.knows(ana);
    const pairwise: CreateResult = { ...undeciphered, status: 400 };
    world.channel.nextCreation(pairwise, pairwise, pairwise, pairwise);
    await world.publish(anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } }));
    await world.run(world.clock.now() + minutes(20));
    // One creation for each attempt: a refusal that says nothing of the object id leads to no second one.
    expect(world.channel.creations.map(({ user }) => user.id)).toEqual([id, id, id, id, id]);
    expect(world.channel.textsIn(`personal-with-${id}`)).toEqual(['hello']);
  });
});
