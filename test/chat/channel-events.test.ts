import { describe, expect, it } from 'vitest';
import type { Activity } from '../../shared/domain/conversation/activity.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { aConversation, anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { aWorld } from '../support/world.ts';

/** What Teams tells in General of one of its team's channels. */
function told(eventType: string, channel: { readonly id: string; readonly name: string }): Partial<Activity> {
  return {
    type: 'conversationUpdate',
    conversation: { id: '19:team@thread.tacv2', conversationType: 'channel', isGroup: true, name: 'General' },
    channelData: { eventType, channel, team: { id: '19:team@thread.tacv2', name: 'Team' } },
  } as Partial<Activity>;
}

describe('an event about a channel of a team', () => {
  const builds = aConversation({
    conversationType: 'channel',
    conversationId: '19:builds@thread.tacv2',
    conversationName: 'Builds',
    channel: { id: '19:builds@thread.tacv2', name: 'Builds' },
  });
  const general = aConversation({
    conversationType: 'channel',
    conversationId: '19:team@thread.tacv2',
    conversationName: 'General',
    channel: { id: '19:team@thread.tacv2', name: 'General' },
  });

  it('renames that channel, and leaves General alone', async () => {
    const world = aWorld();
    await world.knows(builds, general);
    const chat = aChat({ world });
    await chat.says('', told('channelRenamed', { id: '19:builds@thread.tacv2', name: 'Builds 2' }));
    expect(await world.conversations.findConversation(builds.key)).toMatchObject({
      conversationName: 'Builds 2',
      channel: { name: 'Builds 2' },
    });
    expect(await world.conversations.findConversation(general.key)).toEqual(general);
    expect(chat.replies).toEqual([]);
  });

  it('deletes that channel: nothing is tried there again, until it is restored', async () => {
    const world = aWorld();
    await world.knows(builds, general);
    const chat = aChat({ world });
    await chat.says('', told('channelDeleted', { id: '19:builds@thread.tacv2', name: 'Builds' }));
    expect(await world.conversations.findConversation(builds.key)).toMatchObject({
      suppressed: 'uninstalled',
    });
    await world.publish(anEvent());
    await world.run();
    expect(world.channel.textsIn('19:team@thread.tacv2')).toHaveLength(1);
    expect(world.channel.textsIn('19:builds@thread.tacv2')).toEqual([]);
    await chat.says('', told('channelRestored', { id: '19:builds@thread.tacv2', name: 'Builds' }));
    expect(await world.conversations.findConversation(builds.key)).not.toHaveProperty('suppressed');
  });

  it('makes no channel known in which nobody turned to the bot', async () => {
    const world = aWorld();
    await world.knows(general);
    const chat = aChat({ world });
    for (const event of ['channelCreated', 'channelRenamed', 'channelDeleted', 'channelRestored']) {
      await chat.says('', told(event, { id: '19:new@thread.tacv2', name: 'New' }));
    }
    expect(
      await world.conversations.findConversation(conversationKey('msteams', '19:new@thread.tacv2')),
    ).toBeUndefined();
    expect(await world.conversations.findConversation(general.key)).toEqual(general);
  });
});

describe('threads of one channel on Slack', () => {
  it('hear what is for everyone once', async () => {
    const world = aWorld();
    const chat = aChat({ world });
    for (const thread of ['', ':1700000000.000100', ':1700000000.000200']) {
      await chat.says('hello', {
        channelId: 'slack',
        conversation: { id: `B1:T1:C1${thread}`, isGroup: true },
      } as Partial<Activity>);
    }
    await world.publish(anEvent({ data: { to: { everyone: true }, text: 'once' } }));
    await world.run();
    expect(world.channel.textsIn('B1:T1:C1').filter((text) => text.includes('once'))).toHaveLength(1);
  });
});
