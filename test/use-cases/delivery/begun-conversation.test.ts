import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { CreateResult } from '../../../shared/ports/delivery/messenger.ts';
import { aConversation, anEvent, anUncreatedConversation, aTopic } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';
import { failed, storeAway } from './disturbed-delivery.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-000000000001';
const ANA = { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID };
const gone = failed(404, 'ConversationNotFound');
const undeciphered = failed(403, 'BadArgument', { meaning: 'failed-to-decrypt' });
const refused = (status: number, code: string) =>
  ({ kind: 'failed', status, code, surelyNotSent: true }) as const;
const unanswered: CreateResult = { kind: 'failed', code: 'ETIMEDOUT', surelyNotSent: false };

/** Somebody whose conversation is gone, on a channel that creates another one with a message only. */
async function somebody(made: Conversation = aConversation({ user: ANA })) {
  const world = aWorld();
  world.channel.insistsOnActivity = true;
  await world.knows(made);
  const { conversationId = '' } = made;
  world.channel.next(conversationId, gone);
  let told = 0;
  return {
    world,
    ana: made,
    conversationId,
    async tell(text: string, delivery: { readonly [name: string]: unknown } = {}) {
      told += 1;
      const event = anEvent({
        id: `event-${told}`,
        sequence: String(told),
        data: { to: { conversation: made.key }, text, delivery },
      });
      await world.publish(event);
      await world.run(world.clock.now() + minutes(20));
      const id = notificationId(event.source, event.id);
      const [row] = (await world.report(id, {}))?.recipients ?? [];
      return row;
    },
  };
}

describe('a conversation that the channel creates with a message only', () => {
  it('begins with the notification itself, once, by the one request of its claim', async () => {
    const { world, tell } = await somebody();
    const row = await tell('hello');
    expect(row).toMatchObject({ state: 'delivered', attempts: 1, repeats: 0 });
    expect(world.channel.shown.map(({ conversationId }) => conversationId)).toEqual([
      `session-1-with-${OBJECT_ID}`,
    ]);
    expect(world.channel.textsIn(`session-1-with-${OBJECT_ID}`)).toEqual(['hello']);
    // One without a message, which is refused, and one with it.
    expect(world.channel.creations).toHaveLength(2);
  });

  it('is kept: what comes next goes there, and every wish stays', async () => {
    const { world, ana, tell } = await somebody();
    const topic = aTopic('builds');
    await world.subscriptions.subscribe({
      conversation: ana.key,
      tenant: ana.tenant,
      topic,
      since: world.clock.now(),
    });
    await tell('first');
    await tell('second');
    expect(world.channel.creations).toHaveLength(2);
    expect(world.channel.textsIn(`session-1-with-${OBJECT_ID}`)).toEqual(['first', 'second']);
    expect(await world.conversations.findConversation(ana.key)).toMatchObject({
      conversationId: `session-1-with-${OBJECT_ID}`,
    });
    expect(await world.subscriptions.subscriptionsOf(ana.key)).toMatchObject([{ topic }]);
    // Whoever writes there is the same person.
    const found = await world.addressees.findAddressee(ana.key);
    expect(found.reach?.places.map(({ isGone }) => isGone === true)).toEqual([true, false]);
  });

  it('is begun with somebody who was never written to', async () => {
    const { world, tell } = await somebody(anUncreatedConversation({ user: ANA }));
    expect(await tell('hello')).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(world.channel.textsIn(`session-1-with-${OBJECT_ID}`)).toEqual(['hello']);
  });

  it('is begun by object id where the bot has another identity, and no id of before is tried again', async () => {
    const { world, ana, conversationId, tell } = await somebody();
    world.channel.next(conversationId, undeciphered, undeciphered, undeciphered);
    // The creation to which the 404 of the first look leads meets the same fault.
    world.channel.nextFirst({ result: { ...refused(400, 'BadArgument'), meaning: 'failed-to-decrypt' } });
    expect(await tell('hello')).toMatchObject({ state: 'delivered' });
    expect(world.channel.textsIn(`session-2-with-${OBJECT_ID}`)).toEqual(['hello']);
    expect(world.channel.shown).toHaveLength(1);
    const found = await world.addressees.findAddressee(ana.key);
    expect(found.reach?.places.filter(({ isGone }) => isGone !== true)).toHaveLength(1);
  });

  it('is unknown, too, where the channel says that it was begun and does not name it', async () => {
    const { world, conversationId, tell } = await somebody();
    world.channel.next(conversationId, undeciphered, undeciphered, undeciphered);
    world.channel.nextFirst(
      { result: { ...refused(400, 'BadArgument'), meaning: 'failed-to-decrypt' } },
      {
        result: { kind: 'failed', status: 201, code: 'no-conversation-id', surelyNotSent: false },
        shown: true,
      },
    );
    expect(await tell('hello', { onUnconfirmed: 'park' })).toMatchObject({ state: 'unconfirmed' });
    expect(world.channel.shown).toHaveLength(1);
  });

  it.each([
    ['resend', { state: 'delivered', repeats: 1 }, 2],
    ['park', { state: 'unconfirmed' }, 1],
  ] as const)('is unknown without an answer, as a send is: %s', async (onUnconfirmed, row, shown) => {
    const { world, tell } = await somebody();
    world.channel.nextFirst({ result: unanswered, shown: true });
    expect(await tell('hello', { onUnconfirmed })).toMatchObject(row);
    expect(world.channel.shown).toHaveLength(shown);
  });

  it('is begun later where the channel is busy', async () => {
    const { world, tell } = await somebody();
    world.channel.nextFirst({ result: { ...refused(429, 'Throttled'), retryAfter: seconds(5) } });
    expect(await tell('hello')).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(world.channel.shown).toHaveLength(1);
  });

  it('cannot be had with a message either: the person is gone, and it is said so', async () => {
    const { world, tell } = await somebody();
    world.channel.nextFirst({ result: refused(400, 'BadSyntax') });
    expect(await tell('hello')).toMatchObject({ state: 'rejected', reason: 'gone' });
    expect(world.channel.shown).toEqual([]);
  });

  it('is remembered when the store is back, and nobody is told again', async () => {
    const { world, ana, tell } = await somebody();
    const create = world.channel.createConversation.bind(world.channel);
    world.channel.createConversation = async (person, first) => {
      if (first !== undefined) {
        for (const name of [
          'addressees.findAddressee',
          'addressees.leadToAddressee',
          'conversations.saveConversation',
        ])
          world.watch.failNext(name, { error: storeAway, when: 'before' });
      }
      return create(person, first);
    };
    expect(await tell('first')).toMatchObject({ state: 'delivered', repeats: 0 });
    await tell('second');
    expect(await world.conversations.findConversation(ana.key)).toMatchObject({
      conversationId: `session-1-with-${OBJECT_ID}`,
    });
    expect(world.channel.textsIn(`session-1-with-${OBJECT_ID}`)).toEqual(['first', 'second']);
  });

  it('is not begun with somebody who has asked to be forgotten since', async () => {
    const { world, ana, conversationId, tell } = await somebody();
    const send = world.channel.sendActivity.bind(world.channel);
    world.channel.sendActivity = async (reference, message) => {
      await world.forgetMe({ conversation: { ...ana, conversationId }, speaker: ANA, turn: 'turn' });
      return send(reference, message);
    };
    const row = await tell('hello');
    expect(row?.state).not.toBe('delivered');
    expect(world.channel.shown).toEqual([]);
  });

  it.each(['interrupt', 'replace'] as const)('tells at once what would %s a dialog', async (mode) => {
    const { world, tell } = await somebody();
    expect(await tell('hello', { mode })).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(world.channel.textsIn(`session-1-with-${OBJECT_ID}`)).toEqual(['hello']);
  });

  it('is where a later state of the same key changes the message', async () => {
    const { world, tell } = await somebody();
    await tell('on fire', { key: 'alert' });
    expect(await tell('all clear', { key: 'alert' })).toMatchObject({ state: 'updated' });
    expect(world.channel.textsIn(`session-1-with-${OBJECT_ID}`)).toEqual(['all clear']);
  });
});
