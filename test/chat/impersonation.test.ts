import { describe, expect, it } from 'vitest';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { conversationKey, personKey, tenantKey } from '../../shared/domain/ids.ts';
import { seconds } from '../../shared/domain/time.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { newsOf } from '../support/reading.ts';
import { aWorld } from '../support/world.ts';

const deployed = parseVouching(undefined, { isLocal: false });
if (!deployed.ok) throw new Error('the default can be read');
const vouching = deployed.value;

const VICTIM = { id: '29:victim', name: 'Vera Victim', aadObjectId: 'aad-victim' };
const TEAMS = {
  from: VICTIM,
  conversation: { id: 'a:victim', conversationType: 'personal', isGroup: false, name: '' },
};

/** What a client may say of itself where it chooses its id. */
const CLAIMS = [
  { id: 'aad-victim', name: 'Mallory' },
  { id: 'AAD-VICTIM', name: 'Mallory' },
  { id: '29:victim', name: 'Mallory' },
  { id: 'mallory', name: 'Mallory', aadObjectId: 'aad-victim' },
  { id: '29:victim', name: 'Mallory', aadObjectId: 'aad-victim' },
];
const CHANNELS = ['webchat', 'directline', 'directlinespeech', 'emulator', 'nobody-knows-it'];
const attacks = CHANNELS.flatMap((channelId) => CLAIMS.map((from) => [channelId, from] as const));

function aVictim() {
  const world = aWorld({ vouching });
  const chat = aChat({ world });
  const told = async (to: object, text: string) => {
    await world.publish(anEvent({ data: { to, text } }));
    await world.run();
    return world.channel.shown.flatMap(({ conversationId, message }) =>
      newsOf(message) === text ? [conversationId] : [],
    );
  };
  return { world, chat, told };
}

/** Somebody on a channel where they choose their id. */
function asImpostor(channelId: string, from: object) {
  return {
    channelId,
    from,
    conversation: { id: 'w:mallory', isGroup: false, conversationType: '', name: '' },
  } as object;
}

describe('somebody who claims an id', () => {
  it.each(attacks)('on %s as %j is never told what is for another', async (channelId, from) => {
    const { chat, told } = aVictim();
    await chat.says('hello', TEAMS);
    await chat.says('hello', asImpostor(channelId, from));
    expect(await told({ user: 'aad-victim' }, 'by object id')).toEqual(['a:victim']);
    expect(await told({ user: '29:victim' }, 'by id')).toEqual(['a:victim']);
    expect(await told({ user: 'AAD-VICTIM' }, 'in capitals')).toEqual(['a:victim']);
    expect(await told({ user: 'mallory' }, 'nobody')).toEqual([]);
    await chat.says('hello again', TEAMS);
    expect(await told({ user: 'aad-victim' }, 'and later')).toEqual(['a:victim']);
  });

  it.each(attacks)('on %s as %j before the other came is never told either', async (channelId, from) => {
    const { chat, told } = aVictim();
    await chat.says('hello', asImpostor(channelId, from));
    for (const user of ['aad-victim', '29:victim', 'mallory']) {
      expect(await told({ user }, `to ${user}`)).toEqual([]);
    }
    await chat.says('hello', TEAMS);
    expect(await told({ user: 'aad-victim' }, 'by object id')).toEqual(['a:victim']);
  });

  it.each(attacks)('on %s as %j is shown nothing of another', async (channelId, from) => {
    const { chat } = aVictim();
    await chat.says('hello', TEAMS);
    await chat.says('subscribe secret-project', TEAMS);
    await chat.says('hello', asImpostor(channelId, from));
    const before = chat.replies.length;
    await chat.says('export my data', asImpostor(channelId, from));
    const shown = chat.replies.slice(before).map((reply) => {
      const file = reply.attachments?.[0]?.contentUrl?.split(',')[1] ?? '';
      const [, link = ''] = /#([\w-]+)/.exec(JSON.stringify(reply)) ?? [];
      return `${reply.text}${Buffer.from(file, 'base64')}${Buffer.from(link, 'base64url')}`;
    });
    expect(shown.join('\n')).toContain('notifier-export/1');
    expect(shown.join('\n')).not.toMatch(/Vera|a:victim|secret-project/);
  });

  it.each(attacks)('on %s as %j removes nothing of another', async (channelId, from) => {
    const { chat, world, told } = aVictim();
    const teams = conversationKey('msteams', 'a:victim');
    await chat.says('hello', TEAMS);
    await chat.says('subscribe builds', TEAMS);
    const known = await world.conversations.findConversation(teams);
    await chat.says('hello', asImpostor(channelId, from));
    await chat.says('forget me now', asImpostor(channelId, from));
    await world.run(world.clock.now() + seconds(60));
    expect(await world.conversations.findConversation(teams)).toEqual(known);
    expect(await world.subscriptions.subscriptionsOf(teams)).toHaveLength(1);
    expect(
      await world.conversations.findConversation(conversationKey(channelId, 'w:mallory')),
    ).toBeUndefined();
    expect(await told({ user: 'aad-victim' }, 'still there')).toEqual(['a:victim']);
  });
});

describe('the same object id in another tenant', () => {
  const at = (tenantId: string, id: string) => ({
    from: { id, name: `She of ${tenantId}`, aadObjectId: 'aad-shared' },
    conversation: { id: `a:${tenantId}`, tenantId, conversationType: 'personal', isGroup: false, name: '' },
  });

  it('is another person: neither is shown or removed with the other', async () => {
    const { chat, world } = aVictim();
    await chat.says('subscribe of-contoso', at('contoso', '29:c'));
    await chat.says('subscribe of-fabrikam', at('fabrikam', '29:f'));
    await chat.says('export my data', at('fabrikam', '29:f'));
    const [, link = ''] = /#([\w-]+)/.exec(JSON.stringify(chat.replies.at(-1))) ?? [];
    const exported = Buffer.from(link, 'base64url').toString();
    expect(exported).toContain('of-fabrikam');
    expect(exported).not.toMatch(/contoso/);
    await chat.says('forget me now', at('fabrikam', '29:f'));
    await world.run(world.clock.now() + seconds(60));
    expect(await world.subscriptions.subscriptionsOf(conversationKey('msteams', 'a:contoso'))).toHaveLength(
      1,
    );
    expect(
      await world.conversations.findConversation(conversationKey('msteams', 'a:fabrikam')),
    ).toBeUndefined();
  });

  it('is reached by the id where they were met last', async () => {
    const { chat, world, told } = aVictim();
    for (const tenantId of ['contoso', 'fabrikam', 'contoso']) {
      world.clock.advance(seconds(60));
      await chat.says('hello', at(tenantId, `29:${tenantId}`));
    }
    expect(await told({ user: 'aad-shared' }, 'last met')).toEqual(['a:contoso']);
    expect(await told({ user: '29:fabrikam' }, 'by the other id')).toEqual(['a:fabrikam']);
  });

  it('does not take the other for forgotten, and does not bring the forgotten one back', async () => {
    const { chat, world } = aVictim();
    await chat.says('hello', at('contoso', '29:c'));
    await chat.says('forget me now', at('contoso', '29:c'));
    await world.run(world.clock.now() + seconds(1));
    // An event of which it is not known whether a person turned to the bot, in the other tenant.
    await chat.says('', { ...at('fabrikam', '29:f'), type: 'installationUpdate', action: 'add' });
    expect(await world.findPerson({ user: '29:f' })).toBeDefined();
    await chat.says('hello', at('fabrikam', '29:f'));
    const stones = await world.tombstones.findTombstone(conversationKey('msteams', 'a:contoso'));
    expect(stones).toBeDefined();
    expect(await world.tombstones.findTombstone(personKey('aad-shared'))).toBeDefined();
    expect(await world.findPerson({ user: '29:c' })).toBeUndefined();
  });
});

describe('among several where nobody vouches for who speaks', () => {
  const group = {
    channelId: 'directline',
    conversation: { id: 'dl:group', conversationType: 'groupChat', isGroup: true, name: '' },
  };
  const victim = { ...group, from: { id: 'vera', name: 'Vera' } };
  const impostor = { ...group, from: { id: 'vera', name: 'Mallory' } };

  it('nobody can have the data of another removed or shown, and is told why', async () => {
    const { chat, world } = aVictim();
    const key = conversationKey('directline', 'dl:group');
    await chat.says('hello', victim);
    await chat.says('subscribe builds', victim);
    const before = await world.conversations.findConversation(key);
    expect(await chat.hears('forget me now', impostor)).toContain('I have removed nothing');
    expect(await chat.hears('forget me now', { ...impostor, locale: 'de-DE' })).toContain('nichts gelöscht');
    expect(await chat.hears('export my data', { ...impostor, locale: 'en-US' })).toContain(
      'in a chat with me alone',
    );
    await world.run(world.clock.now() + seconds(60));
    expect(await world.conversations.findConversation(key)).toMatchObject({ user: before?.user });
    expect(await world.subscriptions.subscriptionsOf(key)).toHaveLength(1);
  });

  it('an export of one’s own chat shows nothing of the group', async () => {
    const { chat } = aVictim();
    await chat.says('hello', victim);
    const alone = { ...asImpostor('directline', { id: 'vera', name: 'Mallory' }) };
    await chat.says('hello', alone);
    await chat.says('export my data', alone);
    const url = chat.replies.at(-1)?.attachments?.[0]?.contentUrl?.split(',')[1] ?? '';
    const document = JSON.parse(Buffer.from(url, 'base64').toString());
    expect(document.conversations).toHaveLength(1);
    expect(document).not.toHaveProperty('person');
  });
});

describe('somebody for whom nobody vouches', () => {
  const web = asImpostor('webchat', { id: 'aad-victim', name: 'Mallory', aadObjectId: 'aad-victim' });
  const key = conversationKey('webchat', 'w:mallory');

  it('is known by the conversation: told there, by topic and with everybody, and forgotten there', async () => {
    const { chat, world, told } = aVictim();
    await chat.says('subscribe builds', web);
    expect(await told({ conversation: key }, 'by key')).toEqual(['w:mallory']);
    expect(await told({ topic: 'builds' }, 'by topic')).toEqual(['w:mallory']);
    expect(await told({ everyone: true }, 'with all')).toEqual(['w:mallory']);
    await chat.says('forget me now', web);
    await world.run(world.clock.now() + seconds(60));
    expect(await world.conversations.findConversation(key)).toBeUndefined();
    expect(await told({ everyone: true }, 'afterwards')).toEqual([]);
  });

  it('is no member of the organisation that they claim: its rate and its broadcasts are not theirs', async () => {
    const { chat, world } = aVictim();
    const tenantId = 'contoso';
    await chat.says('hello', { ...TEAMS, conversation: { ...TEAMS.conversation, tenantId } });
    await chat.says('hello', { ...web, channelData: { tenant: { id: tenantId } } });
    const record = await world.conversations.findConversation(key);
    expect(record?.tenant).toBe(tenantKey({ channelId: 'webchat' }));
    expect(record).not.toHaveProperty('tenantId');
  });

  it('gets no other conversation in the place of one that is gone: it might be another one’s', async () => {
    const { chat, world } = aVictim();
    await chat.says('hello', web);
    world.channel.next('w:mallory', {
      result: { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true },
    });
    await world.publish(anEvent({ data: { to: { conversation: key }, text: 'hi' } }));
    await world.run();
    expect(world.channel.creations).toEqual([]);
    expect(world.channel.shown.filter(({ message }) => newsOf(message) === 'hi')).toEqual([]);
  });

  it('manages a channel like everybody there, and learns no owner’s name by claiming a team', async () => {
    const { chat } = aVictim();
    const channel = {
      ...web,
      conversation: { id: 'w:channel', conversationType: 'channel', isGroup: true, name: '' },
      channelData: { team: { id: 'w:mallory' } },
    };
    await chat.says('hello', { ...web, from: { id: 'x', name: 'Vera Victim' } });
    expect(await chat.hears('subscribe builds', channel)).not.toContain('Vera');
    expect(await chat.hears('subscriptions', channel)).toContain('builds');
  });
});

describe('an invoke that a client makes by itself', () => {
  const refresh = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'view', data: {} }, trigger: 'automatic' },
  };

  it('makes nobody known', async () => {
    const { chat, world } = aVictim();
    await chat.says('', { ...TEAMS, ...refresh });
    expect((await world.conversations.listConversations({ limit: 10 })).items).toEqual([]);
    expect(await world.findPerson({ user: 'aad-victim' })).toBeUndefined();
  });

  it('lifts no suppression, and is not the conversation used last', async () => {
    const { chat, world } = aVictim();
    const other = { ...TEAMS, conversation: { ...TEAMS.conversation, id: 'a:other' } };
    await chat.says('hello', other);
    await chat.says('hello', TEAMS);
    await world.conversations.suppressConversation(conversationKey('msteams', 'a:other'), 'blocked');
    await chat.says('', { ...other, ...refresh });
    expect(
      (await world.conversations.findConversation(conversationKey('msteams', 'a:other')))?.suppressed,
    ).toBe('blocked');
    await chat.says('', { ...other, ...refresh, value: { ...refresh.value, trigger: 'manual' } });
    // The client is answered at once, and what is remembered of the press may be written behind the answer.
    await expect
      .poll(() => world.conversations.findConversation(conversationKey('msteams', 'a:other')))
      .not.toHaveProperty('suppressed');
  });

  it('does not count as coming back for somebody who was forgotten', async () => {
    const { chat, world } = aVictim();
    await chat.says('hello', TEAMS);
    await chat.says('forget me now', TEAMS);
    await world.run(world.clock.now() + seconds(1));
    await chat.says('', { ...TEAMS, ...refresh });
    expect(await world.findPerson({ user: 'aad-victim' })).toBeUndefined();
    expect(
      await world.conversations.findConversation(conversationKey('msteams', 'a:victim')),
    ).toBeUndefined();
  });
});
