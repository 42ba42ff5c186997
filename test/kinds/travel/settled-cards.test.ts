import { expect, it } from 'vitest';
import { aTravelChat } from './support/travel-chat.ts';

const ANSWERS = ['book travel', 'London', 'tomorrow', 'after 3 nights', 'two of us'];

/** Somebody who is asked whether the trip is right. */
async function atTheEnd(channelId = 'msteams') {
  const chat = aTravelChat();
  for (const text of ['hello', ...ANSWERS]) await chat.says(text, { channelId });
  const asked = chat.world.channel.shown.at(-1);
  return { chat, asked, changes: () => chat.world.channel.changes };
}

it.each([
  ['yes', /Booked\. Have a good trip!/],
  ['cancel', /is cancelled; nothing was booked/],
])(
  'a booking that ends by %s: its question has no choices any more, and says what became of it',
  async (said, outcome) => {
    const { chat, asked, changes } = await atTheEnd();
    await chat.says(said);
    expect(changes()).toHaveLength(1);
    const [change] = changes();
    expect(change?.activityId).toBe(asked?.activityId);
    expect(change?.message?.text).toMatch(outcome);
    expect(change?.message?.text).toContain('London');
    expect(change?.message?.suggestions).toBeUndefined();
  },
);

it('a booking that goes on changes no message, nor one whose questions were said again', async () => {
  const { chat, changes } = await atTheEnd();
  await chat.says('back');
  await chat.says('three of us');
  expect(changes()).toEqual([]);
  const asked = chat.world.channel.shown.at(-1);
  await chat.says('yes');
  expect(changes().map(({ activityId }) => activityId)).toEqual([asked?.activityId]);
});

it('a booking on a channel that changes nothing asks it for no change', async () => {
  const { chat, changes } = await atTheEnd('webchat');
  await chat.says('yes', { channelId: 'webchat' });
  expect(changes()).toEqual([]);
});
