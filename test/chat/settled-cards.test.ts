import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../../shared/domain/json-object.ts';
import { minutes } from '../../shared/domain/time.ts';
import type { SendResult } from '../../shared/ports/delivery/messenger.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';

/** What the button of a card that begins so carries. */
function dataOf(card: unknown, command: string): object | undefined {
  if (Array.isArray(card))
    return card.map((part) => dataOf(part, command)).find((data) => data !== undefined);
  if (!isJsonObject(card)) return undefined;
  const { data } = card;
  if (isJsonObject(data) && typeof data.notifier === 'string' && data.notifier.startsWith(command))
    return data;
  return dataOf(Object.values(card), command);
}

async function aBuild() {
  const chat = aChat();
  await chat.says('hello');
  await chat.says('subscribe builds');
  chat.world.clock.advance(minutes(5));
  await chat.world.publish(
    anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 7, status: 'failed' } }),
  );
  await chat.world.run();
  const shown = () => chat.world.channel.shown.find(({ activityId }) => activityId !== undefined);
  const press = async (command: string) => {
    const { activityId, states } = shown() ?? {};
    const value = dataOf(states?.[0], command);
    expect(value).toBeDefined();
    await chat.says('', { value, ...(activityId === undefined ? {} : { replyToId: activityId }) });
  };
  const card = () => JSON.stringify(shown()?.message);
  return { chat, press, card, shown };
}

describe('a card whose button was pressed', () => {
  it.each([
    ['unsubscribe', /no longer|unsubscribed/i],
    ['snooze notification', /once more/i],
  ])(
    '%s: has no buttons any more, and says what became of it below what it said',
    async (command, outcome) => {
      const { chat, press, card, shown } = await aBuild();
      expect(card()).toContain('Action.Submit');
      await press(command);
      expect(chat.world.channel.changes).toHaveLength(1);
      expect(card()).not.toContain('Action.Submit');
      expect(card()).toContain('web');
      expect(card()).toMatch(outcome);
      expect(shown()?.states).toHaveLength(2);
    },
  );

  it('changes nothing where the channel takes no change, and the person has the answer all the same', async () => {
    const { chat, press, card } = await aBuild();
    const refused: SendResult = { kind: 'failed', status: 405, code: 'BadArgument', surelyNotSent: true };
    chat.world.channel.nextChange('a:1', { result: refused });
    await press('unsubscribe');
    expect(card()).toContain('Action.Submit');
    expect(chat.sees().at(-1)).toMatch(/builds/);
  });

  it('is told by the state of its key again, when that changes', async () => {
    const { chat, press, card } = await aBuild();
    await press('snooze notification');
    chat.world.clock.advance(minutes(1));
    await chat.world.publish(
      anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 7, status: 'succeeded' } }),
    );
    await chat.world.run();
    expect(card()).toContain('succeeded');
  });

  it('says it once: what is said without a press changes no card', async () => {
    const { chat } = await aBuild();
    await chat.says('unsubscribe builds');
    expect(chat.world.channel.changes).toEqual([]);
  });
});
