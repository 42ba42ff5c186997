import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { artifacts, type ChatPage, openChatPage, openOptions } from './chat-page.ts';
import { eventually } from './person.ts';

const vegas = { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', currency: 'USD' };
let opened: ChatPage;

beforeAll(async () => {
  // Everything that there is to say is said within half a minute, which is more than Teams takes of one chat.
  opened = await openChatPage({ width: 1200, height: 900 }, '40/1s');
});

afterAll(() => opened?.close());

/** Publishes an event, and waits until it was accepted. */
async function publish(type: string, data: object): Promise<void> {
  const upstream = new ServiceBusClient(opened.stack.addresses.serviceBus);
  const event = { specversion: '1.0', type, source: 'urn:test', id: randomUUID(), data };
  await upstream
    .createSender('events')
    .sendMessages({ contentType: 'application/cloudevents+json', body: event });
  await upstream.close();
  const query = new URLSearchParams({ source: event.source, id: event.id });
  await eventually(`the report of ${type}`, async () => {
    const answer = await fetch(`${opened.stack.addresses.functions}/api/notifications?${query}`);
    return answer.ok;
  });
}

/** Opens the chat as somebody, whom the bot greets: a hello that follows at once is answered by that. */
async function arrive(user: string): Promise<{ readonly page: Page; readonly errors: readonly string[] }> {
  const page = await opened.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${opened.stack.addresses.channel}/?user=${user}`);
  await hears(page, 'good to meet you');
  return { page, errors };
}

/** Everything in the bot's bubbles and in the person's, in order: Web Chat keeps further copies for screen readers. */
function shown(page: Page): Promise<readonly string[]> {
  return page.locator('.webchat__bubble__content').allInnerTexts();
}

/** Says something, and waits until what came since contains what is expected. */
async function say(page: Page, text: string, expected: string): Promise<void> {
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  const { length } = await shown(page);
  await box.fill(text);
  await box.press('Enter');
  await hears(page, expected, { after: length, to: `"${text}"` });
}

async function press(page: Page, title: string, expected: string): Promise<void> {
  const { length } = await shown(page);
  await page.locator('.ac-pushButton', { hasText: title }).last().click();
  await hears(page, expected, { after: length, to: `the button "${title}"` });
}

async function hears(
  page: Page,
  expected: string,
  { after = 0, to = 'what was published' }: { readonly after?: number; readonly to?: string } = {},
): Promise<void> {
  let since: readonly string[] = [];
  await eventually(`"${expected}" in answer to ${to}`, async () => {
    since = (await shown(page)).slice(after);
    return since.some((bubble) => bubble.replace(/\s+/g, ' ').includes(expected));
  }).catch((cause: unknown) => {
    throw new Error(`instead of "${expected}", ${to} was answered by: ${since.join(' / ')}`, { cause });
  });
}

it('everything that people can say is answered in the page, and every button of a card works', async () => {
  const { page, errors } = await arrive('ana');
  await publish('hotel.price.changed', { ...vegas, price: 199 });
  for (const [text, expected] of [
    ['help', 'Peace and quiet'],
    ['HELP!', 'Peace and quiet'],
    ['topics', 'You can subscribe to'],
    ['subscribe to builds', 'I will tell you here what happens on builds'],
    ['subscriptions', 'You are subscribed to'],
    ['timezone Berlin', 'Your time zone is Europe/Berlin'],
    ['watch the Vegas Grand', 'when it falls by 20% or more'],
    ['watch Vegas Grand below 150', 'when it falls below US$150'],
    ['watch Vegas Grand drop 10%', 'when it falls by 10% or more'],
    ['price report Vegas Grand', 'Prices of Vegas Grand'],
    ['remind me to call Ann tomorrow at 9am', 'Reminder 1 is set: call Ann'],
    ['remind me every weekday at 8:50am to stand up', 'every weekday at 8:50'],
    ['reminders', 'Your reminders'],
    ['edit reminder 1 in 2 hours', 'Reminder 1 is moved'],
    ['snooze 1 20 minutes', 'did not come yet'],
    ['done 1', 'Done: call Ann'],
    ['cancel reminder 2', 'Reminder 2 is cancelled'],
    ['mute builds for 2 hours', 'I keep builds and all below it from you'],
    ['unmute builds', 'builds is no longer muted'],
    ['quiet hours 22:00-07:00', 'Your quiet hours are 22:00-07:00'],
    ['status', 'Quiet hours: 22:00-07:00'],
    ['quiet hours off', 'You have no quiet hours'],
    ['export my data', 'everything that I have stored about you'],
    ['sbuscribe builds', 'Did you mean subscribe'],
    // The question first, then nothing is left.
    ['cancel', 'All right'],
    ['cancel', 'nothing to cancel'],
    ['thanks', 'You are welcome'],
  ] as const)
    await say(page, text, expected);

  await publish('hotel.price.changed', { ...vegas, price: 149 });
  await hears(page, '25% less');
  await press(page, 'Stop watching', 'I no longer watch Vegas Grand');
  // The card says so, too, and is drawn anew: a press in that moment would meet no button.
  await page.getByText('Edited').last().waitFor();
  await press(page, 'Watch the price', 'I watch Vegas Grand');
  await publish('hotel.price.changed', { ...vegas, price: 110, delivery: { urgent: true } });
  await hears(page, '26% less');
  // The alert's own button knows where to.
  await press(page, 'Book', 'Las Vegas, a good choice. When do you leave for Las Vegas?');
  await say(page, 'cancel', 'The travel booking is cancelled');
  await press(page, 'Snooze a day', 'nothing of Vegas Grand for a day');
  await say(page, 'unwatch Vegas Grand', 'I no longer watch Vegas Grand');
  // A card whose button was pressed says what became of it, and has no others any more: each has a build of its own.
  for (const [number, button, answer] of [
    [7, 'Snooze 1 hour', 'I bring that once more'],
    [8, 'Mute 1 hour', 'I keep builds'],
    [9, 'Unsubscribe', 'I will no longer tell you what happens on builds'],
  ] as const) {
    const delivery = { urgent: true };
    await publish('build.finished', { pipeline: 'web', number, status: 'failed', branch: 'main', delivery });
    await hears(page, `Build web #${number} failed`);
    // What can be done about it is behind the dots at the end of a card.
    await openOptions(page, button);
    await press(page, button, answer);
  }
  await say(page, 'unsubscribe all', 'You had no subscriptions');
  await say(page, 'remind me to pay the rent in 3 hours', 'Reminder 3 is set');
  // The list that stands above is drawn anew with it: a press in that moment would meet no button.
  const list = page.locator('.webchat__bubble__content', { hasText: 'Your reminders' });
  await list.filter({ hasText: 'pay the rent' }).last().waitFor();
  await press(page, 'Edit', 'When shall reminder 3 come?');
  await press(page, 'Cancel reminder', 'Reminder 3 is cancelled');
  await say(page, 'forget me', 'Do you want that? Say yes, or forget me now');
  await press(page, 'Yes, forget me', 'I forget you now');
  await page.screenshot({ path: join(artifacts, 'commands.png') });
  expect(errors).toEqual([]);
});

it('a hotel alert meets the booking of a trip to London in each of the four ways', async () => {
  const { page, errors } = await arrive('ben');
  const announce = (text: string, delivery: object) =>
    publish('notification.requested', {
      to: { everyone: true },
      text,
      delivery: { urgent: true, ...delivery },
    });
  await say(page, 'book travel', 'Where do you want to go?');
  await say(page, 'London', 'When do you leave for London?');

  await announce('Ad hoc: the Vegas Grand is down', { mode: 'adHoc' });
  await hears(page, 'Ad hoc: the Vegas Grand is down');
  await say(page, 'next friday', 'When do you come back?');

  const { length } = await shown(page);
  await announce('Interrupting: the Vegas Grand is down', { mode: 'interrupt' });
  await hears(page, 'Let us change the topic for a moment', { after: length });
  await say(page, 'done', 'When do you come back?');
  await say(page, 'actually Paris', 'Paris, a good choice. When do you come back?');

  await announce('Waiting: the Vegas Grand is down', { mode: 'wait' });
  await say(page, 'after 3 nights', 'How many of you travel?');
  await say(page, 'me and my wife', 'Shall I book this? Paris');
  expect((await shown(page)).join('\n')).not.toContain('Waiting: the Vegas Grand is down');
  await say(page, 'yes please', 'Have a good trip!');
  await hears(page, 'Waiting: the Vegas Grand is down');

  await say(page, 'book a trip to Rome', 'When do you leave for Rome?');
  await announce('Replacing: the Vegas Grand is down', { mode: 'replace' });
  await hears(page, 'Replacing: the Vegas Grand is down');
  await say(page, 'cancel', 'nothing to cancel');
  await page.screenshot({ path: join(artifacts, 'four-ways.png') });
  expect(errors).toEqual([]);
});
