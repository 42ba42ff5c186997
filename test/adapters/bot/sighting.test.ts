import { describe, expect, it } from 'vitest';
import { parseActivity } from '../../../shared/adapters/bot/activity/inbound-activity.ts';
import { fromActivity, type Sighting } from '../../../shared/adapters/bot/activity/sighting.ts';
import { describeFaults } from '../../../shared/domain/fault.ts';
import { aMessage } from '../../support/connector-bot.ts';

const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';

function see(changes: object = {}): Sighting | undefined {
  const activity = parseActivity(aMessage(SERVICE_URL, changes), 'bot');
  if (!activity.ok) throw new Error(describeFaults(activity.faults));
  return fromActivity(activity.value);
}

const bot = { id: '28:bot' };
const ada = { id: '29:ada' };
const inChannel = {
  conversation: {
    id: '19:general@thread.tacv2;messageid=1700000000000',
    conversationType: 'channel',
    isGroup: true,
  },
  channelData: {
    team: { id: '19:team@thread.tacv2', name: 'Builders' },
    channel: { id: '19:general@thread.tacv2', name: 'General' },
    tenant: { id: 'tenant-of-channel' },
  },
};

describe('a message', () => {
  it('in a personal conversation tells who spoke and where', () => {
    expect(see({ locale: 'de-DE', localTimezone: 'Europe/Berlin' })).toEqual({
      change: 'seen',
      speaker: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
      reference: {
        channelId: 'msteams',
        serviceUrl: SERVICE_URL,
        conversationId: 'a:conversation/with#odd?letters',
        conversationType: 'personal',
        tenantId: 'tenant',
        bot: { id: '28:bot', name: 'Notifier' },
        user: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
        locale: 'de-DE',
        timeZone: 'Europe/Berlin',
      },
    });
  });

  it('in a thread of a Teams channel tells of the channel', () => {
    expect(see(inChannel)?.reference).toMatchObject({
      conversationId: '19:general@thread.tacv2',
      conversationType: 'channel',
      tenantId: 'tenant-of-channel',
      team: { id: '19:team@thread.tacv2', name: 'Builders' },
      channel: { id: '19:general@thread.tacv2', name: 'General' },
    });
  });

  it('elsewhere keeps the conversation’s id as it is', () => {
    const changes = {
      channelId: 'directline',
      conversation: { id: 'abc;messageid=1', conversationType: 'channel' },
    };
    expect(see(changes)?.reference.conversationId).toBe('abc;messageid=1');
  });

  it.each([
    [{ id: 'a' }, 'personal'],
    [{ id: 'a', isGroup: true }, 'groupChat'],
    [{ id: 'a', isGroup: false }, 'personal'],
    [{ id: 'a', conversationType: 'groupChat' }, 'groupChat'],
    [{ id: 'a', conversationType: 'something new', isGroup: true }, 'groupChat'],
  ])('in the conversation %j is in one of type %s', (conversation, type) => {
    expect(see({ conversation })?.reference.conversationType).toBe(type);
  });

  it('of the bot itself tells nothing', () => {
    expect(see({ from: bot })).toBeUndefined();
  });
});

describe('the time zone', () => {
  const clientInfo = (fields: object) => ({
    entities: [{ type: 'mention' }, { type: 'clientInfo', ...fields }],
  });

  it.each([
    ['the activity’s own', { localTimezone: 'America/New_York' }, 'America/New_York'],
    ['the client’s', clientInfo({ timezone: 'Asia/Tokyo' }), 'Asia/Tokyo'],
    ['the client’s in other letters', clientInfo({ timeZone: 'Asia/Tokyo' }), 'Asia/Tokyo'],
    [
      'the client’s where the activity’s is none',
      { localTimezone: 'Mars/Olympus', ...clientInfo({ timezone: 'UTC' }) },
      'UTC',
    ],
    ['unknown where it is an offset', { localTimezone: '+02:00' }, undefined],
    ['unknown where it is none', { localTimezone: 'W. Europe Standard Time' }, undefined],
    ['unknown where it is no text', { ...clientInfo({ timezone: 5 }) }, undefined],
  ])('is %s', (_what, changes, zone) => {
    expect(see(changes)?.reference.timeZone).toBe(zone);
  });
});

it('leaves out a locale that is no language tag', () => {
  expect(see({ locale: 'not a locale' })?.reference).not.toHaveProperty('locale');
});

describe('an install', () => {
  it.each([
    ['installationUpdate add', { type: 'installationUpdate', action: 'add' }, 'seen'],
    ['installationUpdate add-upgrade', { type: 'installationUpdate', action: 'add-upgrade' }, 'seen'],
    ['installationUpdate remove', { type: 'installationUpdate', action: 'remove' }, 'uninstalled'],
    [
      'the removing half of an upgrade',
      { type: 'installationUpdate', action: 'remove-upgrade' },
      'uninstalled',
    ],
    ['an unknown action', { type: 'installationUpdate', action: 'pause' }, undefined],
    ['the bot among the members added', { type: 'conversationUpdate', membersAdded: [ada, bot] }, 'seen'],
    [
      'the bot among the members removed',
      { type: 'conversationUpdate', membersRemoved: [bot] },
      'uninstalled',
    ],
    [
      'a team that is deleted',
      { type: 'conversationUpdate', channelData: { eventType: 'teamDeleted' } },
      'uninstalled',
    ],
    [
      'a team that comes back',
      { type: 'conversationUpdate', channelData: { eventType: 'teamRestored' } },
      'seen',
    ],
    ['a contact that is added', { type: 'contactRelationUpdate', action: 'add' }, 'seen'],
    ['a contact that is removed', { type: 'contactRelationUpdate', action: 'remove' }, 'uninstalled'],
  ])('%s', (_what, changes, change) => {
    expect(see(changes)?.change).toBe(change);
  });
});

describe('who comes and goes', () => {
  it('opens a personal conversation: the person is the member, not the sender', () => {
    const update = {
      type: 'conversationUpdate',
      channelId: 'directline',
      conversation: { id: 'abc' },
      from: { id: 'abc' },
      membersAdded: [bot, { id: 'dl_ada', name: 'Ada' }],
    };
    expect(see(update)).toMatchObject({
      change: 'seen',
      speaker: { id: 'dl_ada', name: 'Ada' },
      reference: { user: { id: 'dl_ada', name: 'Ada' } },
    });
  });

  it('is the bot alone: nobody spoke', () => {
    const update = {
      type: 'conversationUpdate',
      conversation: { id: 'abc' },
      from: { id: 'abc' },
      membersAdded: [bot],
    };
    const sighting = see(update);
    expect(sighting?.change).toBe('seen');
    expect(sighting).not.toHaveProperty('speaker');
    expect(sighting?.reference).not.toHaveProperty('user');
  });

  it('in a group is no sign of anybody turning to the bot', () => {
    for (const members of [{ membersAdded: [{ id: '29:bob' }] }, { membersRemoved: [{ id: '29:bob' }] }]) {
      const sighting = see({ ...inChannel, type: 'conversationUpdate', ...members });
      expect([sighting?.change, sighting?.speaker]).toEqual(['heard', undefined]);
    }
  });

  it('added the bot to a group: the one who did it spoke', () => {
    expect(see({ ...inChannel, type: 'conversationUpdate', membersAdded: [bot] })).toMatchObject({
      change: 'seen',
      speaker: { id: '29:ada' },
    });
  });
});

it.each([
  'typing',
  'messageReaction',
  'event',
  'messageUpdate',
  'messageDelete',
  'endOfConversation',
  'unheard-of',
])('%s tells nothing of where people are', (type) => {
  expect(see({ type })).toBeUndefined();
});

describe('what General is told of another channel', () => {
  const about = (eventType: string, channel: object = { id: '19:builds@thread.tacv2', name: 'Builds 2' }) =>
    see({
      ...inChannel,
      type: 'conversationUpdate',
      channelData: { ...inChannel.channelData, eventType, channel },
    });

  it.each([
    ['channelRenamed', 'heard'],
    ['channelDeleted', 'uninstalled'],
    ['channelRestored', 'seen'],
  ])('is about that channel, and makes nobody known: %s', (event, change) => {
    expect(about(event)).toEqual({
      change,
      isToldElsewhere: true,
      reference: {
        channelId: 'msteams',
        serviceUrl: SERVICE_URL,
        conversationType: 'channel',
        conversationId: '19:builds@thread.tacv2',
        conversationName: 'Builds 2',
        channel: { id: '19:builds@thread.tacv2', name: 'Builds 2' },
        team: { id: '19:team@thread.tacv2', name: 'Builders' },
        tenantId: 'tenant-of-channel',
        bot: { id: '28:bot', name: 'Notifier' },
      },
    });
  });

  it('is nothing where a channel is made, shared, or not named', () => {
    expect(['channelCreated', 'channelShared', 'channelUnshared'].map((event) => about(event))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(about('channelDeleted', {})).toBeUndefined();
  });
});

describe('a thread on Slack', () => {
  const on = (id: string, isGroup: boolean) =>
    see({ channelId: 'slack', conversation: { id, isGroup } })?.reference.conversationId;

  it('is one place with its channel', () => {
    expect(on('B1:T1:C1:1700000000.000100', true)).toBe('B1:T1:C1');
    expect(on('B1:T1:C1', true)).toBe('B1:T1:C1');
  });

  it('is one place with the chat of a person, too', () => {
    expect(on('B1:T1:D1:1700000000.000100', false)).toBe('B1:T1:D1');
    expect(on('B1:T1:D1', false)).toBe('B1:T1:D1');
  });

  it('is nothing else that ends in digits', () => {
    expect(on('B1:T1:1700000000.000100', true)).toBe('B1:T1:1700000000.000100');
  });
});
