import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultsOf, PHONE, visits } from './page.ts';

const { visit, fixture } = visits();
const chosen = (page: Page) => page.locator('.chip.is-entry');

describe('an audience', () => {
  it('has persons who are not among the first fifty of a name', async () => {
    const page = await visit('#/write/new');
    await page.getByRole('radio', { name: 'Person', exact: true }).first().check();
    await page.getByLabel('Name, mail or id').fill('Kim');
    const found = page.locator('.adder li');
    await expect.poll(() => found.count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => found.count()).toBe(60);
    await page.getByRole('button', { name: 'Show more' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add: Kim Müller 60', exact: true }).click();
    await chosen(page).getByText('Kim Müller 60').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it.each([
    ['en-GB', 'Topic', 'There are more topics than are suggested'],
    ['de-DE', 'Thema', 'Es gibt mehr Themen'],
  ])('has topics that are not among the first, suggested as one types (%s)', async (locale, topic, more) => {
    const numbers = Array.from({ length: 120 }, (_, number) => String(number).padStart(3, '0'));
    fixture().state.moreTopics = numbers.map((number) => ({ topic: `team/${number}`, subscribers: 1 }));
    const page = await visit('#/write/new', { locale, viewport: PHONE });
    const adder = page.locator('.adder').first();
    const field = adder.getByRole('combobox', { name: topic });
    await adder.getByText(more).waitFor();
    const options = adder.locator('datalist option');
    const suggested = () => options.evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    expect(await suggested()).not.toContain('team/119');
    await field.fill('team/11');
    await expect.poll(suggested).toEqual(numbers.slice(110).map((number) => `team/${number}`));
    await adder.getByText(more).waitFor({ state: 'detached' });
    await field.fill('team/119');
    await field.press('Enter');
    await chosen(page).getByText('team/119').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });
});
