// `npm run pictures`: takes the pictures in docs/images anew, from the real page on a stack of its own. It needs a Chromium.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceBusClient } from '@azure/service-bus';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from './stack/chromium.mjs';
import { type Stack, startStack } from './stack/stack.ts';
import { fetchWebchat } from './teams-channel-local/fetch-webchat.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const SIZE = { width: 1280, height: 860 };
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('no Chromium is found: install one, or set CHROMIUM_PATH');
const stack = await startStack({ webchat: await fetchWebchat(join(root, '.local', 'webchat')) });
const profile = await mkdtemp(join(tmpdir(), 'notifier-pictures-'));
try {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...QUIET];
  const browser = await chromium.launchPersistentContext(profile, {
    ...{ executablePath, headless: true, viewport: SIZE, args },
  });
  await takeChat(browser, stack);
  await takeCards(browser, stack);
  await takeHooks(browser, stack);
  await takeConsole(browser, stack);
  await browser.close();
} finally {
  await stack.stop();
  await rm(profile, { recursive: true, force: true });
}

/** A notification takes the place of the booking of a trip, which then goes on where it was. */
async function takeChat(browser: BrowserContext, { addresses }: Stack): Promise<void> {
  const person = await aPerson(browser, `${addresses.channel}/?user=ana`);
  await person.says('book travel', 'Where do you want to go?');
  await person.says('London', 'When do you leave for London?');
  const data = { to: { everyone: true }, text: 'All flights are off until 18:00.' };
  await publish(addresses.serviceBus, 'notification.requested', { ...data, delivery: { mode: 'interrupt' } });
  await person.sees('All flights are off until 18:00.');
  await person.presses('Back to my travel booking');
  await person.sees('in two weeks');
  await person.keeps('chat.png');
}

/** What cards look like: an alert, a reminder that is asked for, set and due. */
async function takeCards(browser: BrowserContext, { addresses }: Stack): Promise<void> {
  const person = await aPerson(browser, `${addresses.channel}/?user=ben`);
  await person.says('subscribe builds', 'I will tell you here');
  await person.says('remind me to stretch in 2 seconds', 'is set: stretch');
  await person.sees('Snooze:');
  const build = { pipeline: 'web', number: 1482, status: 'failed', branch: 'main' };
  await publish(addresses.serviceBus, 'build.finished', build);
  await person.sees('Build web #1482 failed');
  await person.says('remind me to buy milk', 'When shall I remind you: buy milk?');
  await person.keeps('cards.png');
}

/** What Alertmanager posts: an alert that was resolved, in the card in which it fired, and one that fires. */
async function takeHooks(browser: BrowserContext, { addresses }: Stack): Promise<void> {
  const person = await aPerson(browser, `${addresses.channel}/?user=chidi`);
  await person.says('create webhook alerts', 'Here is the address');
  const [path] = /\/api\/hooks\/[\w-]{16}\.[\w-]{43}/.exec(await person.reads()) ?? [];
  const post = (name: string, service: string, status: string, alerts: readonly object[]) =>
    fetch(`${addresses.functions}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Alertmanager/0.28.1' },
      body: JSON.stringify({
        ...{ version: '4', status, groupKey: `{}:{alertname="${name}"}`, receiver: 'chat' },
        ...{ groupLabels: { alertname: name }, commonLabels: { alertname: name, service } },
        ...{ externalURL: 'https://alertmanager.example.com', alerts },
      }),
    });
  const one = (status: string, instance: string, summary: string) => [
    { status, labels: { instance, severity: 'critical' }, annotations: { summary } },
  ];
  await post('High latency', 'checkout', 'firing', one('firing', 'checkout-1', 'p99 is above 2 s'));
  await person.sees('Firing');
  await post('High latency', 'checkout', 'resolved', one('resolved', 'checkout-1', 'p99 is above 2 s'));
  await person.sees('Resolved');
  await post('Disk is nearly full', 'orders', 'firing', one('firing', 'db-01', '8 % are left'));
  await person.sees('Disk is nearly full');
  await person.keeps('hooks.png');
}

/** Why somebody was not told, on a desktop; what became of a notification, on a phone in the dark. */
async function takeConsole(browser: BrowserContext, { addresses }: Stack): Promise<void> {
  const names = ['Priya Nair', 'Tom Becker', 'Lucía Fernández', 'Noah Williams', 'Aiko Tanaka'];
  for (const name of names) {
    const says = await aVoice(`${addresses.channel}/v3/directline`, name);
    for (const text of ['hello', 'subscribe builds']) await says(text);
    if (name === names[0]) await says('mute builds');
  }
  const build = (number: number, status: string, branch: string) =>
    publish(addresses.serviceBus, 'build.finished', { pipeline: 'web', number, status, branch });
  await build(1481, 'succeeded', 'main');
  await build(1482, 'failed', 'release-2.4');
  const to = { everyone: true };
  const tell = (text: string) => publish(addresses.serviceBus, 'notification.requested', { to, text });
  await tell('The canteen opens at **eleven** today: the kitchen is being repaired.');
  await tell('Fire drill at 15:00. Please leave by the nearest stairs.');
  const page = await browser.newPage();
  await page.goto(`${addresses.functions}/api/console#/notifications`);
  await page.locator('.row', { hasText: 'Fire drill' }).getByText('Delivered').waitFor();
  await page.locator('.row', { hasText: 'release-2.4' }).getByText('Suppressed').waitFor();
  await page.goto(`${addresses.functions}/api/console#/people?text=priya`);
  await page.getByRole('link', { name: /Priya/ }).click();
  await page.getByPlaceholder('For example: failed build').fill('release failed');
  await page.getByRole('button', { name: 'Find out' }).click();
  await page.locator('[data-why]').first().waitFor();
  await page.screenshot({ path: join(root, 'docs', 'images', 'console.png'), animations: 'disabled' });
  await page.setViewportSize({ width: 390, height: 780 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${addresses.functions}/api/console#/notifications`);
  await page.locator('.row', { hasText: 'release-2.4' }).click();
  await page.locator('[data-preview]').waitFor();
  await page.screenshot({ path: join(root, 'docs', 'images', 'console-phone.png'), animations: 'disabled' });
  await page.close();
}

/** Speaks Direct Line, as Web Chat does, for somebody of this name; an answer is waited for each time. */
async function aVoice(base: string, name: string): Promise<(text: string) => Promise<void>> {
  const id = name.split(' ')[0]?.toLowerCase() ?? name;
  const post = (path: string, body: object, token = '') =>
    fetch(`${base}/conversations${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const begun: { conversationId: string; token: string } = JSON.parse(
    await (await post('', { user: { id, name } })).text(),
  );
  return async (text) => {
    const activity = { type: 'message', text, from: { id, name } };
    await post(`/${begun.conversationId}/activities`, activity, begun.token);
  };
}

async function aPerson(browser: BrowserContext, url: string) {
  const page: Page = await browser.newPage();
  await page.goto(url);
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  const sees = (text: string) => page.getByText(text).last().waitFor({ timeout: 30_000 });
  await sees('good to meet you');
  return {
    sees,
    async says(text: string, answer: string) {
      await box.fill(text);
      await box.press('Enter');
      await sees(answer);
    },
    reads: () => page.locator('body').innerText(),
    presses: (name: string) => page.getByRole('button', { name, exact: true }).last().click(),
    async keeps(name: string) {
      const transcript = page.locator('.webchat__basic-transcript__scrollable').first();
      await transcript.evaluate((end) => end.scrollTo(0, end.scrollHeight));
      await page.screenshot({ path: join(root, 'docs', 'images', name), animations: 'disabled' });
      await page.close();
    },
  };
}

async function publish(connection: string, type: string, data: object): Promise<void> {
  const upstream = new ServiceBusClient(connection);
  const body = { specversion: '1.0', type, source: 'urn:ci:web', id: randomUUID(), data };
  await upstream.createSender('events').sendMessages({ contentType: 'application/cloudevents+json', body });
  await upstream.close();
}
