import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { artifacts, type ChatPage, openChatPage } from '../../../journeys/chat-page.ts';
import { eventually } from '../../../journeys/person.ts';

let opened: ChatPage;

beforeAll(async () => {
  opened = await openChatPage({ width: 1000, height: 900 });
});

afterAll(() => opened?.close());

/** Publishes an event, and waits until it was accepted. */
async function publish(type: string, data: object): Promise<void> {
  const upstream = new ServiceBusClient(opened.stack.addresses.serviceBus);
  const event = { specversion: '1.0', type, source: 'urn:hotels', id: randomUUID(), data };
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

/** Says something, and waits until the bot has said what is expected, so often. */
async function say(page: Page, text: string, expected: string, times = 1): Promise<void> {
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  await box.fill(text);
  await box.press('Enter');
  await hears(page, expected, times);
}

async function hears(page: Page, expected: string, times = 1): Promise<void> {
  // Web Chat keeps a second copy of each text for screen readers.
  const heard = page
    .locator('.webchat__bubble__content')
    .getByText(expected)
    .nth(times - 1);
  await heard.waitFor();
  // The page stays where it is when a card above grows to its final height.
  await heard.scrollIntoViewIfNeeded();
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(artifacts, `dialogs-${name}.png`) });
}

it('a hotel alert interrupts the booking of a trip to London, which then goes on where it was', async () => {
  const page = await opened.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${opened.stack.addresses.channel}/?user=ana`);
  await say(page, 'hello', 'good to meet you');
  const hotel = { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', currency: 'USD' };
  await publish('hotel.price.changed', { ...hotel, price: 199 });
  await say(page, 'watch Vegas Grand', 'I watch Vegas Grand');
  await say(page, 'book travel', 'Where do you want to go?');
  await say(page, 'London', 'When do you leave for London?');
  await picture(page, '1-booking');

  await publish('hotel.price.changed', { ...hotel, price: 149, delivery: { mode: 'interrupt' } });
  await hears(page, 'Let us change the topic for a moment.');
  const back = page.locator('.ac-pushButton', { hasText: 'Back to my travel booking' }).last();
  await back.scrollIntoViewIfNeeded();
  await picture(page, '2-interrupted');
  await back.click();
  await hears(page, 'Back to your travel booking.');
  await hears(page, 'When do you leave for London?', 2);
  await picture(page, '3-resumed');

  await publish('survey.requested', {
    to: { everyone: true },
    question: 'How was your last trip with us?',
    choices: ['Great', 'Fine', 'Not so good'],
  });
  await hears(page, 'How was your last trip with us?');
  const great = page.getByRole('button', { name: 'Great' }).last();
  await great.waitFor();
  await picture(page, '4-survey');
  await great.click();
  await hears(page, 'I noted Great');
  await hears(page, 'When do you leave for London?', 3);

  await say(page, 'next friday', 'When do you come back?');
  await say(page, 'after 3 nights', 'How many of you travel?');
  await say(page, 'two of us', 'Shall I book this?');
  await say(page, 'yes', 'Have a good trip!');
  await page.getByText('Reference').scrollIntoViewIfNeeded();
  await picture(page, '5-booked');
  expect(errors).toEqual([]);
});
