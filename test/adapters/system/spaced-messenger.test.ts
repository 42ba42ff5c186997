import { describe, expect, it } from 'vitest';
import { slotsPerSecond, spacedMessenger } from '../../../shared/adapters/system/spaced-messenger.ts';
import { aConversation } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { ScriptedMessenger } from '../../support/fakes/scripted-messenger.ts';

/** Requests that all want to go now, over a clock that moves only while one of them waits. */
function aMessenger(requestsPerSecond: number) {
  const clock = new FakeClock();
  const channel = new ScriptedMessenger();
  const departures: number[] = [];
  const send = channel.send.bind(channel);
  channel.send = async (reference, message) => {
    departures.push(clock.now());
    return send(reference, message);
  };
  const wait = async (delay: number) => clock.set(clock.now() + Math.ceil(delay));
  return { clock, departures, messenger: spacedMessenger(channel, { clock, requestsPerSecond, wait }) };
}

const message = { text: 'Hello' };

function reachable(tenantId: string) {
  const { conversationId, ...rest } = aConversation({ tenantId });
  return { ...rest, conversationId: conversationId ?? expect.fail('it has one') };
}

describe('the spaced messenger', () => {
  it('never lets one request too many into a second, however late the claims made them', async () => {
    const { departures, messenger } = aMessenger(5);
    for (let request = 0; request < 23; request += 1) await messenger.send(reachable('contoso'), message);
    expect(departures.length).toBe(23);
    departures.forEach((at, index) => {
      const fiveBefore = departures[index - 5];
      if (fiveBefore !== undefined) expect(at - fiveBefore).toBeGreaterThanOrEqual(1000);
    });
  });

  it('lets a request that keeps to the slots pass at once', async () => {
    const { clock, departures, messenger } = aMessenger(50);
    const begin = clock.now();
    const wanted = Array.from({ length: 120 }, (_slot, index) =>
      Math.ceil(begin + (index * 1000) / slotsPerSecond(50)),
    );
    for (const at of wanted) {
      clock.set(at);
      await messenger.send(reachable('contoso'), message);
    }
    expect(departures).toEqual(wanted);
  });

  it('takes a request that was long on its way for one that arrived late', async () => {
    const clock = new FakeClock();
    const channel = new ScriptedMessenger();
    const send = channel.send.bind(channel);
    const travels = [10, 50, 10];
    const departures: number[] = [];
    channel.send = async (reference, content) => {
      departures.push(clock.now());
      clock.set(clock.now() + (travels.shift() ?? 10));
      return send(reference, content);
    };
    const wait = async (delay: number) => clock.set(clock.now() + Math.ceil(delay));
    const messenger = spacedMessenger(channel, { clock, requestsPerSecond: 1, wait });
    for (let request = 0; request < 3; request += 1) {
      clock.set(Math.max(clock.now(), (departures.at(-1) ?? 0) + 1000));
      await messenger.send(reachable('contoso'), message);
    }
    const [first = 0, second = 0, third = 0] = departures;
    // Nothing is known of the first; the second took longer than it, so the third keeps clear of it.
    expect(second - first).toBe(1003);
    expect(third - second).toBeGreaterThanOrEqual(1042);
  });

  it('lets no tenant wait for another', async () => {
    const { clock, departures, messenger } = aMessenger(1);
    const begin = clock.now();
    await messenger.send(reachable('contoso'), message);
    await messenger.send(reachable('fabrikam'), message);
    expect(departures).toEqual([begin, begin]);
  });
});
