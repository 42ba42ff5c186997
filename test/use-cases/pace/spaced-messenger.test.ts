import { describe, expect, it } from 'vitest';
import { calledOff } from '../../../shared/ports/delivery/messenger.ts';
import { AllDepartures, spacedMessenger } from '../../../shared/use-cases/pace/departures.ts';
import { aConversation } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { ScriptedMessenger } from '../../support/fakes/scripted-messenger.ts';

/** Requests that all want to go now, over a clock that moves only while one of them waits. */
function aMessenger(requestsPerSecond: number) {
  const clock = new FakeClock();
  const channel = new ScriptedMessenger();
  const departures: number[] = [];
  const send = channel.sendActivity.bind(channel);
  channel.sendActivity = async (reference, message, isOff) => {
    departures.push(clock.now());
    return send(reference, message, isOff);
  };
  const wait = async (delay: number) => clock.set(clock.now() + Math.ceil(delay));
  const all = new AllDepartures({ clock, requestsPerSecond, wait });
  return { clock, channel, departures, all, messenger: spacedMessenger(channel, { departures: all }) };
}

const message = { text: 'Hello' };

function reachable(tenantId: string) {
  const { conversationId, ...rest } = aConversation({ tenantId });
  return { ...rest, conversationId: conversationId ?? expect.fail('it has one') };
}

describe('the spaced messenger', () => {
  it('never lets one request too many into a second, however late the claims made them', async () => {
    const { departures, messenger } = aMessenger(5);
    for (let request = 0; request < 23; request += 1)
      await messenger.sendActivity(reachable('contoso'), message);
    expect(departures.length).toBe(23);
    departures.forEach((at, index) => {
      const fiveBefore = departures[index - 5];
      if (fiveBefore !== undefined) expect(at - fiveBefore).toBeGreaterThanOrEqual(1000);
    });
  });

  it('asks whether a request is called off when it may depart, and not before', async () => {
    const { clock, messenger } = aMessenger(1);
    const begin = clock.now();
    const asked: number[] = [];
    const isOff = async () => {
      asked.push(clock.now() - begin);
      return true;
    };
    await messenger.sendActivity(reachable('contoso'), message, isOff);
    expect(await messenger.sendActivity(reachable('contoso'), message, isOff)).toEqual(calledOff);
    expect([asked.length, asked[0], (asked[1] ?? 0) >= 1000]).toEqual([2, 0, true]);
  });

  it('counts the creation of a conversation as a request of its own', async () => {
    const { clock, departures, messenger } = aMessenger(1);
    const begin = clock.now();
    const { user, ...address } = reachable('contoso');
    await messenger.createConversation({ ...address, user: user ?? expect.fail('somebody is there') });
    await messenger.sendActivity(reachable('contoso'), message);
    expect((departures[0] ?? begin) - begin).toBeGreaterThanOrEqual(1000);
  });

  it('creates a conversation with the message that it begins with', async () => {
    const { channel, messenger } = aMessenger(1);
    channel.insistsOnActivity = true;
    const { user, ...address } = reachable('contoso');
    const person = { ...address, user: user ?? expect.fail('somebody is there') };
    const isOff = async () => true;
    expect(await messenger.createConversation(person, { message, isOff })).toEqual(calledOff);
    expect(await messenger.createConversation(person, { message })).toMatchObject({ kind: 'created' });
    expect(channel.shown).toHaveLength(1);
  });

  it('lets no tenant wait for another', async () => {
    const { clock, departures, messenger } = aMessenger(1);
    const begin = clock.now();
    await messenger.sendActivity(reachable('contoso'), message);
    await messenger.sendActivity(reachable('fabrikam'), message);
    expect(departures).toEqual([begin, begin]);
  });

  it('gives the place back of a request that threw', async () => {
    const { clock, channel, all, messenger } = aMessenger(1);
    const bug = new Error('a bug');
    channel.sendActivity = async () => {
      throw bug;
    };
    const conversation = reachable('contoso');
    await expect(messenger.sendActivity(conversation, message)).rejects.toBe(bug);
    clock.set(clock.now() + 1010);
    expect(all.to(conversation.tenant).window.inUse(clock.now())).toBe(0);
  });
});
