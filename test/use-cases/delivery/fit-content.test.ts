import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { anEvent } from '../../support/builders.ts';
import { newsOf, textsOn } from '../../support/reading.ts';
import { aPersonWhoIsTold, statesOf } from '../holding-back/held-person.ts';

/** What one event of this data becomes on a channel. */
async function sent(channelId: string, data: object) {
  const told = await aPersonWhoIsTold({ channelId });
  const event = anEvent({ data: { to: { conversation: told.ana.key }, ...data } });
  await told.world.publish(event);
  await told.passes(seconds(5));
  const [state] = await statesOf(told.world, [notificationId(event.source, event.id)]);
  return { told, state, message: told.world.channel.requests[0]?.message };
}

const words = (count: number) => 'many words '.repeat(count);

describe('a text that is too long for its channel', () => {
  it('is cut within the limit of each, and says how to read on', async () => {
    for (const [channelId, most] of [
      ['sms', 1600],
      ['telegram', 4096],
      ['groupme', 1000],
    ] as const) {
      const { state, message } = await sent(channelId, { text: words(1000) });
      expect([channelId, state]).toEqual([channelId, 'delivered']);
      expect(message?.text?.length).toBeLessThanOrEqual(most);
      expect(message?.text?.slice(0, 300)).toBe(words(1000).slice(0, 300));
      expect(message?.text).toContain('Say **missed** to read all of it.');
      expect(message?.text).toContain('Show all: missed');
      expect(message?.card).toBeUndefined();
    }
  });

  it('keeps the words of the dialog that it interrupts', async () => {
    const { state, message } = await sent('msteams', { text: words(8000), delivery: { mode: 'interrupt' } });
    expect(state).toBe('delivered');
    expect(textsOn(message?.card).slice(0, 2)).toEqual([
      expect.stringMatching(/to read all of it\.\*$/),
      'Say **done** when you have seen this.',
    ]);
    expect(2 * JSON.stringify(message).length).toBeLessThanOrEqual(80 * 1024);
  });

  it('is listed before the request, so that a process that dies leaves no rest that nobody finds', async () => {
    const { told } = await sent('msteams', { text: words(8000) });
    const order = told.world.watch.calls.map(({ port, method }) => `${port}.${method}`);
    expect(order.indexOf('missed.addTold')).toBeGreaterThan(0);
    expect(order.indexOf('missed.addTold')).toBeLessThan(order.indexOf('messenger.sendActivity'));
  });

  it('that fits is sent as it is, and costs nothing more', async () => {
    const { told, message } = await sent('msteams', { text: words(3000) });
    expect(newsOf(message ?? {})).toBe(words(3000));
    expect(told.world.watch.count('missed')).toBe(0);
  });
});
