import { describe, expect, it } from 'vitest';
import type { ConversationReference } from '../../../shared/domain/conversation/conversation.ts';
import { conversationKey, notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { recordAnswer } from '../../../shared/use-cases/conversation/record-answer.ts';
import { aDeliveryRow, anEvent } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

const ANA = { id: '29:ana', name: 'Ana', aadObjectId: '5b6f1a10-0000-4000-8000-000000000001' };
const BOB = { id: '29:bob', name: 'Bob' };
const CHAT = conversationKey('msteams', 'a:1');
const GROUP = conversationKey('msteams', '19:group');
/** More than there are deliveries in an export. */
const MANY = 101;

/** Ana in a chat of her own and in a group, where Bob is as well. */
async function people(installer = ANA) {
  const world = aWorld();
  const meet = (user: typeof ANA | typeof BOB, more: Partial<ConversationReference> = {}) =>
    world.capture({
      change: 'seen',
      speaker: user,
      reference: {
        channelId: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        conversationType: 'personal',
        conversationId: 'a:1',
        tenantId: 'contoso',
        bot: { id: '28:app' },
        user,
        ...more,
      },
    });
  await meet(ANA);
  for (const user of [BOB, ANA]) {
    const installed = user === installer ? { installedBy: installer } : {};
    await meet(user, { conversationId: '19:group', conversationType: 'groupChat', ...installed });
  }
  const ask = async () => {
    const to = [{ conversation: CHAT }, { conversation: GROUP }];
    const event = anEvent({ type: 'survey.requested', data: { to, question: 'How?', choices: ['A', 'B'] } });
    await world.publish(event);
    await world.run(world.clock.now() + minutes(5));
    return notificationId(event.source, event.id);
  };
  const record = async (key: typeof CHAT) =>
    (await world.conversations.findConversation(key)) ?? expect.fail('it is known');
  const answer = async (id: string, key: typeof CHAT, speaker: typeof ANA | typeof BOB, index: number) => {
    const given = { notification: id as Awaited<ReturnType<typeof ask>>, index, at: world.clock.now() };
    const turn = `${key} ${speaker.id}`;
    expect(
      await recordAnswer(world)({ ...given, conversation: await record(key), speaker, turn }),
    ).toMatchObject({ kind: 'recorded' });
  };
  const exported = async () => {
    const { conversations } = (await world.exportPersonalData(await record(CHAT), ANA)) as {
      conversations: readonly { readonly key: string; readonly [name: string]: unknown }[];
    };
    return {
      own: conversations.find(({ key }) => key === CHAT),
      group: conversations.find(({ key }) => key === GROUP),
    };
  };
  return { world, ask, answer, exported, record };
}

describe('the export of a person', () => {
  it('has what they answered, alone and among others, and nobody else’s answer', async () => {
    const { ask, answer, exported } = await people();
    const id = await ask();
    await answer(id, CHAT, ANA, 0);
    await answer(id, GROUP, ANA, 1);
    await answer(id, GROUP, BOB, 0);
    const { own, group } = await exported();
    expect(own?.answers).toEqual([{ notification: id, kind: 'Survey', choice: 'A', at: expect.any(String) }]);
    expect(group?.answers).toEqual([
      { notification: id, kind: 'Survey', choice: 'B', at: expect.any(String) },
    ]);
  });

  it('has each answer that is kept, also to what is older than the deliveries it names', async () => {
    const { world, ask, answer, exported } = await people();
    const first = await ask();
    await answer(first, CHAT, ANA, 0);
    for (let count = 0; count < MANY; count += 1) {
      await world.publish(anEvent({ data: { to: { conversation: CHAT }, text: `news ${count}` } }));
    }
    await world.run(world.clock.now() + minutes(30));
    const { own } = await exported();
    expect(own?.deliveries).toHaveLength(100);
    expect(own?.answers).toMatchObject([{ notification: first }]);
  });

  it('has what they answered under a key that they had before they were known to be one', async () => {
    const { ask, answer, exported, world } = await people();
    const id = await ask();
    await answer(id, CHAT, ANA, 0);
    const older = conversationKey('msteams', 'a:0');
    const { conversation } = await world.capture({
      change: 'seen',
      speaker: { id: '29:other' },
      reference: {
        channelId: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        conversationType: 'personal',
        conversationId: 'a:0',
        tenantId: 'contoso',
        bot: { id: '28:app' },
        user: { id: '29:other' },
      },
    });
    expect(conversation.key).toBe(older);
    await world.addressees.keepEarlierKey(CHAT, older);
    const before = { notification: await ask(), conversation: older };
    await world.ledger.claimDelivery(aDeliveryRow({ id: before }));
    const stored = {
      id: before,
      choice: 'B',
      at: world.clock.now(),
      turn: 'x',
    };
    await world.answers.keepAnswer(stored);
    const callsBefore = world.watch.calls.length;
    expect((await exported()).own?.answers).toMatchObject([{ choice: 'A' }, { choice: 'B' }]);
    // Three deliveries to her alone, and two in the group, where she has two names.
    const looks = world.watch.calls.slice(callsBefore).filter(({ method }) => method === 'findAnswer');
    expect(looks).toHaveLength(7);
  });

  it('says of a place that they installed the bot there, and not who else did', async () => {
    expect((await (await people()).exported()).group).toMatchObject({ installedBy: ANA });
    const { group } = await (await people({ ...BOB, aadObjectId: 'bob' })).exported();
    expect(group?.installedBy).toBeUndefined();
  });

  it('has none of it once they are forgotten', async () => {
    const { world, ask, answer, record } = await people();
    const id = await ask();
    await answer(id, CHAT, ANA, 0);
    await answer(id, GROUP, ANA, 1);
    await answer(id, GROUP, BOB, 0);
    await world.forgetMe({ conversation: await record(CHAT), speaker: ANA, turn: 'forget me now' });
    await world.run(world.clock.now() + minutes(5));
    expect([...(await world.answers.count(id, CHAT))]).toEqual([]);
    expect([...(await world.answers.count(id, GROUP))]).toEqual([['A', 1]]);
    expect(JSON.stringify(await record(GROUP))).not.toContain(ANA.id);
  });
});
