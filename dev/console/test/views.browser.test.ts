import { describe, expect, it } from 'vitest';
import { keyOf } from './fixture/people.ts';
import { faultsOf, heading, PHONE, visits } from './page.ts';

const { visit } = visits();

const VIEWS = [
  { address: '#/now', en: 'Now', de: 'Jetzt', settled: '.tile' },
  { address: '#/notifications', en: 'Notifications', de: 'Nachrichten', settled: '.row' },
  {
    address: `#/notifications/${keyOf('Spring party on Friday')}`,
    en: /Spring/,
    de: /Spring/,
    settled: '.recipient',
  },
  { address: `#/notifications/${keyOf('hostile')}`, en: /script/, de: /script/, settled: '.recipient' },
  { address: '#/people?text=mar', en: 'People', de: 'Personen', settled: '.row' },
  { address: `#/people/${keyOf('Ana Silva')}`, en: 'Ana Silva', de: 'Ana Silva', settled: '.told' },
  { address: '#/write', en: 'Write', de: 'Schreiben', settled: '.row' },
  { address: '#/write/new', en: 'Untitled', de: 'Ohne Namen', settled: '.editor' },
  { address: '#/write/d-party', en: 'Spring party', de: 'Spring party', settled: '.sizes li' },
  { address: '#/parked', en: 'Parked', de: 'Geparkt', settled: '.row' },
  { address: `#/parked/${keyOf('parked 1')}`, en: 'Parked', de: 'Geparkt', settled: '.faults' },
  { address: '#/hooks', en: 'Hooks', de: 'Hooks', settled: 'tbody tr' },
  { address: '#/topics', en: 'Topics', de: 'Themen', settled: 'tbody tr' },
  { address: '#/settings', en: 'Settings', de: 'Einstellungen', settled: '.row' },
  { address: '#/audit', en: 'Audit', de: 'Protokoll', settled: 'tbody tr' },
  { address: '#/nowhere', en: 'There is no such view', de: 'Diese Ansicht gibt es nicht', settled: '.empty' },
] as const;

describe.each(VIEWS)('the view $address', ({ address, en, de, settled }) => {
  it('is clean for axe in light and dark, in English', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await visit(address, { colorScheme });
      await heading(page, en).waitFor();
      await page.locator(settled).first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
    }
  });

  it('is clean for axe on a phone in German, and nothing of it sticks out', async () => {
    const page = await visit(address, { viewport: PHONE, locale: 'de-DE' });
    await heading(page, de).waitFor();
    await page.locator(settled).first().waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
  });
});

describe('the page', () => {
  it('keeps the language and the theme that somebody chose', async () => {
    const page = await visit('#/now', { colorScheme: 'light' });
    await page.getByLabel('Language').selectOption('de');
    await heading(page, 'Jetzt').waitFor();
    await page.getByLabel('Darstellung').selectOption('dark');
    await page.reload();
    await heading(page, 'Jetzt').waitFor();
    const background = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(background).toBe('rgb(14, 16, 20)');
  });

  it('is gone through by keyboard: skip, menu, a row, and the heading has the focus', async () => {
    const page = await visit('#/now');
    await heading(page, 'Now').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.getByRole('link', { name: 'Notifications', exact: true }).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Notifications').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Notifications');
    await page.locator('.row').nth(2).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Build web #1482 failed').waitFor();
    expect(await page.title()).toBe('Notifications · Notifier console');
  });

  it('opens and closes the menu of a phone, also by Escape', async () => {
    const page = await visit('#/now', { viewport: PHONE });
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.click();
    await page.getByRole('link', { name: 'Hooks' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Hooks' }).waitFor({ state: 'hidden' });
    await menu.click();
    await page.getByRole('link', { name: 'Hooks' }).click();
    await heading(page, 'Hooks').waitFor();
    await page.getByRole('link', { name: 'Topics' }).waitFor({ state: 'hidden' });
  });

  it('moves nothing for whoever asked for less motion', async () => {
    const page = await visit(`#/notifications/${keyOf('canteen')}`, { reducedMotion: 'reduce' });
    const bar = page.locator('.bar > i').first();
    await bar.waitFor();
    expect(
      await page.evaluate("getComputedStyle(document.querySelector('.bar > i')).transitionDuration"),
    ).toBe('0s');
  });
});
