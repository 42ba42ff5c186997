import { describe, expect, it } from 'vitest';
import { botAccount, TENANT_ID } from '../people/person.ts';

const BOT = botAccount();

import { ask, install, open, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot();

describe('a conversation that is opened', () => {
  it('tells the bot once that it was added and installed', async () => {
    await open(local.channel, 'ana');
    const update = await local.bot.receives((activity) => activity.type === 'conversationUpdate');
    const installation = await local.bot.receives((activity) => activity.type === 'installationUpdate');
    expect(update).toMatchObject({
      membersAdded: [{ id: BOT.id }],
      conversation: { conversationType: 'personal' },
    });
    expect(installation).toMatchObject({ action: 'add' });
    await open(local.channel, 'ana');
    await say(local.channel, 'ana', 'hello');
    expect(local.bot.types()).toEqual(['conversationUpdate', 'installationUpdate', 'message']);
  });

  it('tells the bot later when the bot was away at first', async () => {
    local.bot.react = () => ({ status: 503 });
    expect((await say(local.channel, 'ana', 'anyone?')).status).toBe(502);
    local.bot.react = () => undefined;
    await say(local.channel, 'ana', 'now?');
    expect(local.bot.types()).toEqual([
      'conversationUpdate',
      'conversationUpdate',
      'installationUpdate',
      'message',
    ]);
  });

  it('lets the bot greet while it is being told', async () => {
    local.bot.react = async (activity, bot) => {
      if (activity.type === 'conversationUpdate') await bot.reply(activity, { text: 'welcome' });
      return undefined;
    };
    await install(local.channel, 'ben');
    expect(texts(local.channel, 'ben')).toEqual(['welcome']);
  });
});

describe('what the bot receives', () => {
  it('is an activity with everything that Teams fills in', async () => {
    await say(local.channel, 'ben', 'hello');
    const activity = await local.bot.receivesText('hello');
    expect(activity).toMatchObject({
      channelId: 'msteams',
      serviceUrl: `${local.channel.url}/`,
      locale: 'en-US',
      localTimezone: 'America/New_York',
      textFormat: 'plain',
      from: {
        id: expect.stringMatching(/^29:/),
        name: 'Ben Carter',
        aadObjectId: expect.any(String),
        role: 'user',
      },
      recipient: { ...BOT, role: 'bot' },
      conversation: { id: expect.stringMatching(/^a:/), conversationType: 'personal', tenantId: TENANT_ID },
      channelData: { tenant: { id: TENANT_ID } },
      entities: [
        { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'America/New_York' },
      ],
    });
    expect(activity.id).toMatch(/^\d+$/);
    expect(Date.parse(String(activity.timestamp))).toBe(Date.parse(String(activity.localTimestamp)));
    expect(activity.localTimestamp).toMatch(/-0[45]:00$/);
  });

  it('names no tenant for somebody on a channel without tenants', async () => {
    await say(local.channel, 'dora', 'hello');
    const activity = await local.bot.receivesText('hello');
    expect(activity).toMatchObject({ channelId: 'directline', from: { id: 'dl_dora' }, channelData: {} });
    expect(JSON.stringify(activity)).not.toContain('tenant');
  });

  it('begins with a mention of the bot in a group', async () => {
    await say(local.channel, 'group', 'help');
    const activity = await local.bot.receivesText('<at>Bot</at> help');
    expect(activity.conversation).toMatchObject({ conversationType: 'groupChat', isGroup: true });
    expect(activity.entities).toContainEqual({
      type: 'mention',
      mentioned: { id: BOT.id, name: BOT.name },
      text: '<at>Bot</at>',
    });
    expect(texts(local.channel, 'group')).toEqual(['help']);
  });

  it('comes in a thread of its own in a team, and the answer lands in that thread', async () => {
    local.bot.react = async (activity, bot) => {
      if (activity.type === 'message') await bot.reply(activity, { text: 'in the thread' });
      return undefined;
    };
    const { body } = await say(local.channel, 'team', 'help');
    const activity = await local.bot.receivesText('<at>Bot</at> help');
    expect(activity.conversation.id).toBe(`${await install(local.channel, 'team')};messageid=${body.id}`);
    expect(activity.channelData).toMatchObject({
      team: { name: 'Platform team' },
      channel: { name: 'General' },
    });
    expect(texts(local.channel, 'team')).toEqual(['help', 'in the thread']);
  });
});

describe('a person who has had enough', () => {
  it('uninstalls: the bot is told, and refused from then on', async () => {
    const id = await install(local.channel, 'ana');
    await ask(local.channel, 'POST', '/membership', { conversation: 'ana', action: 'uninstall' });
    expect(local.bot.received.at(-1)).toMatchObject({ type: 'installationUpdate', action: 'remove' });
    const refused = await send(local.channel, id, 'still there?');
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'BotNotInConversationRoster']);
    expect((await say(local.channel, 'ana', 'hello')).body.error?.code).toBe('BotNotInstalled');
    expect(texts(local.channel, 'ana')).toEqual([]);
  });

  it('stays uninstalled when the page is opened again, until they install', async () => {
    await install(local.channel, 'ana');
    await ask(local.channel, 'POST', '/membership', { conversation: 'ana', action: 'uninstall' });
    await open(local.channel, 'ana');
    const before = local.bot.received.length;
    const id = await install(local.channel, 'ana');
    expect(local.bot.types().slice(before)).toEqual(['conversationUpdate', 'installationUpdate']);
    expect((await send(local.channel, id, 'hello again')).status).toBe(201);
  });

  it('blocks: nobody tells the bot, it is refused, and writing unblocks', async () => {
    const id = await install(local.channel, 'ana');
    const before = local.bot.received.length;
    await ask(local.channel, 'POST', '/membership', { conversation: 'ana', action: 'block' });
    const refused = await send(local.channel, id, 'buy now');
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'ConversationBlockedByUser']);
    expect(local.bot.received.length).toBe(before);
    await say(local.channel, 'ana', 'hello');
    expect((await send(local.channel, id, 'hello')).status).toBe(201);
  });

  it('takes the bot out of a group: members are told apart from the installation', async () => {
    await install(local.channel, 'group');
    await ask(local.channel, 'POST', '/membership', {
      conversation: 'group',
      user: 'ben',
      action: 'uninstall',
    });
    expect(local.bot.received.slice(-2)).toMatchObject([
      { type: 'conversationUpdate', membersRemoved: [{ id: BOT.id }] },
      { type: 'installationUpdate', action: 'remove', from: { name: 'Ben Carter' } },
    ]);
  });

  it('has to be in the conversation', async () => {
    const answer = await ask(local.channel, 'POST', '/membership', {
      conversation: 'group',
      user: 'dora',
      action: 'block',
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error?.message).toBe('"dora" is not a member of the conversation "group".');
  });
});
