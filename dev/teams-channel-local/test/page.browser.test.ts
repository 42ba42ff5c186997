import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningChannel, startChannel } from '../channel.ts';
import { fetchWebchat } from '../fetch-webchat.mjs';
import { Bot } from './bot.ts';
import { ask, idOf, send } from './client.ts';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const HOTEL = {
  contentType: ADAPTIVE,
  content: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: 'Grand Plaza', weight: 'Bolder', size: 'Large' },
      { type: 'Input.Text', id: 'note', label: 'Note' },
    ],
    actions: [
      { type: 'Action.Execute', title: 'Book', verb: 'book', data: { hotel: 7 } },
      { type: 'Action.Submit', title: 'Mute', data: { command: 'mute' } },
      {
        type: 'Action.Submit',
        title: 'Say',
        data: { msteams: { type: 'imBack', value: 'said by a button' } },
      },
    ],
  },
};

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let browser: Browser;
/** Web Chat is a large file: all tests have one browser cache, and the channel the same address in each. */
let context: BrowserContext;
let port = 0;
let webchatPath: string;
let bot: Bot;
let channel: RunningChannel;
let complaints: string[];
let pages: Page[];

beforeAll(async () => {
  webchatPath = await fetchWebchat(fileURLToPath(new URL('../node_modules/.cache/webchat', import.meta.url)));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  context = await browser.newContext({ viewport: DESKTOP });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  complaints = [];
  pages = [];
  bot = await Bot.start();
  bot.react = async (activity) => {
    if (activity.type === 'installationUpdate') await bot.reply(activity, { text: 'Welcome' });
    if (activity.text?.endsWith('card')) await bot.reply(activity, { attachments: [HOTEL] });
    return undefined;
  };
  channel = await startChannel({
    botUrl: bot.url,
    botName: 'Helper',
    hints: ['help', 'watch …'],
    links: [{ name: 'Console', url: 'http://127.0.0.1:7071/api/console' }],
    webchatPath,
    port,
  });
  port = channel.port;
});
afterEach(async () => {
  for (const page of pages) await page.close();
  await channel.close();
  await bot.close();
});

async function visit(address: string): Promise<Page> {
  const page = await context.newPage();
  pages.push(page);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    // A `blob:` address has the origin of the page that made it.
    const { origin, protocol } = new URL(request.url());
    if (origin !== channel.url && protocol !== 'data:') {
      complaints.push(`asks elsewhere: ${request.url()}`);
    }
  });
  await page.goto(channel.url + address);
  await bubble(page, 'Welcome').waitFor();
  return page;
}

/** What stands in the chat, as opposed to what is only said to a screen reader. */
function bubble(page: Page, text: string) {
  return page.locator('.webchat__bubble').filter({ hasText: text });
}

function cardButton(page: Page, title: string) {
  return page.locator('.ac-pushButton').filter({ hasText: title });
}

async function type(page: Page, text: string): Promise<void> {
  const box = page.locator('.webchat__send-box textarea');
  await box.fill(text);
  await box.press('Enter');
  await page.locator('.webchat__bubble__content').filter({ hasText: text }).last().waitFor();
}

/** Kept where somebody wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe('the chat page', () => {
  it('shows a message, what the bot sends later, and both again after a reload', async () => {
    const page = await visit('/?user=ana');
    await type(page, 'hello');
    await bot.receivesText('hello');
    await send(channel, await idOf(channel, 'ana'), 'a **proactive** message');
    await bubble(page, 'a proactive message').waitFor();
    await page.reload();
    await bubble(page, 'a proactive message').waitFor();
    expect(await bubble(page, 'hello').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('takes what is said before the stream of messages is there, by the box, a hint and a button', async () => {
    const page = await visit('/?user=ana');
    await type(page, 'card');
    await bubble(page, 'Grand Plaza').waitFor();
    const held = Promise.withResolvers<void>();
    await page.route(/directline\/conversations\/[^/]+\?/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload();
    await type(page, 'too early');
    await bot.receivesText('too early');
    await page.getByRole('button', { name: 'help', exact: true }).click();
    await bot.receivesText('help');
    await cardButton(page, 'Say').click();
    await bot.receivesText('said by a button');
    await send(channel, await idOf(channel, 'ana'), 'and an answer');
    held.resolve();
    await bubble(page, 'and an answer').waitFor();
    expect(await bubble(page, 'too early').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('replaces a card by the answer to its Execute, and posts Submit and imBack', async () => {
    const page = await visit('/?user=ana');
    await type(page, 'card');
    await page.getByRole('textbox', { name: 'Note' }).fill('sea view');
    await cardButton(page, 'Mute').click();
    const submit = await bot.receives((activity) => activity.value !== undefined);
    expect(submit).toMatchObject({ type: 'message', value: { command: 'mute', note: 'sea view' } });
    expect(submit.replyToId).toBe(channel.transcript('ana').find((entry) => entry.attachments)?.activityId);
    await cardButton(page, 'Say').click();
    await bubble(page, 'said by a button').waitFor();
    await bot.receivesText('said by a button');
    const booked = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Booked' }] };
    bot.react = () => ({ status: 200, body: { statusCode: 200, type: ADAPTIVE, value: booked } });
    await cardButton(page, 'Book').click();
    await bubble(page, 'Booked').waitFor();
    const invoke = await bot.receives((activity) => activity.type === 'invoke');
    expect(invoke.value).toEqual({
      action: { type: 'Action.Execute', verb: 'book', data: { hotel: 7, note: 'sea view' } },
      trigger: 'manual',
    });
    expect(await bubble(page, 'Grand Plaza').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('says that a message was not delivered, also after a reload, and sends it again under the same id', async () => {
    const page = await visit('/?user=ana');
    const { react } = bot;
    bot.react = () => ({ status: 500 });
    await type(page, 'can you hear me');
    await page.getByText('Send failed').first().waitFor();
    await page.reload();
    await page.getByText('Send failed').first().waitFor();
    bot.react = react;
    await page.getByRole('button', { name: 'Retry' }).click();
    const again = await bot.receivesText('can you hear me', 2);
    expect(again.id).toBe((await bot.receivesText('can you hear me')).id);
    await page.getByText('Send failed').first().waitFor({ state: 'hidden' });
    expect(await bubble(page, 'can you hear me').count()).toBe(1);
  });

  it('shows an update in place, takes a deleted message away, and shows typing', async () => {
    const page = await visit('/?user=ana');
    const id = await idOf(channel, 'ana');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const first = await send(channel, id, 'draft');
    const second = await send(channel, id, 'regretted');
    await bubble(page, 'regretted').waitFor();
    await ask(channel, 'PUT', `${path}/${first.body.id}`, { type: 'message', text: 'final' });
    await ask(channel, 'DELETE', `${path}/${second.body.id}`);
    await bubble(page, 'final').waitFor();
    await bubble(page, 'regretted').waitFor({ state: 'detached' });
    expect(await bubble(page, 'draft').count()).toBe(0);
    expect(await page.locator('.message-mark').allTextContents()).toEqual(['Edited']);
    await send(channel, id, { type: 'typing' });
    await page.locator('.webchat__typing-indicator').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ])(
    'has several sessions of a person, a replaced chat and a bot of another identity on a %s',
    async (name, size) => {
      const page = await visit('/?user=ana');
      await page.setViewportSize(size);
      const before = await idOf(channel, 'ana');
      const panel = page.locator('#panel');
      const does = async (action: string) => {
        if (await panel.isHidden()) await page.locator('#panel-button').click();
        await panel.getByRole('button', { name: action }).click();
      };
      const room = (title: string) => page.locator('.room-link').filter({ hasText: title });
      for (const title of ['Session 1', 'Session 2']) {
        await does('Open a session');
        await room(title).waitFor();
        expect(await room(title).getAttribute('aria-current')).toBe('page');
      }
      await page.keyboard.press('Escape');
      await type(page, 'hello from a session');
      const heard = await bot.receivesText('hello from a session');
      expect((heard.conversation as { readonly id: string }).id).not.toBe(before);
      await picture(page, `sessions-${name}`);

      await does('Replace the chat');
      await room('Old chat').waitFor();
      expect((await send(channel, before, 'lost')).status).toBe(404);
      await page.keyboard.press('Escape');
      await room('Old chat').click();
      await page.getByText('is answered 404').waitFor();
      await picture(page, `replaced-${name}`);
      await page.getByRole('button', { name: 'Go to the chat that there is now' }).click();
      await page.locator('#notice').waitFor({ state: 'hidden' });

      await does('New bot identity');
      await page.locator('.room-link').nth(6).waitFor();
      expect((await send(channel, await idOf(channel, 'ben'), 'lost')).status).toBe(403);
      await page.keyboard.press('Escape');
      await type(page, 'hello new bot');
      await bot.receivesText('hello new bot');
      await picture(page, `identity-${name}`);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(complaints).toEqual([]);
    },
  );

  it('shows in which thread of a channel a message is, and writes into the one that is chosen', async () => {
    const page = await visit('/?user=ana&conversation=team');
    await type(page, '@Helper the build is red');
    const first = await bot.receives(({ text }) => text?.includes('the build is red') === true);
    await bot.reply(first, { text: 'looking at it' });
    await page.getByRole('button', { name: /^in the thread “@Helper the build is red”/ }).waitFor();
    await page.getByRole('button', { name: 'Answer in this thread' }).last().click();
    await page.getByText('Writing into the thread “@Helper the build is red”').waitFor();
    await type(page, '@Helper thanks');
    const second = await bot.receives(({ text }) => text?.includes('thanks') === true);
    expect(second.conversation).toEqual(first.conversation);
    await picture(page, 'threads-desktop');
    await page.setViewportSize(PHONE);
    await picture(page, 'threads-phone');
    await page.getByRole('button', { name: 'Begin a new one' }).click();
    await type(page, '@Helper something else');
    const third = await bot.receives(({ text }) => text?.includes('something else') === true);
    expect(third.conversation).not.toEqual(first.conversation);
    expect(complaints).toEqual([]);
  });

  it('says of what nobody else sees that it is so, to whom it is for alone', async () => {
    const anas = await visit('/?user=ana&conversation=group');
    const bens = await visit('/?user=ben&conversation=group');
    const id = await idOf(channel, 'group');
    await type(anas, '@Helper hello');
    const { from } = await bot.receives(({ text }) => text?.includes('hello') === true);
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities?isTargetedActivity=true`;
    await ask(channel, 'POST', path, { type: 'message', text: 'for Ana', recipient: { id: from.id } });
    await send(channel, id, 'for all');
    for (const page of [anas, bens]) await bubble(page, 'for all').waitFor();
    expect(await anas.locator('.message-mark').allTextContents()).toEqual(['Only you can see this']);
    expect(await bens.locator('.message-mark').count()).toBe(0);
    expect(await bubble(bens, 'for Ana').count()).toBe(0);
    await picture(anas, 'only-for-you');
    expect(complaints).toEqual([]);
  });

  it('shows two people in two tabs each as themselves and as the other', async () => {
    const anas = await visit('/?user=ana&conversation=group');
    const bens = await visit('/?user=ben&conversation=group');
    await type(anas, 'hello all');
    await bubble(bens, 'hello all').waitFor();
    expect(await bens.locator('.sender-name').textContent()).toBe('Ana Sousa');
    expect(await bens.locator('.person-avatar').first().textContent()).toBe('AS');
    expect(await anas.locator('.sender-name').count()).toBe(0);
    await anas.getByRole('link', { name: 'Chat', exact: true }).click();
    await bubble(anas, 'hello all').waitFor({ state: 'detached' });
    expect(new URL(anas.url()).search).toBe('?user=ana');
    expect(complaints).toEqual([]);
  });

  it('plays what people do without words, and nothing of it where the bot would not hear it', async () => {
    const page = await visit('/?user=ana');
    await bubble(page, 'Welcome').waitFor();
    await page.getByRole('button', { name: 'Misbehave' }).click();
    await page.getByRole('button', { name: 'Like', exact: true }).click();
    expect(await bot.receives(({ type }) => type === 'messageReaction')).toMatchObject({
      reactionsAdded: [{ type: 'like' }],
    });
    await page.getByRole('button', { name: 'Read all' }).click();
    await bot.receives(({ name }) => name === 'application/vnd.microsoft.readReceipt');
    await page.goto(`${channel.url}/?user=dora`);
    await bubble(page, 'Welcome').waitFor();
    expect(await page.getByRole('button', { name: 'Like', exact: true }).isDisabled()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('leads to the other pages that belong to the bot', async () => {
    const page = await visit('/?user=ana');
    const link = page.getByRole('link', { name: 'Console' });
    expect(await link.getAttribute('href')).toBe('http://127.0.0.1:7071/api/console');
    expect(await link.getAttribute('rel')).toBe('noopener');
  });

  it('shows a row of hints whole where the window is wide enough for it', async () => {
    await channel.close();
    // As the local stack gives them.
    const hints = [
      'help|hilfe',
      'book travel|reise buchen',
      'watch …|beobachte …',
      'topics|themen',
      'subscribe builds|abonniere builds',
      'remind me in 2 minutes to stretch|erinnere mich in 2 Minuten ans Strecken',
      'status|status',
    ];
    channel = await startChannel({ botUrl: bot.url, botName: 'Helper', hints, webchatPath, port });
    const page = await visit('/?user=emma');
    const isWhole = () => page.locator('#hints').evaluate((row) => row.scrollWidth <= row.clientWidth);
    expect(await isWhole()).toBe(true);
    await picture(page, 'hints-desktop');
    await page.setViewportSize(PHONE);
    expect(await isWhole()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('makes the channel misbehave, and stop misbehaving', async () => {
    const page = await visit('/?user=ana');
    await page.getByRole('button', { name: 'Misbehave' }).click();
    await page.getByRole('button', { name: '429', exact: true }).click();
    await page.getByText('here · 1 left · Retry-After 5 s').waitFor();
    expect((await send(channel, await idOf(channel, 'ana'), 'x')).status).toBe(429);
    await page.getByText('here · 1 left').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Fault' }).selectOption('502');
    await page.getByRole('combobox', { name: 'How often' }).selectOption('Until removed');
    await page.getByRole('combobox', { name: 'The person' }).selectOption('sees it nevertheless');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByText('here · until removed · shown').waitFor();
    expect((await send(channel, await idOf(channel, 'ana'), 'seen all the same')).status).toBe(502);
    await bubble(page, 'seen all the same').waitFor();
    await page.getByRole('button', { name: 'Remove 502 Bad gateway' }).click();
    await page.getByText('here · until removed').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Uninstall' }).click();
    await page.getByRole('button', { name: 'Add Helper' }).click();
    await bubble(page, 'Welcome').nth(1).waitFor();
    expect(await page.title()).toBe('Ana Sousa · Helper');
    await page.getByRole('button', { name: 'watch …' }).click();
    expect(await page.locator('.webchat__send-box textarea').inputValue()).toBe('watch ');
    expect(complaints).toEqual([]);
  });

  it('comes back by itself after the channel was away, with what stood in the send box', async () => {
    const page = await visit('/?user=ana');
    await page.locator('.webchat__send-box textarea').fill('half a thou');
    await channel.close();
    await page.getByText('Channel is gone').waitFor();
    channel = await startChannel({ botUrl: bot.url, webchatPath, port });
    await page.getByText('Connected', { exact: true }).waitFor();
    await bubble(page, 'Welcome').waitFor();
    expect(await page.locator('.webchat__send-box textarea').inputValue()).toBe('half a thou');
    await type(page, 'whole thought');
    await bot.receivesText('whole thought');
  });

  it('keeps what could not be sent while the channel was away, and sends it again when asked', async () => {
    const page = await visit('/?user=ana');
    await channel.close();
    await page.getByText('Channel is gone').waitFor();
    await type(page, 'into the void');
    await page.getByText('Send failed').first().waitFor();
    channel = await startChannel({ botUrl: bot.url, webchatPath, port });
    await page.getByText('Connected', { exact: true }).waitFor();
    await bubble(page, 'Welcome').waitFor();
    await bubble(page, 'into the void').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await bot.receivesText('into the void');
    await page.getByText('Send failed').first().waitFor({ state: 'hidden' });
    expect(await bubble(page, 'into the void').count()).toBe(1);
  });

  it('ends at the newest message after a reload', async () => {
    const page = await visit('/?user=ana');
    channel.setLimits({ isEnforced: false });
    const id = await idOf(channel, 'ana');
    for (let n = 1; n <= 60; n += 1) await send(channel, id, `message ${n}.`);
    await bubble(page, 'message 60.').waitFor();
    // What stands last in the transcript when anything stands there for the first time.
    await page.addInitScript(`new MutationObserver((_changes, observer) => {
      const bubbles = document.querySelectorAll('.webchat__bubble');
      if (bubbles.length === 0) return;
      window.lastAtFirst = bubbles[bubbles.length - 1].textContent;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true })`);
    await page.reload();
    await bubble(page, 'message 60.').waitFor();
    expect(await page.evaluate('window.lastAtFirst')).toContain('message 60.');
    const left = `(() => {
      const view = document.querySelector('.webchat__basic-transcript__scrollable');
      return view.scrollHeight - view.scrollTop - view.clientHeight;
    })()`;
    await expect.poll(() => page.evaluate(left)).toBeLessThan(2);
  });

  it('fits a phone, in the dark, without scrolling sideways', async () => {
    const page = await visit('/?user=ana');
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: 'dark' });
    await type(page, 'card');
    await bubble(page, 'Grand Plaza').waitFor();
    await page.getByRole('button', { name: 'Misbehave' }).click();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
    await page.keyboard.press('Escape');
    await page.locator('#panel').waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
  });
});
