import { describe, expect, it } from 'vitest';
import type { ChannelAccount, Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { parseVouching } from '../../../shared/domain/identity/vouching.ts';
import { personKey } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { aConversation, aPerson, provenPerson } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

const parsed = parseVouching(undefined, { isLocal: false });
if (!parsed.ok) throw new Error('the default can be read');
const vouching = parsed.value;

const GUID = '5b6f1a10-0000-4000-8000-00000000000a';
const ada = { id: '29:ada', name: 'Ada', aadObjectId: GUID };

/** What the release before proofs writes when somebody turns to the bot: the record, and rows under the bare ids. */
async function metByFormerRelease(world: World, conversation: Conversation, speaker?: ChannelAccount) {
  await world.conversations.saveConversation(conversation);
  const user = speaker ?? conversation.user;
  if (user === undefined) return conversation;
  const { channelId, serviceUrl, bot, tenantId, key, conversationType } = conversation;
  // Without proofs nothing is written but the rows of the bare ids.
  await world.conversations.savePerson(
    {
      channelId,
      serviceUrl,
      bot,
      user,
      metAt: 0,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(conversationType === 'personal' ? { personal: key } : {}),
    },
    [],
  );
  return conversation;
}

const webchat = (user: ChannelAccount, fields: Partial<Conversation> = {}) => {
  const { tenantId: _none, ...built } = aConversation({ channelId: 'webchat', user, ...fields });
  return built;
};

describe('somebody whom only the former release has met', () => {
  it.each([GUID, GUID.toUpperCase(), '29:ada'])(
    'is found by %s, and gets rows of their own',
    async (user) => {
      const world = aWorld({ vouching });
      const hers = await metByFormerRelease(world, aConversation({ user: ada }));
      expect((await world.findPerson({ user }))?.personal).toBe(hers.key);
      const [, proofs] = provenPerson(aPerson({ user: ada }));
      for (const proof of proofs) {
        expect((await world.conversations.findPerson(proof.person))?.personal).toBe(hers.key);
      }
    },
  );

  it('is found in the conversation that the former release took for the last one', async () => {
    const world = aWorld({ vouching });
    const second = aConversation({ user: ada, changedAt: 2 });
    await metByFormerRelease(world, aConversation({ user: ada, changedAt: 1 }));
    await metByFormerRelease(world, second);
    const first = await metByFormerRelease(world, aConversation({ user: ada, changedAt: 1 }));
    expect((await world.findPerson({ user: GUID }))?.personal).toBe(first.key);
  });

  it.each([
    { id: GUID },
    { id: '29:ada' },
    { id: 'mallory', aadObjectId: GUID },
    { id: '29:ada', aadObjectId: GUID },
  ])('is found although %j claimed so in a web chat, and is never the web chat', async (claimed) => {
    const world = aWorld({ vouching });
    const hers = await metByFormerRelease(world, aConversation({ user: ada, changedAt: 1 }));
    await metByFormerRelease(world, webchat(claimed, { changedAt: 9 }));
    for (const user of [GUID, '29:ada']) {
      expect((await world.findPerson({ user }))?.personal).toBe(hers.key);
    }
    expect(await world.findPerson({ user: 'mallory' })).toBeUndefined();
    expect(await world.findPerson({ user: GUID, channel: 'webchat' })).toBeUndefined();
  });

  it('is a member of groups: found by both ids', async () => {
    const world = aWorld({ vouching });
    const group = aConversation({ conversationType: 'groupChat', user: { id: '29:bob' } });
    await metByFormerRelease(world, group, ada);
    expect((await world.findPerson({ user: '29:ada' }))?.user).toEqual(ada);
    expect((await world.findPerson({ user: GUID }))?.user).toEqual(ada);
  });

  it('is a member of groups: an object id that was claimed in their name is not believed', async () => {
    const world = aWorld({ vouching });
    const mallory = { id: '29:mallory', name: 'Mallory', aadObjectId: GUID };
    await metByFormerRelease(world, webchat(mallory));
    const { personal: _web, ...row } = (await world.conversations.findPerson(personKey(GUID))) ?? aPerson();
    expect(row.channelId).toBe('webchat');
    // As the former release did it: a later sighting by the same id without an object id took over the claimed one.
    await world.personalData.forgetPerson(personKey(GUID), 'webchat');
    await world.personalData.forgetPerson(personKey(mallory.id), 'webchat');
    const group = aConversation({ conversationType: 'groupChat', user: { id: '29:bob' } });
    await metByFormerRelease(world, group, mallory);
    expect(await world.findPerson({ user: GUID })).toBeUndefined();
    expect((await world.findPerson({ user: '29:mallory' }))?.user).toEqual({
      id: '29:mallory',
      name: 'Mallory',
    });
  });

  it('is not found by an id that their own record does not tell, whatever the former row says', async () => {
    const world = aWorld({ vouching });
    const claimed = { id: '29:mallory', aadObjectId: GUID };
    await metByFormerRelease(world, aConversation({ user: { id: '29:mallory' } }), claimed);
    expect(await world.findPerson({ user: GUID })).toBeUndefined();
    expect((await world.findPerson({ user: '29:mallory' }))?.user).toEqual({ id: '29:mallory' });
  });

  it('is not found once they are being forgotten by rows that are written anew', async () => {
    const world = aWorld({ vouching });
    const hers = await metByFormerRelease(world, aConversation({ user: ada }));
    await world.conversations.suppressConversation(hers.key, 'forgotten');
    await world.findPerson({ user: GUID });
    expect(await world.conversations.peopleKnownBy('entra', GUID)).toEqual([]);
  });

  it('stands by object id before somebody who is known by the same text as a channel’s id', async () => {
    const world = aWorld({ vouching });
    const hers = await metByFormerRelease(world, aConversation({ user: ada }));
    const his = aPerson({ channelId: 'kik', user: { id: GUID } });
    await world.conversations.savePerson(...provenPerson(his));
    expect((await world.findPerson({ user: GUID }))?.personal).toBe(hers.key);
    expect((await world.findPerson({ user: GUID, channel: 'kik' }))?.user).toEqual({ id: GUID });
  });
});

describe('of several who are known by one id', () => {
  it('the one who spoke last is found, also where that changed no row', async () => {
    const world = aWorld({ vouching });
    const [one, two] = ['contoso', 'fabrikam'].map((tenantId) =>
      aConversation({ tenantId, user: { id: `29:${tenantId}`, aadObjectId: GUID } }),
    );
    if (one === undefined || two === undefined) throw new Error('there are two');
    await world.knows(one);
    world.clock.advance(minutes(1));
    await world.knows(two);
    expect((await world.findPerson({ user: GUID }))?.personal).toBe(two.key);
    world.clock.advance(minutes(1));
    const { state } = await world.turns.loadTurns({ conversation: one.key });
    await world.turns.saveTurns({ conversation: one.key }, { ...state, spokeAt: world.clock.now() });
    expect((await world.findPerson({ user: GUID }))?.personal).toBe(one.key);
  });

  it('a channel narrows', async () => {
    const world = aWorld({ vouching });
    for (const channelId of ['telegram', 'line']) {
      await world.conversations.savePerson(...provenPerson(aPerson({ channelId, user: { id: '12345' } })));
    }
    for (const channel of ['telegram', 'line']) {
      expect((await world.findPerson({ user: '12345', channel }))?.channelId).toBe(channel);
    }
    expect(await world.findPerson({ user: '12345', channel: 'kik' })).toBeUndefined();
  });

  it('whom the setting does not vouch for any more is not found', async () => {
    const world = aWorld({ vouching: { channels: new Set(['msteams']) } });
    await world.conversations.savePerson(
      ...provenPerson(aPerson({ channelId: 'telegram', user: { id: '12345' } })),
    );
    expect(await world.findPerson({ user: '12345' })).toBeUndefined();
  });
});
