import { describe, expect, it } from 'vitest';
import type { ConversationReference } from '../../../shared/domain/conversation/conversation.ts';
import { conversationKey } from '../../../shared/domain/ids.ts';
import type { Sighting } from '../../../shared/use-cases/conversation/capture-conversation.ts';
import { anEvent } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

type Reference = ConversationReference & { readonly conversationId: string };

function aSighting(fields: Partial<Reference> = {}, change: Sighting['change'] = 'seen'): Sighting {
  const user = fields.user ?? { id: '29:ana', name: 'Ana', aadObjectId: 'ana-oid' };
  return {
    change,
    speaker: user,
    reference: {
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      conversationId: 'a:1',
      conversationType: 'personal',
      tenantId: 'contoso',
      bot: { id: '28:bot', name: 'Notifier' },
      user,
      ...fields,
    },
  };
}

const writes = (world: ReturnType<typeof aWorld>) =>
  world.watch.calls.filter(({ method }) => /^(save|savePerson|suppress)$/.test(method)).length;

describe('an authenticated activity', () => {
  it('makes the conversation known by its key, the person by both ids', async () => {
    const world = aWorld();
    const { conversation, isNew } = await world.capture(aSighting());
    expect(isNew).toBe(true);
    expect(await world.conversations.findConversation(conversation.key)).toEqual(conversation);
    for (const id of ['29:ana', 'ana-oid']) {
      expect((await world.findPerson({ user: id }))?.personal).toBe(conversation.key);
    }
    expect((await world.conversations.listConversations({ limit: 10 })).items).toEqual([conversation]);
  });

  it('that tells nothing new writes nothing', async () => {
    const world = aWorld();
    await world.capture(aSighting());
    const before = writes(world);
    world.clock.advance(60_000);
    expect((await world.capture(aSighting())).isNew).toBe(false);
    expect(writes(world)).toBe(before);
  });

  it.each([
    ['slashes', 'a/b\\c#d?e'],
    ['a Teams thread', '19:abc@thread.tacv2;messageid=1700000000000'],
    ['emoji', '💬🧵'],
    ['900 characters', 'x'.repeat(900)],
  ])('with %s in its conversation id is stored and found', async (_name, conversationId) => {
    const world = aWorld();
    await world.capture(aSighting({ conversationId }));
    expect(
      (await world.conversations.findConversation(conversationKey('msteams', conversationId)))
        ?.conversationId,
    ).toBe(conversationId);
  });

  it('makes the conversation in which the person was active last the one that reaches them', async () => {
    const world = aWorld();
    const first = aSighting({ conversationId: 'a:1' });
    const second = aSighting({ conversationId: 'a:2' });
    for (const sighting of [first, second, first]) await world.capture(sighting);
    expect((await world.findPerson({ user: 'ana-oid' }))?.personal).toBe(conversationKey('msteams', 'a:1'));
  });

  it('keeps the object id that an activity leaves out, and takes none over from another tenant', async () => {
    const world = aWorld();
    const bare = { id: '29:ana', name: 'Ana' };
    await world.capture(aSighting());
    await world.capture(aSighting({ user: bare }));
    expect((await world.findPerson({ user: '29:ana' }))?.user.aadObjectId).toBe('ana-oid');
    const before = writes(world);
    await world.capture(aSighting({ user: bare }));
    expect(writes(world)).toBe(before);
    await world.capture(aSighting({ user: bare, tenantId: 'fabrikam', conversationId: 'a:2' }));
    const [known] = await world.conversations.peopleKnownBy('entra', 'ana-oid');
    expect(known?.tenantId).toBe('contoso');
    expect(await world.conversations.peopleKnownBy('entra', 'ana-oid')).toHaveLength(1);
  });

  it('on another channel makes that one reach the person, and coming back changes it back', async () => {
    const world = aWorld();
    const teams = aSighting();
    const web = aSighting({
      channelId: 'webchat',
      conversationId: 'w:1',
      user: { id: 'web-ana', name: 'Ana', aadObjectId: 'ana-oid' },
    });
    for (const sighting of [teams, web, teams]) await world.capture(sighting);
    expect((await world.findPerson({ user: 'ana-oid' }))?.personal).toBe(conversationKey('msteams', 'a:1'));
  });

  it('in a group never makes the group the place to reach the person', async () => {
    const world = aWorld();
    await world.capture(aSighting({ conversationId: '19:group', conversationType: 'groupChat' }));
    expect((await world.findPerson({ user: '29:ana' }))?.personal).toBeUndefined();
    await world.publish(anEvent({ data: { to: { user: '29:ana' }, text: 'only you' } }));
    await world.run();
    expect(world.channel.shown.map(({ conversationId }) => conversationId)).toEqual([
      'personal-with-ana-oid',
    ]);
  });
});

describe('an uninstall', () => {
  it('marks the conversation, so that nothing is sent there, and a message revives it', async () => {
    const world = aWorld();
    const { conversation } = await world.capture(aSighting());
    await world.capture(aSighting({}, 'uninstalled'));
    await world.publish(anEvent());
    await world.publish(anEvent({ data: { to: { conversation: conversation.key }, text: 'x' } }));
    await world.run();
    expect(world.channel.requests).toEqual([]);
    await world.capture(aSighting());
    await world.publish(anEvent({ data: { to: { conversation: conversation.key }, text: 'welcome back' } }));
    await world.run();
    expect(world.channel.textsIn('a:1')).toEqual(['welcome back']);
  });

  it('is not lifted by what others do in a group', async () => {
    const world = aWorld();
    const group = { conversationId: '19:group', conversationType: 'groupChat' } as const;
    await world.capture(aSighting(group));
    await world.capture(aSighting(group, 'uninstalled'));
    const { speaker: _nobody, ...heard } = aSighting(group, 'heard');
    expect((await world.capture(heard)).conversation.suppressed).toBe('uninstalled');
  });
});
