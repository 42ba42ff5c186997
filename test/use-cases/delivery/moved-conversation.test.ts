import { describe, expect, it } from 'vitest';
import { conversationKey, notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { reopenDelivery } from '../../../shared/use-cases/upkeep/reopen-delivery.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import type { Scripted } from '../../support/fakes/scripted-messenger.ts';
import { aWorld } from '../../support/world.ts';
import { statesOf } from '../holding-back/held-person.ts';

const failed = (status: number, code: string): Scripted => ({
  result: { kind: 'failed', code, status, surelyNotSent: status < 500 },
});
const OBJECT_ID = '5b6f1a10-0000-4000-8000-000000000001';
const refused = {
  kind: 'failed',
  status: 403,
  code: 'BotNotInConversationRoster',
  surelyNotSent: true,
} as const;
const gone = failed(404, 'ConversationNotFound');

/** Somebody whose conversation the channel will deny from now on; it has another one with them. */
async function somebodyWhoMoved() {
  const world = aWorld();
  const ana = aConversation();
  await world.knows(ana);
  const { conversationId, user } = ana;
  if (conversationId === undefined || user === undefined) throw new Error('ana can be reached');
  const newId = `personal-with-${user.id}`;
  return {
    world,
    ana,
    newId,
    newKey: conversationKey(ana.channelId, newId),
    answers: (...answers: readonly Scripted[]) => world.channel.next(conversationId, ...answers),
    async tell(text: string, delivery: { readonly [name: string]: unknown } = {}) {
      const event = anEvent({ data: { to: { conversation: ana.key }, text, delivery } });
      await world.publish(event);
      return notificationId(event.source, event.id);
    },
  };
}

describe('somebody whose conversation is gone', () => {
  it('is told in the other one what was still under way to the old one', async () => {
    const { world, tell, answers, newId } = await somebodyWhoMoved();
    answers(failed(429, 'Throttled'), gone);
    const first = await tell('first');
    await world.run(world.clock.now() + seconds(0.1));
    const second = await tell('second');
    await world.run();
    expect([...world.channel.textsIn(newId)].sort()).toEqual(['first', 'second']);
    expect(await statesOf(world, [first, second])).toEqual(['delivered', 'delivered']);
  });

  it('is told there, once, what is replayed after they moved', async () => {
    const { world, tell, answers, newId } = await somebodyWhoMoved();
    answers(failed(502, 'BadGateway'));
    const first = await tell('first', { onUnconfirmed: 'park' });
    await world.run();
    answers(gone);
    await tell('second');
    await world.run();
    const { items } = await world.parking.listParked({ limit: 10 });
    for (const item of items) await reopenDelivery(world)(item, false);
    await world.run();
    expect(world.channel.textsIn(newId)).toEqual(['second', 'first']);
    expect(await statesOf(world, [first])).toEqual(['delivered']);
  });

  it('costs one request to create the other one and one to tell, not another one to hear that it is gone', async () => {
    const { world, tell, answers } = await somebodyWhoMoved();
    answers(gone);
    await tell('first');
    await world.run();
    const before = world.channel.requests.length;
    await tell('second');
    await world.run();
    expect(world.channel.requests.length - before).toBe(1);
  });

  it.each(['blocked', 'uninstalled', 'forgotten'] as const)(
    'is told nothing in the other one where they are %s, and that stays so',
    async (reason) => {
      const { world, ana, tell, answers, newId, newKey } = await somebodyWhoMoved();
      await world.conversations.saveConversation({
        ...aConversation(),
        channelId: ana.channelId,
        conversationId: newId,
        key: newKey,
      });
      await world.conversations.suppressConversation(newKey, reason);
      answers(gone);
      const id = await tell('hello');
      await world.run();
      expect(world.channel.shown).toEqual([]);
      expect((await world.conversations.findConversation(newKey))?.suppressed).toBe(reason);
      const [state] = await statesOf(world, [id]);
      expect(state).toMatch(/^suppressed /);
    },
  );

  it('is one person with whoever had the other one, told there, by the one who was known first', async () => {
    const { world, ana, tell, answers, newId, newKey } = await somebodyWhoMoved();
    const other = {
      ...aConversation({ locale: 'de-DE', user: ana.user ?? { id: 'x' } }),
      channelId: ana.channelId,
      conversationId: newId,
      key: newKey,
      capturedAt: ana.capturedAt + minutes(1),
    };
    await world.conversations.saveConversation(other);
    world.clock.advance(minutes(5));
    answers(gone);
    const id = await tell('hello');
    await world.run();
    expect(world.channel.textsIn(newId)).toEqual(['hello']);
    expect(await statesOf(world, [id])).toEqual(['delivered']);
    expect(await world.conversations.findConversation(newKey)).toBeUndefined();
    expect(await world.conversations.findConversation(ana.key)).toMatchObject({
      conversationId: newId,
      locale: 'de-DE',
    });
  });

  it('is asked for by the object id, once: the channel refuses an id of theirs that was another bot’s', async () => {
    const world = aWorld();
    const ana = aConversation({ user: { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID } });
    await world.knows(ana);
    const create = world.channel.createConversation.bind(world.channel);
    world.channel.createConversation = async (person, first) => {
      const result = await create(person, first);
      return person.user.id === OBJECT_ID ? result : refused;
    };
    world.channel.next(ana.conversationId, gone);
    const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
    await world.publish(event);
    await world.run();
    expect(await statesOf(world, [notificationId(event.source, event.id)])).toEqual(['delivered']);
    expect(world.channel.textsIn(`personal-with-${OBJECT_ID}`)).toEqual(['hello']);
    expect(world.channel.creations.map(({ user }) => user)).toEqual([{ id: OBJECT_ID }]);
  });

  it('takes a slot of the tenant for the creation, and one for what is told', async () => {
    const { world, ana, answers, tell } = await somebodyWhoMoved();
    answers(gone);
    const taken: (readonly [string, number])[] = [];
    const reserve = world.pacer.reserve.bind(world.pacer);
    world.pacer.reserve = (tenant, count, ...more) => {
      taken.push([tenant, count]);
      return reserve(tenant, count, ...more);
    };
    await tell('hello');
    await world.run();
    expect(world.channel.creations).toHaveLength(1);
    expect(taken).toContainEqual([ana.tenant, 1]);
  });
});
