import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { conversationKey, notificationId, personKey, tenantKey } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { toldAs } from '../../../shared/use-cases/conversation/told-as.ts';
import { aConversation, aDeliveryRow, anEvent, aResult, aTopic } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld, type World } from '../../support/world.ts';

const PLACE = 'B1:T1:C1';
const THREADS = [`${PLACE}:1700000000.000100`, `${PLACE}:1700000000.000200`] as const;
const [FIRST, SECOND] = THREADS;
const key = (id: string) => conversationKey('slack', id);
const tenant = tenantKey({ channelId: 'slack' });
const BEA = { id: 'U1', name: 'Bea' };
const CAL = { id: 'U3', name: 'Cal' };

/** As the former release keeps what it hears in a channel of Slack: each thread by a record of its own. */
function record(conversationId: string): Conversation {
  const { tenantId: _none, ...built } = aConversation({
    channelId: 'slack',
    serviceUrl: 'https://slack.botframework.com/',
    conversationId,
    conversationType: 'groupChat',
    user: BEA,
  });
  return { ...built, tenant };
}

describe('threads of which the former release kept records', () => {
  let world: World;
  let chat: ReturnType<typeof aChat>;

  beforeEach(async () => {
    world = aWorld();
    const { answer } = await everyCommand(world);
    chat = aChat({ world, more: { answer } });
  });

  const knows = async (...ids: readonly string[]) => {
    for (const id of ids) await world.conversations.saveConversation(record(id));
  };
  const subscribes = (id: string, topic: string) =>
    world.subscriptions.subscribe({
      conversation: key(id),
      tenant,
      topic: aTopic(topic),
      since: world.clock.now(),
    });
  const tell = async (to: object, text: string) => {
    const event = anEvent({ data: { to, text } });
    await world.publish(event);
    await world.run(world.clock.now() + minutes(10));
    world.clock.advance(minutes(10));
    const shown = world.channel.shown.filter(({ message }) => newsOf(message).startsWith(text));
    return {
      id: notificationId(event.source, event.id),
      in: shown.map(({ conversationId }) => conversationId),
    };
  };
  const here = (id: string, from = BEA) => ({
    channelId: 'slack',
    conversation: { id, conversationType: 'groupChat', isGroup: true, name: '' },
    from,
  });

  it.each([
    ['with their place', [PLACE, ...THREADS]],
    ['without a record of their place', [...THREADS]],
  ])('are told as one place, %s, and are no part of everyone from then on', async (_which, known) => {
    await knows(...known);
    const told = await tell({ everyone: true }, 'one');
    expect(told.in).toEqual([PLACE]);
    expect(await world.report(told.id)).toMatchObject({ complete: true });
    expect((await tell({ everyone: true }, 'two')).in).toEqual([PLACE]);
    const { items } = await world.conversations.listConversations({ limit: 10 });
    expect(items.map(({ conversationId }) => conversationId)).toEqual([PLACE]);
  });

  it('lose no wish: what is subscribed in a thread is told to its place, once', async () => {
    await knows(PLACE, ...THREADS);
    await subscribes(FIRST, 'builds');
    await subscribes(SECOND, 'builds');
    await subscribes(SECOND, 'canteen');
    expect((await tell({ topic: 'builds' }, 'green')).in).toEqual([PLACE]);
    expect((await tell({ topic: 'canteen' }, 'soup')).in).toEqual([PLACE]);
    expect(await chat.hears('subscriptions', here(FIRST))).toMatch(/builds.*canteen/s);
  });

  it('are told in their place when they are named', async () => {
    await knows(PLACE, ...THREADS);
    expect((await tell({ conversation: key(FIRST) }, 'named')).in).toEqual([PLACE]);
  });

  it('silence a place that is known by no mute of their own, and one that is not by it', async () => {
    await knows(PLACE, FIRST);
    await world.preferences.savePreferences(key(FIRST), { mutes: [{}] });
    await tell({ everyone: true }, 'first');
    expect((await tell({ everyone: true }, 'heard')).in).toEqual([PLACE]);
    world = aWorld();
    await knows(FIRST);
    await world.preferences.savePreferences(key(FIRST), { mutes: [{}] });
    expect((await tell({ everyone: true }, 'quiet')).in).toEqual([]);
  });

  it('say nothing of a place that nobody met where one of them was left', async () => {
    await knows(...THREADS);
    await world.conversations.suppressConversation(key(FIRST), 'blocked');
    expect((await tell({ conversation: key(FIRST) }, 'one')).in).toEqual([PLACE]);
    expect((await tell({ conversation: key(SECOND) }, 'two')).in).toEqual([PLACE]);
  });

  it('are each looked through for what was told, however many there were', async () => {
    const threads = Array.from({ length: 120 }, (_, index) => key(`${PLACE}:17000000${index}.000100`));
    for (const thread of threads) await world.addressees.keepEarlierKey(key(PLACE), thread);
    for (const wanted of threads) {
      const found = await toldAs(world, key(PLACE), async (one) => (one === wanted ? one : undefined));
      expect(found).toBe(wanted);
    }
    const looked: string[] = [];
    const look = async (one: string) => {
      looked.push(one);
      return undefined;
    };
    expect(await toldAs(world, key(PLACE), look, 20)).toBeUndefined();
    expect(looked).toHaveLength(21);
  });

  it('are led to their place again where a worker of that release wrote meanwhile', async () => {
    await knows(PLACE, FIRST);
    await tell({ everyone: true }, 'one');
    await knows(FIRST);
    expect((await tell({ everyone: true }, 'two')).in).toEqual([PLACE]);
    expect(await world.conversations.findConversation(key(FIRST))).toBeUndefined();
  });

  it.each([
    ['in the thread', FIRST, BEA],
    ['in its place by one who never wrote in the thread', PLACE, CAL],
  ])(
    'have their open questions answered %s, and what a member answered goes when they are forgotten',
    async (_which, where, who) => {
      await knows(FIRST);
      const asked = anEvent({
        type: 'survey.requested',
        data: { to: { conversation: key(FIRST) }, question: 'Lunch?', choices: ['yes', 'no'] },
      });
      const survey = { notification: notificationId(asked.source, asked.id), conversation: key(FIRST) };
      await world.publish(asked);
      // The former release told it into the thread.
      world.deliveries.take();
      await world.ledger.claimDelivery(aDeliveryRow({ id: survey }));
      await world.ledger.recordOutcome(survey, aResult());
      await tell({ everyone: true }, 'one');
      expect(await chat.hears(`answer ${survey.notification} 1`, here(where, who))).toContain(
        'I noted **yes**',
      );
      const answer = { ...survey, person: personKey(who.id) };
      expect((await world.answers.findAnswer(answer))?.stands.choice).toBe('yes');
      const others = { ...survey, person: personKey('U2') };
      await world.answers.keepAnswer({ id: others, choice: 'no', at: world.clock.now(), turn: 'another' });
      await chat.says('forget me now', here(where, who));
      await world.run(world.clock.now() + minutes(1));
      expect(await world.answers.findAnswer(answer)).toBeUndefined();
      expect((await world.answers.findAnswer(others))?.stands.choice).toBe('no');
    },
  );
});
