import { expect, it } from 'vitest';
import { aWholeChat } from '../support/whole-chat.ts';

it.each([
  ['en', 'remind me to buy milk', 'resume booking'],
  ['en', 'timezone', 'resume'],
  ['en', 'subscribe', 'continue'],
  ['en', 'quiet hours', 'go on with booking'],
  ['de', 'abonniere', 'weitermachen'],
  ['de', 'erinnere mich an Milch', 'weiter mit der Buchung'],
  ['de', 'zeitzone', 'buchung fortsetzen'],
])('%s: what %j asks is not answered by %j, which goes on with a dialog', async (locale, asks, resumes) => {
  const chat = await aWholeChat(locale);
  await chat.hears('book travel');
  await chat.hears('London');
  await chat.hears('stop');
  await chat.hears(asks);
  expect(await chat.hears(resumes)).toMatch(/London/);
  expect((await chat.world.subscriptions.subscriptionsOf(chat.key)).length).toBe(0);
});
