import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { going } from './fixture/notifications.ts';
import { keyOf } from './fixture/people.ts';
import { expectComplaint, faultsOf, heading, visits } from './page.ts';

const { visit, fixture } = visits();
const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const save = (page: Page) => page.getByRole('button', { name: 'Save draft' });
const isKept = (page: Page) => page.getByText('Kept on this device, not saved yet').waitFor();

/** Something that was sent, and its id. */
function sent(data: object, type = 'notification.requested'): string {
  const id = keyOf(JSON.stringify(data));
  const one = going(id, Date.now(), { addressed: 1, text: 'Sent before', data });
  fixture().state.sent.unshift({ ...one, type });
  return id;
}

function drafted(data: object, type = 'notification.requested') {
  const content = { type, data };
  const changedAt = new Date().toISOString();
  fixture().state.drafts.unshift({
    id: 'd-1',
    name: 'Mine',
    content,
    changedAt,
    changedBy: 'curl',
    version: 1,
  });
  return () => fixture().state.drafts.find(({ id }) => id === 'd-1')?.content;
}

describe('what was begun as a copy, or to a topic', () => {
  it.each(['copy', 'topic'])('survives a reload and the end of a session (%s)', async (how) => {
    expectComplaint(/status of 401/);
    const copy = sent({ to: [{ everyone: true }], text: 'The original' });
    const page = await visit(how === 'copy' ? `#/write/new?copy=${copy}` : '#/write/new?topic=builds');
    await textOf(page).fill('What I made of it');
    await isKept(page);
    await page.reload();
    await expect.poll(() => textOf(page).inputValue()).toBe('What I made of it');
    fixture().state.isSignedIn = false;
    await textOf(page).fill('And then');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await expect.poll(() => textOf(page).inputValue()).toBe('And then');
  });

  it('writes over nothing else that is not saved; all of them are listed', async () => {
    const copy = sent({ to: [{ everyone: true }], text: 'The original' });
    const page = await visit('#/write/new');
    await textOf(page).fill('A new one');
    await isKept(page);
    for (const { address, begins, text } of [
      { address: `#/write/new?copy=${copy}`, begins: 'The original', text: 'A copy' },
      { address: '#/write/new?topic=builds', begins: '', text: 'To a topic' },
    ]) {
      await page.evaluate(`location.hash = '${address}'`);
      await expect.poll(() => textOf(page).inputValue()).toBe(begins);
      await textOf(page).fill(text);
      await isKept(page);
    }
    await page.evaluate("location.hash = '#/write'");
    const unsaved = page.locator('.row', { hasText: 'Only on this device' });
    await expect.poll(() => unsaved.count()).toBe(3);
    await unsaved.filter({ hasText: 'A new one' }).click();
    await expect.poll(() => textOf(page).inputValue()).toBe('A new one');
    await save(page).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.evaluate("location.hash = '#/write'");
    await expect.poll(() => unsaved.count()).toBe(2);
    await unsaved.filter({ hasText: 'Copy of' }).click();
    await expect.poll(() => textOf(page).inputValue()).toBe('A copy');
  });

  it('and that nobody wrote in stands in no list', async () => {
    const page = await visit(`#/write/new?copy=${sent({ to: [{ everyone: true }], text: 'The original' })}`);
    await expect.poll(() => textOf(page).inputValue()).toBe('The original');
    await page.evaluate("location.hash = '#/write'");
    await page.getByRole('link', { name: /Spring party/ }).waitFor();
    expect(await page.getByText('Only on this device').count()).toBe(0);
  });
});

describe('a draft', () => {
  it('that somebody deleted goes on here, behind a reload as well', async () => {
    expectComplaint(/status of 404/);
    drafted({ to: [{ topic: 'builds' }], text: 'Theirs' });
    const page = await visit('#/write/d-1');
    await textOf(page).fill('Mine');
    await isKept(page);
    fixture().state.drafts = [];
    await save(page).click();
    await page.getByText('Somebody else deleted this draft.').waitFor();
    await page.reload();
    await expect.poll(() => textOf(page).inputValue()).toBe('Mine');
    await save(page).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(fixture().state.drafts).toHaveLength(1);
  });

  it('that somebody deleted while nobody wrote in it is listed as kept here', async () => {
    expectComplaint(/status of 404/);
    drafted({ to: [{ topic: 'builds' }], text: 'Theirs' });
    const page = await visit('#/write/d-1');
    await textOf(page).fill('Mine');
    await isKept(page);
    for (const isThere of [true, false]) {
      if (!isThere) fixture().state.drafts = [];
      await page.goto('about:blank');
      await page.goto(`${fixture().url}#/write`);
      await page.getByRole('link', { name: /Mine/ }).waitFor();
      const unsaved = page.locator('.row', { hasText: 'Only on this device' });
      await expect.poll(() => unsaved.count()).toBe(isThere ? 0 : 1);
    }
    await page.getByRole('link', { name: /Mine/ }).click();
    await expect.poll(() => textOf(page).inputValue()).toBe('Mine');
  });

  it.each(['at once', 'changed', 'behind a reload'])(
    'whose first answer was lost is added once, saved again %s',
    async (how) => {
      expectComplaint(/status of 502/);
      const page = await visit('#/write/new?topic=builds');
      await textOf(page).fill('Precious');
      fixture().state.loseAnswer('drafts');
      await save(page).click();
      await page.getByText('The server failed at this.').waitFor();
      if (how !== 'at once') await textOf(page).fill('More precious');
      await isKept(page);
      if (how === 'behind a reload') await page.reload();
      await save(page).click();
      await page.getByText('Saved.', { exact: true }).waitFor();
      const texts = fixture().state.drafts.map(({ content }) => Object(content).data.text);
      const text = how === 'at once' ? 'Precious' : 'More precious';
      expect(texts.filter((one) => /precious/i.test(String(one)))).toEqual([text]);
      await textOf(page).fill('The last');
      await save(page).click();
      await expect.poll(() => Object(fixture().state.drafts[0]?.content).data.text).toBe('The last');
      expect(fixture().state.drafts).toHaveLength(3);
    },
  );

  const card = {
    ...{
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
    },
    body: [{ type: 'TextBlock', text: 'Hello', wrap: true }],
  };
  const whole = {
    to: [{ user: '42', channel: 'telegram' }, { topic: 'builds' }],
    except: [{ user: '43', channel: 'sms' }],
    text: 'Beside it',
    card,
    delivery: {
      mode: 'adHoc',
      maxWait: 'PT1M',
      expiresAt: '2090-01-02T03:04:05.678Z',
      at: '2090-01-01T03:04:05.000Z',
    },
    priority: 7,
  };

  it.each([
    ['a card by its parts', whole],
    ['a card as JSON', { ...whole, card: { ...card, body: [{ type: 'Table', columns: [] }] } }],
    ['a card that has nothing', { ...whole, card: { ...card, body: [] } }],
    ['a time without a time', { to: [], text: 'Later', delivery: { at: { local: '' } } }],
    [
      'a local time to the second',
      { to: [], text: 'Later', delivery: { at: { local: '2090-01-01T09:00:30' } } },
    ],
  ])('says the same when it was opened and saved: %s', async (_what, data) => {
    const now = drafted(data);
    const page = await visit('#/write/d-1');
    await page.getByLabel('Name of the draft').fill('Renamed');
    await save(page).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(now()).toEqual({ type: 'notification.requested', data });
  });

  it('has the text beside a card in a field of its own', async () => {
    const now = drafted(whole);
    const page = await visit('#/write/d-1');
    await page.getByLabel('Text beside the card').fill('Changed');
    await save(page).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(now()).toEqual({ type: 'notification.requested', data: { ...whole, text: 'Changed' } });
    expect(await faultsOf(page)).toEqual([]);
  });

  it('whose card has a field that clients ignore says so beside its preview', async () => {
    drafted({ to: [], card: { ...card, body: [{ ...card.body[0], wieght: 'Bolder' }] } });
    const page = await visit('#/write/d-1');
    await page.getByText('It can be sent, but clients ignore:').waitFor();
    await page.getByText('did you mean weight?').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it.each([
    [
      'survey.requested',
      { to: [{ topic: 'builds' }], question: 'Ready?', choices: ['Yes'] },
      'of the kind survey',
    ],
    ['notification.requested', { to: 'nobody yet', text: 'Hi' }, 'something that the form cannot hold'],
    ['notification.requested', { to: [], text: ['Hi'] }, 'something that the form cannot hold'],
    [
      'notification.requested',
      { to: [], text: 'Hi', delivery: { mode: 'now' } },
      'something that the form cannot hold',
    ],
    ['notification.requested', [1], 'something that the form cannot hold'],
  ])('that the form would lose some of is left as it is (%s, %j)', async (type, data, why) => {
    const now = drafted(data, type);
    const page = await visit('#/write/d-1');
    await page.getByText(why).waitFor();
    await page.locator('.json').waitFor();
    expect(await save(page).count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    expect(now()).toEqual({ type, data });
  });

  it('of a copy has all that was sent; a copy of another kind is refused', async () => {
    const { delivery: _, ...data } = whole;
    const marked = { ...data, to: [...data.to, { except: true }] };
    const page = await visit(`#/write/new?copy=${sent(marked)}`);
    await save(page).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(fixture().state.drafts[0]?.content).toEqual({ type: 'notification.requested', data });
    const survey = sent({ to: [], question: 'Ready?', choices: ['Yes'] }, 'survey.requested');
    await page.evaluate(`location.hash = '#/write/new?copy=${survey}'`);
    await page.getByText('of the kind survey.requested').waitFor();
    await heading(page, /Copy of/).waitFor();
  });

  it('that became of another kind meanwhile is not gone on with as a message', async () => {
    expectComplaint(/status of 412/);
    drafted({ to: [{ topic: 'builds' }], text: 'Mine' });
    const page = await visit('#/write/d-1');
    await textOf(page).fill('Mine, changed');
    const content = { type: 'survey.requested', data: { to: [], question: 'Ready?', choices: ['Yes'] } };
    Object.assign(fixture().state.drafts[0] ?? {}, { content, version: 2 });
    await save(page).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('something that the form cannot hold').waitFor();
    expect(await dialog.getByRole('button', { name: 'Go on with theirs' }).count()).toBe(0);
  });
});
