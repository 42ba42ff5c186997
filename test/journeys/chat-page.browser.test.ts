import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceBusClient } from '@azure/service-bus';
import { type BrowserContext, chromium } from 'playwright-core';
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
    viewport: { width: 1280, height: 800 },
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

it('a person types hello, an upstream service publishes an event, and it appears in the page', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${stack.addresses.channel}/?user=ana`);
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  for (const text of ['hello', 'subscribe builds']) {
    await box.fill(text);
    await box.press('Enter');
    await page
      .getByText(text === 'hello' ? 'good to meet you' : 'I will tell you here')
      .first()
      .waitFor();
  }

  const upstream = new ServiceBusClient(stack.addresses.serviceBus);
  const event = {
    specversion: '1.0',
    type: 'build.finished',
    source: 'urn:ci:web',
    id: randomUUID(),
    data: {
      pipeline: 'web',
      number: 1482,
      status: 'failed',
      branch: 'main',
      url: 'https://builds.example/web/1482',
    },
  };
  await upstream
    .createSender('events')
    .sendMessages({ contentType: 'application/cloudevents+json', body: event });
  await upstream.close();

  await page.getByText('Build web #1482 failed').first().waitFor();
  await page.getByRole('button', { name: 'Open the build' }).last().waitFor();
  // The page scrolls to the card once it has its final height.
  await page.getByRole('button', { name: 'Open the build' }).last().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(artifacts, 'chat-page.png') });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(artifacts, 'chat-page-phone.png') });

  await page.reload();
  await page.getByText('Build web #1482 failed').first().waitFor();
  expect(errors).toEqual([]);
});
