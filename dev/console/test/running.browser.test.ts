import { describe, expect, it } from 'vitest';
import { going, type Sent } from './fixture/notifications.ts';
import { keyOf } from './fixture/people.ts';
import { expectComplaint, heading, visits } from './page.ts';

const { visit, fixture } = visits();

/** A notification whose counts stand still until it is told to be over. */
function standing(addressed: number): { readonly address: string; readonly end: () => void } {
  const id = keyOf(`standing ${addressed}`);
  let isOver = false;
  const countsAt = () =>
    isOver
      ? { outcomes: { delivered: addressed }, pending: {} }
      : { outcomes: {}, pending: { queued: addressed } };
  fixture().state.sent.unshift(going(id, Date.now(), { addressed, text: 'Standing', countsAt }));
  return {
    address: `#/notifications/${id}`,
    end() {
      isOver = true;
    },
  };
}

/** One of which many were told, whose counts follow what is done only when they are let. */
function lagging(): { readonly address: string; readonly letCountsFollow: () => void } {
  const id = keyOf('lagging');
  let follows = false;
  let ended: Sent['cancelled'];
  const counts = { outcomes: { delivered: 30 }, pending: { queued: 70 } };
  const one = going(id, Date.now(), { addressed: 100, text: 'Lagging', countsAt: () => counts });
  Object.defineProperty(one, 'cancelled', {
    get: () => (follows ? ended : undefined),
    set(value: Sent['cancelled']) {
      ended = value;
    },
  });
  fixture().state.sent.unshift(one);
  return {
    address: `#/notifications/${id}`,
    letCountsFollow() {
      follows = true;
    },
  };
}

describe('the recipients of a notification', () => {
  it('change with its counts: when it is over, and when it is taken back', async () => {
    const { address, end } = standing(12);
    const page = await visit(address);
    const rows = (state: string) => page.locator('.recipient', { hasText: state });
    await expect.poll(() => rows('Queued').count()).toBe(12);
    end();
    await page.getByText('Complete', { exact: true }).waitFor();
    await expect.poll(() => rows('Delivered').count(), { timeout: 10_000 }).toBe(12);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Yes, take it back' }).click();
    await expect.poll(() => rows('Recalled').count(), { timeout: 10_000 }).toBe(12);
  });

  it('are read anew only where they are seen', async () => {
    const { address, end } = standing(100_000);
    const page = await visit(address);
    const asked = () => fixture().state.asked.filter((one) => one.includes('/recipients'));
    const list = page.getByRole('region', { name: 'Recipients' });
    const scrollTo = (row: number) =>
      list.evaluate((box, top) => Reflect.set(box, 'scrollTop', top), row * 44);
    await page.locator('.recipient', { hasText: 'Queued' }).first().waitFor();
    await scrollTo(900);
    await page.locator('[data-loaded]', { hasText: '1,000 of' }).waitFor();
    const before = asked().length;
    end();
    await page.locator('.recipient', { hasText: 'Delivered' }).first().waitFor();
    // A look that was under way when all ended may have come before the one that saw it.
    const seen = asked().slice(before);
    expect(seen.filter((one) => !one.includes('continuation=at-800'))).toEqual([]);
    await scrollTo(0);
    await expect
      .poll(() => page.locator('.recipient', { hasText: 'Queued' }).count(), { timeout: 10_000 })
      .toBe(0);
    await page.locator('.recipient', { hasText: 'Delivered' }).first().waitFor();
    expect(asked().slice(before + seen.length)).toEqual([expect.not.stringMatching(/continuation/)]);
  });
});

describe('what is parked', () => {
  it('shows its faults beside the original, and is replayed', async () => {
    const page = await visit('#/parked');
    await page.getByRole('link', { name: /build.finished from/ }).click();
    await page.getByText('must be a number, and is the text "1482"').waitFor();
    await page.locator('.json', { hasText: '"number": "1482"' }).waitFor();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('button', { name: 'Yes, replay' }).click();
    await page.getByText('1 done.').waitFor();
    expect(fixture().state.parked.some(({ id }) => id === keyOf('parked 1'))).toBe(false);
  });

  it.each([
    [
      'planned',
      { known: 38, unknown: 2 },
      '2 recipients are still unknown',
      '2 Empfänger weiterhin unbekannt',
    ],
    ['under-way', undefined, 'it is being worked on', 'wird in diesem Augenblick bearbeitet'],
    [
      'unusable',
      { faults: [{ path: 'original', message: 'is no JSON' }] },
      'original is no JSON',
      'original is',
    ],
  ])('and is parked again when it is replayed (%s) says why', async (outcome, detail, english, german) => {
    const id = keyOf('parked 3');
    fixture().state.replays.set(id, { outcome, ...(detail === undefined ? {} : { detail }) });
    const page = await visit(`#/parked/${id}`);
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('button', { name: 'Yes, replay' }).click();
    await page.locator('.toast.is-bad', { hasText: `0 done, 1 parked again: ${english}` }).waitFor();
    const inGerman = await visit(`#/parked/${id}`, { locale: 'de-DE' });
    await inGerman.getByRole('button', { name: 'Neu einspielen', exact: true }).click();
    await inGerman.getByRole('button', { name: 'Ja, neu einspielen' }).click();
    await inGerman.locator('.toast.is-bad', { hasText: `0 erledigt, 1 wieder geparkt: ${german}` }).waitFor();
    expect(fixture().state.parked.some((one) => one.id === id)).toBe(true);
  });

  it('and is opened again counts as done', async () => {
    const id = keyOf('parked 3');
    fixture().state.replays.set(id, { outcome: 'reopened', detail: { version: 2 } });
    const page = await visit(`#/parked/${id}`);
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('button', { name: 'Yes, replay' }).click();
    await page.locator('.toast.is-good').waitFor();
  });

  it('is dropped all of a reason, page after page, after a question', async () => {
    const page = await visit('#/parked?reason=exhausted');
    await page.getByRole('button', { name: 'Drop all: gave up' }).click();
    await page.getByRole('dialog').getByText('This cannot be undone.').waitFor();
    expect(fixture().state.parked).toHaveLength(10);
    await page.getByRole('button', { name: 'Yes, drop' }).click();
    await page.getByText('6 done.').waitFor();
    expect(fixture().state.parked.map(({ reason }) => reason)).not.toContain('exhausted');
    expect(fixture().state.asked.filter((one) => one === 'POST parked/drop')).toHaveLength(2);
  });

  it('is replayed some at a time', async () => {
    const page = await visit('#/parked');
    await page.getByLabel('Select Build api #960 to Ben Okafor').check();
    await page.getByLabel('Select Build api #961 to Ben Okafor').check();
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Replay selected' }).click();
    await page.getByRole('button', { name: 'Yes, replay' }).click();
    await page.getByText('2 done.').waitFor();
    expect(fixture().state.parked).toHaveLength(8);
  });
});

describe('an operator', () => {
  it('revokes a hook', async () => {
    const page = await visit('#/hooks');
    await page.getByRole('button', { name: 'Revoke: grafana' }).click();
    await page.getByRole('button', { name: 'Yes, revoke it' }).click();
    await page.getByText('The hook is revoked.').waitFor();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
  });

  it('sees what would go before they erase somebody', async () => {
    const page = await visit(`#/people/${keyOf('Ana Silva')}`);
    await page.getByRole('button', { name: 'Erase' }).click();
    await page
      .getByRole('dialog')
      .getByText(
        'everything: 2 subscriptions, 2 reminders, 3 letters, 41 notifications of the last 30 days, 1 held back',
      )
      .waitFor();
    const erasing = () => fixture().state.asked.filter((one) => one.startsWith('DELETE people'));
    expect(erasing()).toEqual([expect.stringMatching(/dryRun=1$/)]);
    await page.getByRole('button', { name: 'Yes, erase it' }).click();
    await heading(page, 'People').waitFor();
    expect(erasing().at(-1)).not.toContain('dryRun');
  });

  it('reads in German what would go', async () => {
    const page = await visit(`#/people/${keyOf('Ana Silva')}`);
    await page.evaluate("localStorage.setItem('console.language', 'de')");
    await page.reload();
    await page.getByRole('button', { name: 'Löschen' }).click();
    await page
      .getByRole('dialog')
      .getByText(
        'alles: 2 Abonnements, 2 Erinnerungen, 3 letters, 41 Mitteilungen der letzten 30 Tage, 1 zurückgehalten',
      )
      .waitFor();
  });

  it('takes a notification back, and sees it counted', async () => {
    const page = await visit(`#/notifications/${keyOf('Spring party on Friday')}`);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('dialog').getByText('4,871 so far').waitFor();
    await page.getByRole('button', { name: 'Yes, take it back' }).click();
    await page.locator('.chip', { hasText: '4,871 Recalled' }).waitFor();
  });

  it.each([
    ['Stop it', 'Yes, stop it', 'Being stopped', /Cancelled \d/],
    ['Take it back', 'Yes, take it back', 'Being taken back', /\d Recalled/],
  ])('who presses "%s" is told at once, before the counts say it', async (button, sure, being, told) => {
    const { address, letCountsFollow } = lagging();
    const page = await visit(address);
    const header = page.locator('.heading');
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('button', { name: sure }).click();
    await header.getByText(being).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const polls = () => fixture().state.asked.filter((one) => one.startsWith('GET notifications/')).length;
    const before = polls();
    await expect.poll(() => polls() - before, { timeout: 10_000 }).toBeGreaterThan(2);
    expect(await header.getByText(being).count()).toBe(1);
    expect(await page.getByRole('button', { name: button }).count()).toBe(0);
    letCountsFollow();
    await page.locator('.chip', { hasText: told }).first().waitFor();
    await header.getByText(being).waitFor({ state: 'hidden' });
  });

  it('is offered the button again where stopping failed', async () => {
    expectComplaint(/status of 500/);
    const page = await visit(lagging().address);
    await page.route('**/notifications/*', (route) =>
      route.request().method() === 'DELETE' ? route.fulfill({ status: 500 }) : route.continue(),
    );
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByRole('button', { name: 'Yes, stop it' }).click();
    await page.getByRole('dialog').getByText('The server failed at this.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stop it' }).waitFor();
  });

  it('leaves the page as it was when they think better of it', async () => {
    const page = await visit(`#/notifications/${keyOf('canteen')}`);
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Stop it');
    expect(fixture().state.asked.some((one) => one.startsWith('DELETE'))).toBe(false);
  });
});

describe('the audit', () => {
  it('says in its columns who did what, to what, from where, and what became of it', async () => {
    const page = await visit('#/audit');
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('thead th').allInnerTexts()).toEqual([
      ...['Who', 'Action', 'What', 'Outcome', 'From', 'When'],
    ]);
    const cells = page.locator('tbody tr', { hasText: 'audiences/managers' }).locator('th, td');
    expect((await cells.allInnerTexts()).slice(0, 5)).toEqual([
      ...['Ben Okafor', 'Stored a list', 'audiences/managers', 'Done', '203.0.113.7'],
    ]);
  });

  it.each([
    ['en-GB', ['Replayed parked (only tried)', 'Erased a person (only tried)']],
    ['de-DE', ['Geparktes neu eingespielt (nur geprüft)', 'Person gelöscht (nur geprüft)']],
  ])('says of what was only tried that it was (%s)', async (locale, tried) => {
    const page = await visit('#/audit', { locale });
    const rows = page.locator('tbody tr', { hasText: 'dryRun' });
    await rows.first().waitFor();
    expect(await rows.locator('td:nth-child(2)').allInnerTexts()).toEqual(tried);
    const ended = await page.locator('tbody tr td:nth-child(4)').allInnerTexts();
    expect(new Set(ended)).toEqual(
      new Set(locale === 'de-DE' ? ['Erledigt', 'Nicht gefunden'] : ['Done', 'Not found']),
    );
    const done = page.locator('tbody tr').filter({ hasNotText: 'dryRun' }).locator('td:nth-child(2)');
    expect((await done.allInnerTexts()).join()).not.toMatch(/tried|geprüft/);
  });
});

describe('a role', () => {
  it('of a reader is offered nothing that writes', async () => {
    fixture().state.roles = ['reader'];
    for (const address of [
      '#/parked',
      `#/notifications/${keyOf('canteen')}`,
      `#/people/${keyOf('Ana Silva')}`,
      '#/hooks',
      '#/topics',
    ]) {
      const page = await visit(address);
      await heading(page, /./).waitFor();
      await page.locator('.row, .recipient, .told, tbody tr').first().waitFor();
      const names = await page.locator('button, a.button').allInnerTexts();
      expect(
        names.filter((name) => /Stop|Take it back|Erase|Revoke|Replay|Drop|Write|copy/.test(name)),
      ).toEqual([]);
      expect(await page.getByRole('link', { name: 'Write', exact: true }).count()).toBe(0);
      expect(await page.locator('input[type="checkbox"]').count()).toBe(0);
    }
  });

  it('of an author stops what they sent themselves, and nothing else', async () => {
    fixture().state.roles = ['reader', 'author'];
    const others = await visit(`#/notifications/${keyOf('canteen')}`);
    await others.locator('.recipient').first().waitFor();
    expect(await others.getByRole('button', { name: 'Stop it' }).count()).toBe(0);
    const own = await visit(`#/notifications/${keyOf('Quarterly figures are out')}`);
    await own.getByRole('button', { name: 'Stop it' }).waitFor();
  });
});
