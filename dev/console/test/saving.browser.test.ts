import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectComplaint, visits } from './page.ts';

const { visit, again, fixture } = visits();
const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const save = (page: Page) => page.getByRole('button', { name: 'Save draft' });
const isKept = (page: Page) => page.getByText('Kept on this device, not saved yet').waitFor();
const isSaved = (page: Page) => page.getByText('Saved.', { exact: true }).waitFor();
const canteen = () => fixture().state.drafts.find(({ id }) => id === 'd-canteen');

describe('a draft that is being saved', () => {
  /** Whatever saves a draft waits until it is let go. */
  async function held(page: Page) {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(/\/drafts(\/[^/]+)?$/, async (route) => {
      if (route.request().method() !== 'GET') await gate;
      await route.continue();
    });
    return letGo;
  }
  const saves = () => fixture().state.asked.filter((one) => /^(POST|PUT) drafts/.test(one)).length;

  it.each(['#/write/new', '#/write/d-canteen'])('keeps what is written meanwhile (%s)', async (address) => {
    const page = await visit(address);
    await textOf(page).fill('First');
    const letGo = await held(page);
    await save(page).click();
    await textOf(page).fill('First and more');
    letGo();
    await isSaved(page);
    await isKept(page);
    expect(await textOf(page).inputValue()).toBe('First and more');
    await page.reload();
    await expect.poll(() => textOf(page).inputValue()).toBe('First and more');
    await save(page).click();
    await isSaved(page);
    const draft = address === '#/write/new' ? fixture().state.drafts[0] : canteen();
    expect(Object(draft?.content).data.text).toBe('First and more');
    expect(saves()).toBe(2);
  });

  it('keeps what is written meanwhile for who left it', async () => {
    const page = await visit('#/write/d-canteen');
    await textOf(page).fill('First');
    const letGo = await held(page);
    await save(page).click();
    await textOf(page).fill('First and more');
    await page.evaluate("location.hash = '#/write'");
    letGo();
    await isSaved(page);
    await page.evaluate("location.hash = '#/write/d-canteen'");
    await expect.poll(() => textOf(page).inputValue()).toBe('First and more');
  });

  it('leaves the address as it is for who left it before its first answer', async () => {
    const page = await visit('#/write/new');
    await textOf(page).fill('First');
    const letGo = await held(page);
    await save(page).click();
    await page.evaluate("location.hash = '#/topics'");
    await page.getByRole('heading', { level: 1, name: 'Topics' }).waitFor();
    letGo();
    await isSaved(page);
    expect(new URL(page.url()).hash).toBe('#/topics');
  });

  it('keeps what is written meanwhile where somebody else was faster', async () => {
    expectComplaint(/status of 412/);
    const page = await visit('#/write/d-canteen');
    await textOf(page).fill('First');
    const letGo = await held(page);
    await save(page).click();
    await textOf(page).fill('First and more');
    Object.assign(canteen() ?? {}, { version: 2 });
    letGo();
    await page.getByRole('dialog').getByText('First and more').waitFor();
    await page.reload();
    await expect.poll(() => textOf(page).inputValue()).toBe('First and more');
  });

  it('is saved once at a time, also by the keyboard', async () => {
    const page = await visit('#/write/d-canteen');
    await textOf(page).fill('First');
    const letGo = await held(page);
    for (const _ of ['once', 'twice', 'thrice']) await page.keyboard.press('Control+s');
    letGo();
    await isSaved(page);
    expect(saves()).toBe(1);
    await textOf(page).fill('Second');
    await page.keyboard.press('Control+s');
    await expect.poll(saves).toBe(2);
  });
});

describe('a draft whose first answer was lost', () => {
  const NEW = '#/write/new?topic=builds';
  const textsNow = () =>
    fixture()
      .state.drafts.map(({ content }) => String(Object(content).data.text))
      .filter((text) => text.startsWith('Plan'));

  async function lost(text = 'Plan A') {
    expectComplaint(/status of 502/);
    const page = await visit(NEW);
    await textOf(page).fill(text);
    fixture().state.loseAnswer('drafts');
    await save(page).click();
    await page.getByText('The server failed at this.').waitFor();
    const [draft] = fixture().state.drafts;
    if (draft === undefined) throw new Error('Nothing was added');
    return { page, draft };
  }

  it.each(['Plan A', 'Plan B'])('stays as somebody else saved it since (%s)', async (text) => {
    const { page, draft } = await lost();
    const theirs = { type: 'notification.requested', data: { to: [], text: 'Plan A v2' } };
    Object.assign(draft, { content: theirs, version: 2 });
    await textOf(page).fill(text);
    await save(page).click();
    await isSaved(page);
    expect(textsNow()).toEqual([text, 'Plan A v2']);
    await textOf(page).fill('Plan C');
    await save(page).click();
    await expect.poll(textsNow).toEqual(['Plan C', 'Plan A v2']);
  });

  it.each(['Delete', 'Send …'])('stays where the one here is gone (%s)', async (how) => {
    const { page } = await lost();
    await page.getByRole('button', { name: how }).click();
    await page.getByRole('button', { name: /^Yes, / }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.evaluate(`location.hash = '${NEW}'`);
    await textOf(page).fill('Plan B');
    await save(page).click();
    await isSaved(page);
    expect(textsNow()).toEqual(['Plan B', 'Plan A']);
  });

  it('stays where who kept it beside another version went on with that one', async () => {
    expectComplaint(/status of (412|502)/);
    const page = await visit('#/write/d-canteen');
    const dialog = page.getByRole('dialog');
    let version = 1;
    const conflict = async (text: string) => {
      await textOf(page).fill(text);
      version += 1;
      Object.assign(canteen() ?? {}, { version });
      await save(page).click();
      await dialog.getByText(text).first().waitFor();
    };
    const keepBoth = () => dialog.getByRole('button', { name: 'Keep yours as a new draft' }).click();
    await conflict('Plan A');
    fixture().state.loseAnswer('drafts');
    await keepBoth();
    await page.getByText('The server failed at this.').waitFor();
    await save(page).click();
    await dialog.getByRole('button', { name: 'Go on with theirs' }).click();
    await conflict('Plan B');
    await keepBoth();
    await isSaved(page);
    expect(textsNow()).toEqual(['Plan B', 'Plan A']);
  });

  it('stays where another tab makes one', async () => {
    const { page } = await lost();
    const other = await again(page, NEW);
    await textOf(other).fill('Plan B');
    await save(other).click();
    await isSaved(other);
    expect(textsNow()).toEqual(['Plan B', 'Plan A']);
  });

  it('is one, though the answers to what was saved over it were lost as well', async () => {
    const { page, draft } = await lost();
    for (const [text, isDone] of [
      ['Plan B', true],
      ['Plan C', false],
    ] as const) {
      await textOf(page).fill(text);
      if (isDone) fixture().state.loseAnswer(`drafts/${draft.id}`);
      else fixture().state.fail(`drafts/${draft.id}`, 502);
      await save(page).click();
      await page.getByText('The server failed at this.').waitFor();
      await page.getByRole('button', { name: 'Save draft', disabled: false }).waitFor();
    }
    await save(page).click();
    await isSaved(page);
    expect(textsNow()).toEqual(['Plan C']);
  });
});
