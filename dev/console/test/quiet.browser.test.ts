import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectComplaint, heading, visits } from './page.ts';

const { visit, fixture } = visits();
const HIDE = `Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
  document.dispatchEvent(new Event('visibilitychange'))`;
const SHOW = `Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
  document.dispatchEvent(new Event('visibilitychange'))`;

const MARGIN = 3000;

const asked = () => fixture().state.asked.filter((one) => one === 'GET now?language=en').length;

/** The view Now on a clock that the test turns, after its first answer. */
async function now(): Promise<Page> {
  const page = await visit('#/settings');
  await heading(page, 'Settings').waitFor();
  await page.clock.install();
  await page.getByRole('link', { name: 'Now' }).click();
  await page.getByText('All parts work').waitFor();
  return page;
}

describe('live figures', () => {
  it('are asked for every four seconds, and not at all while nobody sees the page', async () => {
    const page = await now();
    expect(asked()).toBe(1);
    await page.clock.runFor(4000);
    await expect.poll(asked).toBe(2);
    await page.evaluate(HIDE);
    await page.clock.runFor(600_000);
    expect(asked()).toBe(2);
    await page.evaluate(SHOW);
    await expect.poll(asked).toBe(3);
  });

  it('are asked for less and less often while the server fails, and stand as they were, saying so', async () => {
    expectComplaint(/status of 503/);
    const page = await now();
    fixture().state.fail('now', 503, 3);
    await page.clock.runFor(4000);
    await page.getByText('These figures are from before').waitFor();
    await page.getByText('All parts work').waitFor();
    expect(asked()).toBe(2);
    for (const [seconds, count] of [
      [8, 3],
      [16, 4],
      [32, 5],
    ] as const) {
      // The machine's own time goes on beside what is turned.
      await page.clock.runFor(seconds * 1000 - MARGIN);
      expect(asked()).toBe(count - 1);
      await page.clock.runFor(MARGIN);
      await expect.poll(asked).toBe(count);
      // The answer is drawn before the clock goes on.
      await expect
        .poll(() => page.getByText('These figures are from before').count())
        .toBe(count < 5 ? 1 : 0);
    }
  });

  it('are asked for once by a page that is opened in the background', async () => {
    const page = await visit('#/settings');
    await heading(page, 'Settings').waitFor();
    await page.clock.install();
    await page.evaluate(HIDE);
    await page.getByRole('link', { name: 'Now' }).click();
    await page.getByText('All parts work').waitFor();
    await page.clock.runFor(600_000);
    expect(asked()).toBe(1);
  });

  it('say what does not work', async () => {
    fixture().state.isHealthy = false;
    const page = await visit('#/now');
    await page.getByText('Something does not work').waitFor();
    await page.getByText('queue: no connection since 12:04').waitFor();
  });
});

describe('a view that cannot be had', () => {
  it('says why, and is there once somebody tries again', async () => {
    expectComplaint(/status of 500/);
    fixture().state.fail('hooks', 500);
    const page = await visit('#/hooks');
    await page.getByText('The server failed at this.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('grafana').waitFor();
  });

  it('says what does not exist any more', async () => {
    expectComplaint(/status of 404/);
    const page = await visit('#/notifications/unknown');
    await page.getByText('This does not exist, or not any more.').waitFor();
  });
});
