import { describe, expect, it } from 'vitest';
import { aChat } from '../support/chat.ts';

const group = { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' };
const toBotAlone = { recipient: { id: '28:bot', name: 'Notifier', isTargeted: true } };
const targeted = { entities: [{ type: 'activityTreatment', treatment: 'targeted' }] };

describe('what was said to the bot alone, among others', () => {
  it('is answered to that person alone, every message of it', async () => {
    const chat = aChat();
    await chat.says('hello', { conversation: group });
    expect(chat.replies.every((reply) => reply.entities === undefined)).toBe(true);
    const before = chat.replies.length;
    for (const text of ['help', 'remind me', 'nonsense', 'forget me'])
      await chat.says(text, { conversation: group, ...toBotAlone });
    expect(chat.replies.length).toBeGreaterThanOrEqual(before + 4);
    for (const reply of chat.replies.slice(before)) expect(reply).toMatchObject(targeted);
    await chat.says('help', { conversation: group });
    expect(chat.replies.at(-1)?.entities).toBeUndefined();
  });

  it('stays in private when it is said for a process that died', async () => {
    const chat = aChat();
    await chat.says('hello', { conversation: group });
    chat.refusals.push(new Error('the process died'));
    await chat.says('help', { conversation: group, ...toBotAlone }).catch(() => undefined);
    chat.world.clock.advance(60_000);
    const before = chat.replies.length;
    await chat.says('status', { conversation: group });
    const [again, own] = chat.replies.slice(before);
    expect(again).toMatchObject(targeted);
    expect(own?.entities).toBeUndefined();
  });

  it('is nothing special in a chat with the bot alone', async () => {
    const chat = aChat();
    await chat.says('help', toBotAlone);
    expect(chat.replies.at(-1)?.entities).toBeUndefined();
  });
});
