import { describe, expect, it } from 'vitest';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { seconds } from '../../shared/domain/time.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
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
      message.text === text ? [conversationId] : [],
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
      const url = reply.attachments?.[0]?.contentUrl?.split(',')[1] ?? '';
      return `${reply.text}${Buffer.from(url, 'base64').toString()}`;
    });
    expect(shown.join('\n')).toContain('notifier-export/1');
    expect(shown.join('\n')).not.toMatch(/Vera|a:victim|secret-project/);
  });

  it.each(attacks)('on %s as %j removes nothing of another', async (channelId, from) => {
    const { chat, world, told } = aVictim();
    const teams = conversationKey('msteams', 'a:victim');
    await chat.says('hello', TEAMS);
    await chat.says('subscribe builds', TEAMS);
    const known = await world.conversations.find(teams);
    await chat.says('hello', asImpostor(channelId, from));
    await chat.says('forget me now', asImpostor(channelId, from));
    await world.run(world.clock.now() + seconds(60));
    expect(await world.conversations.find(teams)).toEqual(known);
    expect(await world.subscriptions.of(teams)).toHaveLength(1);
    expect(await world.conversations.find(conversationKey(channelId, 'w:mallory'))).toBeUndefined();
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
    const exported = await chat.hears('export my data', at('fabrikam', '29:f'));
    expect(exported).toContain('of-fabrikam');
    expect(exported).not.toMatch(/contoso/);
    await chat.says('forget me now', at('fabrikam', '29:f'));
    await world.run(world.clock.now() + seconds(60));
    expect(await world.subscriptions.of(conversationKey('msteams', 'a:contoso'))).toHaveLength(1);
    expect(await world.conversations.find(conversationKey('msteams', 'a:fabrikam'))).toBeUndefined();
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
});
