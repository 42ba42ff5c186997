import { describe, expect, it } from 'vitest';
import { answer } from '../../shared/chat/answer.ts';
import { quietCommands } from '../../shared/chat/commands/quiet/quiet-commands.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import type { Conversation } from '../../shared/domain/conversation/conversation.ts';
import { vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import { days, hours, minutes } from '../../shared/domain/time.ts';
import { aConversation } from '../support/builders.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { ScriptedRoster } from '../support/fakes/scripted-roster.ts';
import { inMemoryStores } from '../support/fakes/stores/in-memory-stores.ts';

/** A chat in Berlin, on a Monday at 10:00 there, unless it is elsewhere. */
function aChat(fields: Partial<Conversation> = { timeZone: 'Europe/Berlin' }) {
  const clock = new FakeClock();
  const stores = inMemoryStores({ clock });
  const conversation = aConversation(fields);
  const released: string[] = [];
  const deps = {
    ...stores,
    clock,
    defaultTimeZone: 'UTC',
    vouching: vouchesForAll,
    roster: async () => new ScriptedRoster(),
  };
  const commands = quietCommands({
    ...deps,
    personZone: findPersonZone(deps),
    releaseDeferred: async (key) => {
      released.push(key);
    },
  });
  const reply = answer({ ...deps, offers: [], commands });
  return {
    clock,
    stores,
    conversation,
    released,
    says: (text: string) => reply({ id: 'turn', at: clock.now(), conversation, text, locale: 'en' }),
    preferences: async () => (await stores.preferences.findPreferences(conversation.key)).preferences,
  };
}

describe('mute', () => {
  it.each([
    ['mute', {}],
    ['MUTE', {}],
    ['mute all', {}],
    ['mute for 2 hours', { until: hours(2) }],
    ['mute 2h', { until: hours(2) }],
    ['mute for 30 minutes', { until: minutes(30) }],
    ['mute until 11', { until: hours(1) }],
    ['mute until tomorrow 9:00', { until: hours(23) }],
    ['mute builds', { topic: 'builds' }],
    ['mute Builds/Web for a day', { topic: 'builds/web', until: days(1) }],
    ['mute builds until 12:30', { topic: 'builds', until: hours(2.5) }],
    ['mute wait for it for 1 hour', { topic: 'wait for it', until: hours(1) }],
  ])('"%s" is understood', async (text, { until, ...topic }: { topic?: string; until?: number }) => {
    const chat = aChat();
    expect((await chat.says(text)).text).toMatch(/^Done\. I keep/);
    const end = until === undefined ? {} : { until: chat.clock.now() + until };
    expect((await chat.preferences()).mutes).toEqual([{ ...topic, ...end }]);
  });

  it.each([
    ['mute until the cows come home', '"until the cows come home"'],
    ['mute builds for ever and ever', '"for ever and ever"'],
    ['mute a//b', 'parted by "/"'],
  ])('"%s" is answered with what is wrong, and mutes nothing', async (text, message) => {
    const chat = aChat();
    const { text: answered, suggestions } = await chat.says(text);
    expect(answered).toContain(message);
    expect(suggestions).not.toEqual([]);
    expect((await chat.preferences()).mutes).toEqual([]);
  });

  it('of the same topic again takes the place of the first, and those that are over are forgotten', async () => {
    const chat = aChat();
    await chat.says('mute builds for 1 hour');
    await chat.says('mute hotels for 10 minutes');
    chat.clock.advance(minutes(20));
    await chat.says('mute builds');
    expect((await chat.preferences()).mutes).toEqual([{ topic: 'builds' }]);
  });

  it('says until when by the clock of the person, and that it guesses when it does', async () => {
    expect((await aChat().says('mute for 2 hours')).text).toMatch(/until \*\*.*12:00.*\(in 2 hours\)\*\*/);
    expect((await aChat({}).says('mute for 2 hours')).text).toContain('I take **UTC** for your time zone');
  });

  it('is ended by unmute, for one topic or all', async () => {
    const chat = aChat();
    for (const text of ['mute builds', 'mute hotels', 'mute']) await chat.says(text);
    expect((await chat.says('unmute builds')).text).toContain('Everything is still muted');
    expect((await chat.says('unmute builds')).text).toContain('was not muted by itself');
    expect((await chat.says('unmute')).text).toBe('Done. Nothing is muted any more.');
    expect((await chat.says('unmute')).text).toBe('Nothing was muted.');
    expect((await chat.preferences()).mutes).toEqual([]);
  });

  it('keeps both of two mutes that are made at the same moment', async () => {
    const chat = aChat();
    await Promise.all([chat.says('mute builds'), chat.says('mute hotels')]);
    expect((await chat.preferences()).mutes.map(({ topic }) => topic).sort()).toEqual(['builds', 'hotels']);
  });
});

describe('quiet hours', () => {
  it.each([
    ['quiet hours 22:00-07:00', { from: 1320, to: 420 }],
    ['Quiet Hours 10pm to 7am', { from: 1320, to: 420 }],
    ['quiet hours 12-13', { from: 720, to: 780 }],
  ])('"%s" is understood, and what was held back is looked at', async (text, quietHours) => {
    const chat = aChat();
    expect((await chat.says(text)).text).toMatch(/^Done\. Your quiet hours are/);
    expect((await chat.preferences()).quietHours).toEqual(quietHours);
    expect(chat.released).toEqual([chat.conversation.key]);
  });

  it('end with off, and what was held back is looked at', async () => {
    const chat = aChat();
    await chat.says('quiet hours 22:00-07:00');
    expect((await chat.says('quiet hours off')).text).toContain('no quiet hours');
    expect((await chat.preferences()).quietHours).toBeUndefined();
    expect(chat.released.length).toBe(2);
  });

  it('are shown without an argument, and what is none is answered with an example', async () => {
    const chat = aChat();
    expect((await chat.says('quiet hours')).text).toContain('You have no quiet hours');
    expect((await chat.says('quiet hours at night')).text).toContain('Say for example');
    await chat.says('quiet hours 22:30-7');
    expect((await chat.says('quiet hours')).text).toContain(
      '**22:30-07:00**, by the clock of **Europe/Berlin**',
    );
  });

  it('ask for the time zone when nobody has told it', async () => {
    const { text } = await aChat({}).says('quiet hours 22:00-07:00');
    expect(text).toContain(
      'I do not know your time zone and take **UTC**; say for example **timezone Berlin**',
    );
  });
});

describe('status', () => {
  it('shows what applies, and what is held back', async () => {
    const chat = aChat();
    await chat.says('subscribe builds');
    await chat.says('mute builds/web for 2 hours');
    await chat.says('quiet hours 9-11');
    await chat.stores.ledger.deferDelivery({
      id: { notification: 'n'.repeat(43) as never, conversation: chat.conversation.key }, // Any hash does.
      version: 1,
      state: 'deferred',
      deferral: 'quiet-hours',
      attempts: 0,
      unconfirmed: 0,
      firstClaimedAt: 0,
    });
    const { text } = await chat.says('status');
    expect(text.split('\n').slice(2)).toEqual([
      '- Subscriptions: **1**',
      expect.stringMatching(/^- Muted: \*\*builds\/web\*\* until .*12:00.*\(in 2 hours\)$/),
      '- Quiet hours: **09:00-11:00**, now',
      '- Held back: **1** until your quiet hours end',
      '- Time zone: **Europe/Berlin**',
    ]);
  });

  it('forgets a mute when it is over', async () => {
    const chat = aChat({});
    await chat.says('mute for 1 hour');
    chat.clock.advance(hours(1));
    expect((await chat.says('status')).text).toContain('- Muted: **nothing**');
  });
});
