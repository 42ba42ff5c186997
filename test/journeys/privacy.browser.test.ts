import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceBusClient } from '@azure/service-bus';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../../dev/stack/chromium.mjs';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { fetchWebchat } from '../../dev/teams-channel-local/fetch-webchat.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const artifacts = join(root, 'test', 'artifacts');
let stack: Stack;
let browser: BrowserContext;
let profile: string;

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('this test needs a Chromium; it is left out where there is none');
  const webchat = await fetchWebchat(join(root, '.local', 'webchat'));
  profile = await mkdtemp(join(tmpdir(), 'notifier-browser-'));
  await mkdir(artifacts, { recursive: true });
  stack = await startStack({ webchat });
  browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    acceptDownloads: true,
    viewport: { width: 1000, height: 900 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  if (profile !== undefined) await rm(profile, { recursive: true, force: true });
});

async function publish(type: string, data: object): Promise<void> {
  const upstream = new ServiceBusClient(stack.addresses.serviceBus);
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
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${stack.addresses.channel}/?user=ana`);
  await say(page, 'subscribe builds', 'I will tell you here');
  await publish('build.finished', {
    pipeline: 'web',
    number: 1482,
    status: 'failed',
    branch: 'main',
    url: 'https://builds.example/web/1482',
  });
  await hears(page, 'You get this because you subscribed to');
  const button = (name: string) => page.locator('.ac-pushButton', { hasText: name }).last();
  // What can be done about it is behind the dots at the end of a card.
  const options = () => page.getByText('\u2022\u2022\u2022').last().click();
  await options();
  await button('Unsubscribe').scrollIntoViewIfNeeded();
  await pictures(page, 'topic');
  await button('Snooze 1 hour').click();
  await hears(page, 'I bring that once more');
  await button('Unsubscribe').click();
  await hears(page, 'I will no longer tell you');
  await publish('notification.requested', {
    to: { everyone: true },
    text: 'The **canteen** closes at 14:00',
  });
  await hears(page, 'it goes to everyone who talks with me');
  await options();
  await button('Mute all 1 hour').scrollIntoViewIfNeeded();
  await pictures(page, 'everyone');

  await say(page, 'export my data', 'This is everything that I have stored about you');
  await button('Download').waitFor();

  await say(page, 'forget me', 'Do you want that?');
  await button('Yes, forget me').scrollIntoViewIfNeeded();
  await pictures(page, 'forget');
  await button('Yes, forget me').click();
  await hears(page, 'I forget you now');
  expect(errors).toEqual([]);
});
