import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { artifacts, type ChatPage, openChatPage } from './chat-page.ts';

let opened: ChatPage;

beforeAll(async () => {
  opened = await openChatPage({ width: 1280, height: 800 });
});

afterAll(() => opened?.close());

it('a person types hello, an upstream service publishes an event, and it appears in the page', async () => {
  const page = await opened.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${opened.stack.addresses.channel}/?user=ana`);
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  for (const text of ['hello', 'subscribe builds']) {
    await box.fill(text);
    await box.press('Enter');
    await page
      .getByText(text === 'hello' ? 'good to meet you' : 'I will tell you here')
      .first()
      .waitFor();
  }

  const upstream = new ServiceBusClient(opened.stack.addresses.serviceBus);
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
