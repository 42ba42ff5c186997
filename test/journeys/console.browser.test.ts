import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../../dev/stack/chromium.mjs';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { ChatPerson } from './person.ts';
import { published } from './published.ts';

const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 360, height: 740 };
/** At this pace a broadcast to `CROWD` is on its way long enough to be stopped by hand. */
const PACE = 8;
const CROWD = 60;
/** What a step may take on a machine that has other things to do. */
const LONGEST_MS = 20_000;

let stack: Stack;
let browser: Browser;
const contexts: BrowserContext[] = [];
const complaints: string[] = [];
const expected: RegExp[] = [];

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('this test needs a Chromium');
  [stack, browser] = await Promise.all([
    startStack({
      channelArgs: ['--no-limits'],
      env: { NOTIFIER_REQUESTS_PER_SECOND: String(PACE) },
    }),
    chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat([
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ]),
    }),
  ]);
  // They are answered at the pace, too: what follows finds that done.
  await Promise.all(Array.from({ length: CROWD }, (_, index) => known(`guest-${index}`)));
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** After each nothing may have failed on a page, and nothing may have been asked of another origin. */
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  const unexpected = complaints.splice(0).filter((one) => !expected.some((pattern) => pattern.test(one)));
  expected.length = 0;
  expect(unexpected).toEqual([]);
});

async function visit(address: string, viewport = DESKTOP): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'en-GB' });
  contexts.push(context);
  context.setDefaultTimeout(LONGEST_MS);
  const page = await context.newPage();
  const { origin } = new URL(stack.addresses.functions);
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.origin !== origin && asked.protocol !== 'data:') complaints.push(`asks ${request.url()}`);
  });
  await page.goto(`${origin}/api/console${address}`);
  return page;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).first().check();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

function arrives(id: string): Promise<ChatPerson> {
  const { channel } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  return ChatPerson.arrives(channel, id);
}

const publish = (type: string, data: object) =>
  published(stack.addresses.functions, { type, source: 'urn:ci:web', data });

/** Somebody whom the bot knows. */
async function known(id: string): Promise<ChatPerson> {
  const person = await arrives(id);
  await person.says('hello');
  await person.hears('Hello');
  return person;
}

it('says why somebody was not told of the failed build', async () => {
  const maya = await known('maya');
  await maya.says('subscribe builds');
  await maya.hears('Done. I will tell you here');
  await maya.says('mute builds');
  await maya.hears('Done. I keep');
  await publish('build.finished', { pipeline: 'web', number: 42, status: 'failed', branch: 'main' });
  const page = await visit('#/notifications');
  await page.getByRole('link', { name: /Build web #42 failed.*1 Suppressed/s }).waitFor();
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByLabel('Name, mail or id').fill('maya');
  await page.getByRole('link', { name: /maya/ }).click();
  await heading(page, 'maya').waitFor();
  await page.getByPlaceholder('For example: failed build').fill('failed build');
  await press(page, 'Find out');
  const answer = page.locator('.answer').first();
  await answer.getByText('They have muted this: they asked the bot not to tell them.').waitFor();
  await answer.getByRole('link').click();
  await heading(page, 'Build web #42 failed on main').waitFor();
  await page.getByRole('link', { name: 'maya' }).first().waitFor();
});

it('lets two authors of one draft choose, and overwrites nothing', async () => {
  const one = await visit('#/write/new');
  const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
  await one.getByLabel('Name of the draft').fill('Party');
  await textOf(one).fill('At five');
  await press(one, 'Save draft');
  await one
    .getByText(/^Saved /)
    .first()
    .waitFor();
  await one.waitForURL(/write\/(?!new)/);
  const other = await visit(new URL(one.url()).hash);
  await textOf(other).fill('At six');
  await press(other, 'Save draft');
  await other
    .getByText(/^Saved /)
    .first()
    .waitFor();
  await textOf(one).fill('At seven');
  expected.push(/412/);
  await press(one, 'Save draft');
  const dialog = one.getByRole('dialog');
  await dialog.getByText('At six').waitFor();
  await dialog.getByText('At seven').waitFor();
  await press(one, 'Keep yours as a new draft');
  await dialog.waitFor({ state: 'detached' });
  await one.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Write' }).click();
  await expect.poll(() => one.locator('.row', { hasText: 'Party' }).count()).toBe(2);
});

it('fits a phone, in every view', async () => {
  const page = await visit('', PHONE);
  const { origin } = new URL(stack.addresses.functions);
  for (const [view, title] of [
    ['now', 'Now'],
    ['notifications', 'Notifications'],
    ['people', 'People'],
    ['write', 'Write'],
    ['write/new', 'Untitled'],
    ['parked', 'Parked'],
    ['hooks', 'Hooks'],
    ['topics', 'Topics'],
    ['settings', 'Settings'],
    ['audit', 'Audit'],
  ] as const) {
    await page.goto(`${origin}/api/console#/${view}`);
    await heading(page, title).waitFor();
    await page.locator('.loading').waitFor({ state: 'detached' });
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(tooWide, view).toBe(0);
  }
});

/** How many a notification's view counts so. */
async function countOf(page: Page, state: string): Promise<number> {
  const chip = page.locator('.chip', { hasText: new RegExp(`^\\d+ ${state}$`) }).first();
  return Number.parseInt((await chip.textContent()) ?? '', 10);
}

it('stops a broadcast half way', async () => {
  const page = await visit('#/write/new');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('The canteen is **closed** today');
  await choose(page, 'Everyone');
  await press(page, 'Everyone');
  await press(page, 'Try without sending');
  await page
    .locator('[data-dry-run]')
    .getByText(/6\d people/)
    .waitFor();
  // The page that opens may ask for it before the queue has brought it, and asks again.
  expected.push(/status of 404/);
  await press(page, 'Send …');
  await press(page, 'Yes, send it');
  await heading(page, 'The canteen is closed today').waitFor();
  await page
    .locator('.chip', { hasText: /\d+ Delivered/ })
    .first()
    .waitFor();
  await press(page, 'Stop it');
  await press(page, 'Yes, stop it');
  await page
    .locator('.chip', { hasText: /Cancelled \d/ })
    .first()
    .waitFor();
  await page.getByText('Complete', { exact: true }).waitFor();
  const delivered = await countOf(page, 'Delivered');
  const cancelled = await countOf(page, 'Cancelled');
  expect(delivered).toBeGreaterThan(0);
  expect(cancelled).toBeGreaterThan(0);
  expect(delivered + cancelled).toBeLessThanOrEqual(CROWD + 1);
  await page.getByLabel('Outcome').selectOption('cancelled');
  await page.getByText(`All ${cancelled} loaded`).waitFor();
});

it('replays what is parked, once its cause is gone', async () => {
  const data = { to: { user: 'late' }, text: 'Your badge is ready' };
  await publish('notification.requested', data);
  const page = await visit('#/parked?reason=no-such-recipient');
  await page
    .getByRole('link', { name: /notification.requested|late/ })
    .first()
    .click();
  await page.getByText('Your badge is ready').first().waitFor();
  const late = await known('late');
  await press(page, 'Replay all: unknown person');
  await press(page, 'Yes, replay');
  await late.hears('Your badge is ready');
  await page.getByText('Nothing is parked.').first().waitFor();
});

it('shows stored scripts as text, whoever wrote them, and refuses strangers', async () => {
  const script = '<script>window.hacked = true</script><img src=x onerror="window.hacked = true">';
  const body = [
    { type: 'TextBlock', text: `${script} [link](https://ok.example.com)` },
    { type: 'FactSet', facts: [{ title: script, value: script }] },
  ];
  const mallory = await known(`mallory ${script}`);
  const card = { type: 'AdaptiveCard', version: '1.5', body };
  await publish('notification.requested', { to: { user: mallory.id }, card });
  await publish('notification.requested', { to: { user: script }, text: script });
  await write('POST', 'drafts', {
    name: script,
    content: { type: 'x', data: { text: script, card: script } },
  });
  await write('PUT', 'audiences/hostile', { entries: [script, mallory.id] });
  const page = await visit('#/notifications');
  await page.getByText('<script>').first().waitFor();
  const { items } = JSON.parse(await (await ask('GET', 'people?text=mallory')).text());
  for (const [address, open] of [
    [`people/${items[0].key}`],
    ['people?text=mallory'],
    ['parked', /notification.requested/],
    ['write', /<script>/],
  ] as const) {
    await page.goto(`${new URL(page.url()).origin}/api/console#/${address}`);
    if (open !== undefined) await page.getByRole('link', { name: open }).first().click();
    await page.locator('main', { hasText: '<script>' }).waitFor();
    expect(await page.evaluate('window.hacked'), address).toBeUndefined();
    expect(await page.locator('#console script, #console img').count(), address).toBe(0);
  }
  const foreign = { origin: 'https://evil.example' };
  expect((await ask('GET', 'now', { headers: foreign })).status).toBe(403);
  expect((await write('POST', 'parked/replay', { reason: 'exhausted' }, foreign)).status).toBe(403);
  expect((await write('POST', 'parked/drop', { ids: Array.from({ length: 201 }, () => 'x') })).status).toBe(
    400,
  );
});

function ask(method: string, path: string, more: RequestInit = {}): Promise<Response> {
  return fetch(`${stack.addresses.functions}/api/console/${path}`, { method, ...more });
}

function write(
  method: string,
  path: string,
  body: object,
  headers: { readonly [name: string]: string } = {},
): Promise<Response> {
  const own = { 'content-type': 'application/json', 'x-notifier-console': '1', ...headers };
  return ask(method, path, { headers: own, body: JSON.stringify(body) });
}
