import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectComplaint, heading, visits } from './page.ts';

const { visit, fixture } = visits();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });

async function begun(text: string, options?: Parameters<typeof visit>[1]): Promise<Page> {
  const page = await visit('#/write/new?topic=builds', options);
  await page.locator('.editor-form textarea').first().fill(text);
  return page;
}

async function sendAgain(page: Page): Promise<void> {
  await button(page, 'Send …').click();
  await button(page, 'Yes, send it').click();
}

/** Sends it, and the answer is lost. */
async function sendInVain(page: Page): Promise<void> {
  expectComplaint(/status of 502/);
  fixture().state.loseAnswer('notifications');
  await sendAgain(page);
  await page.getByRole('dialog').getByText('The server failed at this.').waitFor();
  await page.keyboard.press('Escape');
}

describe('a message for a time', () => {
  it.each(['at', 'local'])(
    'cannot be sent while no time is chosen (%s), also behind a reload',
    async (value) => {
      const page = await begun('Later');
      await page.locator(`input[type="radio"][value="${value}"]`).check();
      const problem = page.locator('.field-problem', { hasText: 'Choose a day and a time.' });
      for (const when of ['before a reload', 'behind it']) {
        await problem.waitFor();
        expect(await button(page, 'Send …').isDisabled(), when).toBe(true);
        expect(await button(page, 'Try without sending').isDisabled(), when).toBe(true);
        await page.reload();
      }
      await page.getByLabel('Day and time').fill('2090-01-01T09:00');
      await problem.waitFor({ state: 'hidden' });
      expect(await button(page, 'Send …').isDisabled()).toBe(false);
    },
  );

  it.each([
    ['en', 'This time is over everywhere in the world', 'On some clocks of the world this time is over'],
    [
      'de',
      'Diese Zeit ist überall auf der Welt vorbei',
      'Auf manchen Uhren der Welt ist diese Zeit schon vorbei',
    ],
  ])(
    'of each is refused where all have it behind them, and says so where some have (%s)',
    async (locale, all, some) => {
      const page = await begun('Morning', { locale });
      const at = page.locator('input[type="datetime-local"]').first();
      const send = page.locator('.editor-side .button.is-primary');
      const problem = (text: string) => page.locator('.field-problem', { hasText: text });
      const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString().slice(0, 16);
      await page.locator('input[type="radio"][value="local"]').check();
      for (const over of ['2020-01-01T09:00', hours(-12.1)]) {
        await at.fill(over);
        await problem(all).waitFor();
        expect(await send.isDisabled()).toBe(true);
      }
      await at.fill(hours(14.2));
      await page.locator('.field-problem').waitFor({ state: 'hidden' });
      for (const isSaid of [hours(13.8), hours(-11.8)]) {
        await at.fill(isSaid);
        await problem(some).waitFor();
      }
      await send.click();
      await page.getByRole('dialog').getByText(some).waitFor();
    },
  );
});

describe('what was just sent', () => {
  it('is on its way until the queue has brought it, and can be stopped before', async () => {
    expectComplaint(/status of 404/);
    fixture().state.isQueueSlow = true;
    const page = await begun('Not yet');
    await sendAgain(page);
    await heading(page, 'Sent').waitFor();
    await page.getByText('It is on its way').waitFor();
    const looks = () => fixture().state.asked.filter((one) => one.startsWith('GET notifications/')).length;
    const before = looks();
    // Doubled from two seconds at each failure it would be asked about twice in this time.
    await expect.poll(() => looks() - before, { timeout: 5000 }).toBeGreaterThan(4);
    await page.reload();
    await page.getByText('It is on its way').waitFor();
    await button(page, 'Stop it').click();
    await button(page, 'Yes, stop it').click();
    await page.getByText('It is stopped: nobody is told').waitFor();
    fixture().state.bringWaiting();
    await heading(page, 'Not yet').waitFor();
    await page
      .locator('.chip', { hasText: /Cancelled \d/ })
      .first()
      .waitFor();
    expect(fixture().state.sent[0]?.cancelled).toBeDefined();
  });
});

describe('a message whose answer was lost', () => {
  const sent = (text: string) => fixture().state.sent.filter((one) => one.text === text);

  it('is sent once, though it was sent to oneself in between', async () => {
    const page = await begun('Once');
    await sendInVain(page);
    await button(page, 'Send it to me').click();
    await page.getByText('It is on its way to you.').waitFor();
    await sendAgain(page);
    await heading(page, 'Once').waitFor();
    const tests = sent('Once').filter(({ to }) => 'conversation' in (to[0] ?? {}));
    expect([sent('Once').length, tests.length]).toEqual([2, 1]);
  });

  it('is sent once, though the page was loaded anew, and the draft saved in between', async () => {
    const page = await begun('Once more');
    await sendInVain(page);
    await page.reload();
    await button(page, 'Save draft').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.reload();
    await sendAgain(page);
    await heading(page, 'Once more').waitFor();
    expect(sent('Once more')).toHaveLength(1);
  });

  it('goes under another key where it says something else, and again under a new one once it is answered', async () => {
    const page = await begun('First');
    await sendInVain(page);
    await textOf(page).fill('Second');
    await sendInVain(page);
    await textOf(page).fill('First');
    await sendAgain(page);
    await heading(page, 'First').waitFor();
    expect([sent('First').length, sent('Second').length]).toEqual([1, 1]);
    for (const _ of ['once', 'twice']) {
      await page.evaluate("location.hash = '#/write/new?topic=builds'");
      await textOf(page).fill('Again');
      await sendAgain(page);
      await heading(page, 'Again').waitFor();
    }
    expect(sent('Again')).toHaveLength(2);
  });

  it.each([
    [23, 1],
    [25, 2],
  ])('and that is sent again after %d hours goes out %d times', async (hours, times) => {
    const page = await begun('Every month');
    await sendInVain(page);
    await page.clock.setFixedTime(Date.now() + hours * 3_600_000);
    await sendAgain(page);
    await heading(page, 'Every month').waitFor();
    expect(sent('Every month')).toHaveLength(times);
  });
});
