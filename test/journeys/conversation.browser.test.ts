import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifacts, type ChatPage, openChatPage, openOptions } from './chat-page.ts';

let opened: ChatPage;

beforeAll(async () => {
  opened = await openChatPage({ width: 1280, height: 860 });
});

afterAll(() => opened?.close());

async function publish(type: string, data: object): Promise<void> {
  const upstream = new ServiceBusClient(opened.stack.addresses.serviceBus);
  const body = { specversion: '1.0', type, source: 'urn:ci:web', id: randomUUID(), data };
  await upstream.createSender('events').sendMessages({ contentType: 'application/cloudevents+json', body });
  await upstream.close();
}

/** Somebody in front of the page. */
async function aPerson(user: string) {
  const page = await opened.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${opened.stack.addresses.channel}/?user=${user}`);
  const box = page.locator('[data-id="webchat-sendbox-input"], .webchat__send-box-text-box__input').first();
  const bubbles = page.locator('.webchat__bubble__content');
  /** Says a line, and waits for what is answered: not for what stands there already and reads alike. */
  const says = async (text: string, answer: string) => {
    const before = await bubbles.filter({ hasText: answer }).count();
    await box.fill(text);
    await box.press('Enter');
    await bubbles.filter({ hasText: answer }).nth(before).waitFor({ timeout: 25_000 });
  };
  const sees = (text: string) => page.getByText(text).last().waitFor({ timeout: 25_000 });
  /** The bot welcomes whoever opens the page, now before their first word is said and now after it. */
  const greets = async (text: string, answer: string) => {
    await box.fill(text);
    await box.press('Enter');
    await sees(answer);
  };
  const presses = (name: string) => page.getByRole('button', { name, exact: true }).last().click();
  return { page, errors, greets, says, sees, presses };
}

/** Each card as it is seen on desktop and phone, light and dark: kept beside the test's results. */
async function keeps(page: Page, name: string): Promise<void> {
  for (const [device, viewport] of [
    ['desktop', { width: 1280, height: 860 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const end = page.locator('.webchat__basic-transcript__scrollable').first();
      await end.evaluate((transcript) => transcript.scrollTo(0, transcript.scrollHeight));
      await page.screenshot({ path: join(artifacts, `${name}-${device}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('in English', () => {
  it('nothing traps, nothing is dropped, and every card is looked at', async () => {
    const ana = await aPerson('ana');
    await ana.greets('hello', 'good to meet you');
    await ana.says('hi', 'I am here');
    await ana.says('/start', 'Peace and quiet');
    await keeps(ana.page, 'help');
    await ana.says('help mute', 'You can say:');
    await ana.says('please subscribe me to builds', 'I will tell you here');
    await ana.says('subscibe web', 'Did you mean');
    await ana.says('remind me to buy milk', 'When shall I remind you: buy milk?');
    await keeps(ana.page, 'when');
    await ana.presses('Tomorrow 9:00');
    await ana.sees('is set: buy milk');
    await keeps(ana.page, 'reminder-set');
    await ana.says('remind me to stretch in 2 seconds', 'is set: stretch');
    await ana.sees('Snooze:');
    await keeps(ana.page, 'reminder-due');
    await ana.says('list my reminders', 'Upcoming');
    await keeps(ana.page, 'reminders');

    await publish('survey.requested', {
      to: { everyone: true },
      question: 'How was your last trip?',
      choices: ['Great', 'Fine', 'Not so good'],
      replyTo: 'outcomes',
    });
    await ana.sees('How was your last trip?');
    await keeps(ana.page, 'survey');
    await ana.says('book travel', 'Where do you want to go?');
    await ana.says('London', 'When do you leave for London?');
    await ana.presses('Fine');
    await ana.sees('I noted Fine');
    await publish('notification.requested', {
      to: { everyone: true },
      text: 'All flights are off until 18:00.',
      delivery: { mode: 'replace' },
    });
    await ana.presses('Go on with my travel booking');
    await ana.sees('Back to your travel booking.');
    await keeps(ana.page, 'resumed');
    await ana.says('tomorrow', 'When do you come back?');
    await ana.says('cancel', 'nothing was booked');

    await publish('build.finished', {
      pipeline: 'web',
      number: 1482,
      status: 'failed',
      branch: 'main',
      url: 'https://builds.example/web/1482',
    });
    await ana.sees('Build web #1482 failed');
    await keeps(ana.page, 'build');
    await openOptions(ana.page, 'Mute 1 hour');
    await ana.page.getByRole('button', { name: 'Mute 1 hour' }).last().waitFor();
    await keeps(ana.page, 'build-options');
    await ana.says('status', 'I can reach you here.');
    await keeps(ana.page, 'status');
    await ana.says('forget me', 'Do you want that?');
    await ana.says('no', 'All right.');
    await ana.says('STOP', 'brings me back');
    await ana.says('unmute', 'Nothing is muted');
    await ana.says('export my data', 'everything that I have stored');
    await keeps(ana.page, 'export');

    await ana.page.reload();
    await ana.sees('everything that I have stored');
    const distance = () =>
      ana.page
        .locator('.webchat__basic-transcript__scrollable')
        .first()
        .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    await expect.poll(distance, { timeout: 10_000 }).toBeLessThan(40);
    expect(ana.errors).toEqual([]);
  }, 240_000);
});

describe('in German', () => {
  it('every line is understood and answered in German', async () => {
    const emma = await aPerson('emma');
    await emma.greets('hallo', 'schön, dich kennenzulernen');
    await emma.says('hilfe', 'Erinnerungen');
    await keeps(emma.page, 'hilfe');
    await emma.says('abonniere builds', 'Ich sage dir hier Bescheid');
    await emma.says('meine Abos', 'Das hast du abonniert');
    await emma.says('erinnere mich an die Milch', 'Wann soll ich dich erinnern');
    await keeps(emma.page, 'wann');
    await emma.presses('Morgen 9:00');
    await emma.sees('ist gestellt');
    await emma.says('zeig meine Erinnerungen', 'Anstehend');
    await emma.says('ruhezeit', 'Von wann bis wann');
    await emma.says('22:00-7:00', 'Deine Ruhezeit ist');
    await emma.says('reise buchen', 'Wohin möchtest du?');
    // A day is no place: it is the departure.
    await emma.says('morgen', 'Hin am');
    await emma.says('nach Wien', 'Wann kommst du zurück?');
    await emma.says('nach 3 Nächten', 'Wie viele reisen mit?');
    await emma.says('zu zweit', 'Soll ich das buchen?');
    await emma.says('ja', 'Gute Reise!');
    await keeps(emma.page, 'gebucht');
    await emma.says('vergiss mich', 'Willst du das?');
    await emma.says('nein', 'Alles klar.');
    await emma.says('stopp', 'ich bin still');
    await emma.says('laut', 'nicht');
    await emma.says('vergiss mich', 'Willst du das?');
    await emma.says('ja', 'Ich vergesse dich jetzt');
    expect(emma.errors).toEqual([]);
  }, 240_000);
});

it('the page says who is not there, and how the bot is spoken to among others', async () => {
  const page = await opened.browser.newPage();
  await page.goto(`${opened.stack.addresses.channel}/?user=nobody`);
  await page.getByText('Nobody here is called “nobody”').waitFor();
  await page.goto(`${opened.stack.addresses.channel}/?user=ana&conversation=group`);
  await page.getByPlaceholder(/^Write to @/).waitFor();
});
