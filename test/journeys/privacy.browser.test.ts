import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { artifacts, type ChatPage, openChatPage, openOptions } from './chat-page.ts';

let opened: ChatPage;

beforeAll(async () => {
  opened = await openChatPage({ width: 1000, height: 900 });
});

afterAll(() => opened?.close());

async function publish(type: string, data: object): Promise<void> {
  const upstream = new ServiceBusClient(opened.stack.addresses.serviceBus);
  await upstream.createSender('events').sendMessages({
    contentType: 'application/cloudevents+json',
    body: { specversion: '1.0', type, source: 'https://ci.example', id: randomUUID(), data },
  });
  await upstream.close();
}

async function say(page: Page, text: string, expected: string): Promise<void> {
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  await box.fill(text);
  await box.press('Enter');
  await hears(page, expected);
}

async function hears(page: Page, expected: string): Promise<void> {
  const heard = page.getByText(expected).last();
  await heard.waitFor();
  await heard.scrollIntoViewIfNeeded();
}

/** At the width of a desktop and of a phone. */
async function pictures(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(artifacts, `privacy-${name}.png`) });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.ac-pushButton').last().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(artifacts, `privacy-${name}-phone.png`) });
  await page.setViewportSize({ width: 1000, height: 900 });
}

it('a person unsubscribes and snoozes with one click, reads their data, and is forgotten', async () => {
  const page = await opened.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${opened.stack.addresses.channel}/?user=ana`);
  await say(page, 'subscribe builds', 'I will tell you here');
  const build = { pipeline: 'web', status: 'failed', branch: 'main', url: 'https://builds.example/web/1482' };
  await publish('build.finished', { ...build, number: 1482 });
  await hears(page, 'You get this because you subscribed to');
  const button = (name: string) => page.locator('.ac-pushButton', { hasText: name }).last();
  // What can be done about it is behind the dots at the end of a card.
  await openOptions(page, 'Unsubscribe');
  await button('Unsubscribe').scrollIntoViewIfNeeded();
  await pictures(page, 'topic');
  await button('Snooze 1 hour').click();
  await hears(page, 'I bring that once more');
  // The card says so now, and has no buttons any more.
  await publish('build.finished', { ...build, number: 1483 });
  await hears(page, 'Build web #1483 failed');
  await openOptions(page, 'Unsubscribe');
  await button('Unsubscribe').click();
  await hears(page, 'I will no longer tell you');
  await publish('notification.requested', {
    to: { everyone: true },
    text: 'The **canteen** closes at 14:00',
  });
  await hears(page, 'it goes to everyone who talks with me');
  await openOptions(page, 'Mute all 1 hour');
  await button('Mute all 1 hour').scrollIntoViewIfNeeded();
  await pictures(page, 'everyone');

  await say(page, 'export my data', 'This is everything that I have stored about you');
  const asked = opened.browser.waitForEvent('request', (request) => request.url().includes('/api/export/'));
  await button('Download').click();
  const document = await fetch((await asked).url());
  expect(await document.text()).toContain('"format": "notifier-export/1"');

  await say(page, 'forget me', 'Do you want that?');
  await button('Yes, forget me').scrollIntoViewIfNeeded();
  await pictures(page, 'forget');
  await button('Yes, forget me').click();
  await hears(page, 'I forget you now');
  expect(errors).toEqual([]);
});
