import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { keyOf } from './fixture/people.ts';
import { expectComplaint, faultsOf, heading, visits } from './page.ts';

const { visit, again, fixture } = visits();
const preview = (page: Page) => page.locator('.editor [data-preview]');
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).first().check();
const save = (page: Page) => page.getByRole('button', { name: 'Save draft' });

async function begun(text: string): Promise<Page> {
  const page = await visit('#/write/new');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
  return page;
}

describe('a message', () => {
  it('is written, tried, sent, watched and stopped half way by somebody new', async () => {
    const page = await visit('#/now');
    await page.getByRole('link', { name: 'Write', exact: true }).click();
    await page.getByRole('link', { name: 'New message' }).click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Lunch is **free** today');
    await preview(page).locator('strong', { hasText: 'free' }).waitFor();
    await choose(page, 'Everyone');
    await page.getByRole('button', { name: 'Everyone' }).click();
    await page.getByRole('button', { name: 'Try without sending' }).click();
    await page.locator('[data-dry-run]').getByText('4,912 people').waitFor();
    await page.locator('[data-dry-run]').getByText('101 seconds').waitFor();
    await page.getByRole('button', { name: 'Send …' }).click();
    await page.getByRole('dialog').getByText('Send this to 4,912 people?').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Yes, send it' }).click();
    await heading(page, /Lunch is/).waitFor();
    await page.getByText('On its way').first().waitFor();
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByRole('button', { name: 'Yes, stop it' }).click();
    await page
      .locator('.chip', { hasText: /Cancelled \d/ })
      .first()
      .waitFor();
    await page.getByText('Complete', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Write a copy' }).click();
    await heading(page, /Copy of Lunch/).waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Text', exact: true }).inputValue())
      .toBe('Lunch is **free** today');
  });

  it('is a card by its parts, in light and dark, as wide as a phone, with its size against each limit', async () => {
    const page = await visit('#/write/new');
    await choose(page, 'Card');
    await page.getByLabel('Title').fill('Spring party');
    await page.getByLabel('Picture (address)').fill('https://pictures.example.com/a.jpg');
    await page.getByLabel('What the picture shows').fill('A garden');
    await page.getByRole('button', { name: 'Add a fact' }).click();
    await page.getByLabel('Name 1').fill('Where');
    await page.getByLabel('Value 1').fill('Courtyard');
    await page.getByRole('button', { name: 'Add a button' }).click();
    await page.getByLabel('Label 1').fill('I am coming');
    await page.getByLabel('Address 1').fill('https://party.example.com');
    const card = preview(page);
    await card.getByText('Courtyard').waitFor();
    await card.getByText('I am coming').waitFor();
    await card.getByRole('img', { name: 'A garden' }).waitFor();
    await page
      .locator('.sizes')
      .getByText(/msteams: .* of 80 kB/)
      .waitFor();
    await choose(page, 'Dark');
    const background = () =>
      page.evaluate("getComputedStyle(document.querySelector('.editor [data-preview]')).backgroundColor");
    await expect.poll(background).toBe('rgb(31, 31, 31)');
    await choose(page, 'Phone');
    expect((await card.boundingBox())?.width).toBeLessThanOrEqual(360);
    await choose(page, 'JSON');
    const json = page.getByLabel('Adaptive Card as JSON');
    expect(JSON.parse(await json.inputValue()).body).toHaveLength(3);
    await json.fill('{"type": "AdaptiveCard", ');
    await page.getByText('This is no JSON yet').waitFor();
    await json.fill(
      '{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"By hand","color":"Good"}]}',
    );
    await card.getByText('By hand').waitFor();
    await choose(page, 'Card');
    await page.getByText('This card has more than the form knows').waitFor();
    await page.getByText('What a message may have').click();
    await page.getByText('An Adaptive Card.').waitFor();
  });

  it.each([
    {
      locale: 'en-GB',
      lacks: ['Write something first', 'Choose an audience'],
      fault: 'Text must not mention everyone',
    },
    {
      locale: 'de-DE',
      lacks: ['Schreiben Sie zuerst', 'Wählen Sie Empfänger'],
      fault: 'Text darf nicht alle',
    },
  ])(
    'says in $locale what is wrong with it, and why it cannot be sent yet',
    async ({ locale, lacks, fault }) => {
      const page = await visit('#/write/new', { locale });
      const [content = '', audience = ''] = lacks;
      await page.getByText(content).waitFor();
      await page.locator('textarea').first().fill('Look, @everyone');
      await page.getByText(audience).waitFor();
      await page.locator('.faults li', { hasText: fault }).waitFor();
      // That nobody is chosen yet is said once, and not as a fault.
      expect(await page.locator('.faults li').count()).toBe(1);
      await page
        .getByRole('radio', { name: /^(Everyone|Alle)$/ })
        .first()
        .check();
      const everyone = page.getByRole('button', { name: /^(Everyone|Alle)$/ });
      await everyone.click();
      await page.getByText(audience).waitFor({ state: 'detached' });
      expect(await everyone.isDisabled()).toBe(true);
    },
  );

  it('goes at a time of each person, to topics and persons, but not to some', async () => {
    const page = await begun('Good morning');
    await page.getByRole('combobox', { name: 'Topic' }).first().fill('builds');
    await page.getByRole('button', { name: 'Add', exact: true }).first().click();
    await choose(page, 'Person');
    await page.getByLabel('Name, mail or id').fill('Ben');
    await page.getByRole('button', { name: 'Add: Ben Okafor' }).click();
    await page.getByText('Except', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Topic' }).last().fill('office/tokyo');
    await page.getByRole('button', { name: 'Add', exact: true }).last().click();
    await choose(page, 'At their local time');
    await page.getByLabel('Day and time').fill('2027-01-05T09:00');
    await page.getByRole('button', { name: 'Send …' }).click();
    await page.getByRole('dialog').getByText("on everybody's own clock").waitFor();
    await page.getByRole('button', { name: 'Yes, send it' }).click();
    await heading(page, /Good morning/).waitFor();
    expect(fixture().state.sent[0]?.data).toEqual({
      to: [{ topic: 'builds' }, { conversation: keyOf('Ben Okafor') }],
      except: [{ topic: 'office/tokyo' }],
      text: 'Good morning',
      delivery: { at: { local: '2027-01-05T09:00' } },
    });
  });

  it.each([
    ['en', 'The chosen time is over: it goes out at once.', 'It can be stopped while it goes.'],
    ['de', 'Die gewählte Zeit ist schon vorbei: Die Nachricht geht sofort hinaus.', 'Sie geht sofort hinaus'],
  ])('for a time that is over says that it goes out at once (%s)', async (language, over, atOnce) => {
    const page = await visit('#/write/new?topic=builds');
    await page.evaluate(`localStorage.setItem('console.language', '${language}')`);
    await page.reload();
    const text = page.locator('.editor-form textarea').first();
    await text.fill('Late');
    await page.locator('input[type="radio"][value="at"]').check();
    const at = page.locator('input[type="datetime-local"]').first();
    await at.fill('2020-01-01T09:00');
    await page.locator('.field-problem', { hasText: over }).waitFor();
    await page.locator('.editor-side .button.is-primary').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(over).waitFor();
    await dialog.getByText(atOnce).waitFor();
    expect(await dialog.innerText()).not.toContain('2020');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await at.fill('2090-01-01T09:00');
    await page.locator('.field-problem').waitFor({ state: 'hidden' });
  });

  it('that is far too long is not drawn, kept, or asked about, and may be shortened', async () => {
    const page = await begun('Short');
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    const previews = () => fixture().state.asked.filter((one) => one.startsWith('POST preview'));
    await page.locator('.sizes li').first().waitFor();
    expect(previews()).toHaveLength(1);
    await text.fill('**a** [b](https://c.example) '.repeat(34_483));
    await page.getByText('It may have 100,000 characters, and has 1,000,007: shorten it.').waitFor();
    await page.getByText('Too long to be shown').waitFor();
    await page.getByText('Too long to be kept').waitFor();
    expect(await preview(page).count()).toBe(0);
    expect(await save(page).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Send it to me' }).isDisabled()).toBe(true);
    await page.keyboard.press('Control+s');
    await text.fill('Short again');
    await preview(page).getByText('Short again').waitFor();
    await expect.poll(() => previews().length).toBe(2);
    expect(fixture().state.drafts.map(({ id }) => id)).toEqual(['d-party', 'd-canteen']);
  });

  it('is not asked about while nothing stands in it, also where it is emptied and filled at a pause’s end', async () => {
    const page = await visit('#/settings');
    await heading(page, 'Settings').waitFor();
    await page.clock.install();
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await page.evaluate("location.hash = '#/write/new'");
    await text.fill('First');
    await page.locator('.sizes li').first().waitFor();
    await page.clock.pauseAt(Date.now() + 60_000);
    // A pause of 350 ms begins one to two frames after what is typed: the next text comes right before, at, and after its end.
    for (let after = 350; after <= 390; after += 4) {
      await text.fill('');
      await page.clock.runFor(after);
      await text.fill(`After ${after} ms`);
      for (let frame = 0; frame < 30; frame += 1) await page.clock.runFor(16);
    }
    await expect.poll(() => fixture().state.previewed.at(-1)).toBe('After 390 ms');
    expect(fixture().state.previewed).not.toContain(undefined);
  });

  it('is sent once, though the first answer was lost', async () => {
    expectComplaint(/status of 502/);
    const page = await begun('Only once');
    await page.getByRole('combobox', { name: 'Topic' }).first().fill('builds');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Send …' }).click();
    fixture().state.loseAnswer('notifications');
    await page.getByRole('button', { name: 'Yes, send it' }).click();
    await page.getByRole('dialog').getByText('The server failed at this.').waitFor();
    await page.getByRole('button', { name: 'Yes, send it' }).click();
    await heading(page, 'Only once').waitFor();
    expect(fixture().state.keys.size).toBe(1);
    expect(fixture().state.sent.filter(({ text }) => text === 'Only once')).toHaveLength(1);
  });

  it('is tried on oneself', async () => {
    const page = await begun('A test');
    await page.getByRole('button', { name: 'Send it to me' }).click();
    await page.getByText('It is on its way to you.').waitFor();
    expect(fixture().state.asked).toContain('POST test');
  });

  it('is tried on whoever somebody says they are, where nobody has to sign in', async () => {
    fixture().state.isLocal = true;
    const page = await begun('A test');
    await page.getByRole('button', { name: 'Send it to me' }).click();
    await page.getByRole('dialog').getByLabel('Name, mail or id').fill('Ben');
    await page.getByRole('button', { name: 'Add: Ben Okafor' }).click();
    await page.getByText('It is on its way to you.').waitFor();
    expect(fixture().state.sent[0]?.to).toEqual([{ conversation: keyOf('Ben Okafor') }]);
  });

  it('goes to a pasted list, which says who is unknown', async () => {
    expectComplaint(/status of 428/);
    const page = await begun('For the list');
    await choose(page, 'List');
    await page.getByText('Paste a list').first().click();
    await page.getByLabel('Name of the list').fill('party-people');
    await page
      .getByLabel('Mails, sign-in names or ids')
      .fill('u1@contoso.example; u2@contoso.example\nnobody@nowhere.example, u1@contoso.example');
    await page.getByText('4 entries').first().waitFor();
    await page.getByRole('button', { name: 'Store the list' }).click();
    await page.locator('.report').getByText('2 of 3 are known.').waitFor();
    await page.locator('.report').getByText('nobody@nowhere.example').waitFor();
    await page.getByRole('button', { name: 'Remove List party-people' }).waitFor();
    await page.getByRole('button', { name: 'Store the list' }).click();
    await page.getByRole('dialog').getByText('Replace the list party-people?').waitFor();
    await page.getByRole('button', { name: 'Yes, replace it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});

describe('a draft', () => {
  it('survives a reload, and is saved on the server', async () => {
    const page = await begun('Not lost');
    await page.getByText('Kept on this device, not saved yet').waitFor();
    await page.reload();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Text', exact: true }).inputValue())
      .toBe('Not lost');
    await page.getByLabel('Name of the draft').fill('Precious');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(fixture().state.drafts[0]).toMatchObject({ name: 'Precious', version: 1 });
    await page.getByRole('link', { name: 'New message' }).or(page.locator('.crumbs a')).first().click();
    await page.getByRole('link', { name: /Precious/ }).click();
    await heading(page, 'Precious').waitFor();
  });

  it('of two authors is overwritten by neither: both versions are shown, and one is chosen', async () => {
    expectComplaint(/status of 412/);
    const [grace, ben] = [await visit('#/write/d-canteen'), await visit('#/write/d-canteen')];
    const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
    await textOf(grace).fill('Opens at ten');
    await textOf(ben).fill('Opens at noon');
    await save(grace).click();
    await grace.getByText('Saved.', { exact: true }).waitFor();
    await save(ben).click();
    const dialog = ben.getByRole('dialog');
    await dialog.getByText('Opens at ten').waitFor();
    await dialog.getByText('Opens at noon').waitFor();
    expect(await faultsOf(ben)).toEqual([]);
    await dialog.getByRole('button', { name: 'Go on with theirs' }).click();
    await expect.poll(() => textOf(ben).inputValue()).toBe('Opens at ten');
    await textOf(grace).fill('Opens at eleven');
    await textOf(ben).fill('Opens at one');
    await save(grace).click();
    await expect.poll(() => fixture().state.drafts.find(({ id }) => id === 'd-canteen')?.version).toBe(3);
    await save(ben).click();
    await dialog.getByRole('button', { name: 'Go on with yours' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const saved = fixture().state.drafts.find(({ id }) => id === 'd-canteen');
    expect([JSON.stringify(saved?.content), saved?.version]).toEqual([
      expect.stringContaining('Opens at one'),
      4,
    ]);
  });

  it.each(['first', 'last'])(
    'in two tabs loses nothing: the tab that wrote %s reloads before it chose',
    async (wrote) => {
      expectComplaint(/status of 412/);
      const one = await visit('#/write/d-canteen');
      const two = await again(one, '#/write/d-canteen');
      const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
      const writers = [
        () => textOf(two).fill('Of the second tab'),
        () => textOf(one).fill('Of the first tab'),
      ];
      for (const write of wrote === 'first' ? writers : writers.reverse()) await write();
      await save(one).click();
      await one.getByText('Saved.', { exact: true }).waitFor();
      await save(two).click();
      const dialog = two.getByRole('dialog');
      await dialog.getByText('Of the first tab').waitFor();
      await two.reload();
      await expect.poll(() => textOf(two).inputValue()).toBe('Of the second tab');
      await save(two).click();
      await dialog.getByRole('button', { name: 'Go on with theirs' }).click();
      await two.reload();
      await expect.poll(() => textOf(two).inputValue()).toBe('Of the first tab');
      expect(await two.getByText('Kept on this device').count()).toBe(0);
    },
  );

  it('of two tabs is kept for each: a reload before anything is saved shows the own one', async () => {
    const one = await visit('#/write/d-canteen');
    const two = await again(one, '#/write/d-canteen');
    const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
    await textOf(two).fill('Of the second tab');
    await two.getByText('Kept on this device').waitFor();
    await textOf(one).fill('Of the first tab');
    await save(one).click();
    await one.getByText('Saved.', { exact: true }).waitFor();
    await two.reload();
    await expect.poll(() => textOf(two).inputValue()).toBe('Of the second tab');
  });

  it('outlives a session that ends in the middle, and the sign-in leads back to it', async () => {
    expectComplaint(/status of 401/);
    const page = await visit('#/write/d-canteen');
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.waitFor();
    fixture().state.isSignedIn = false;
    await text.fill('Written while the session ended');
    await page.getByText('Your session has ended').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await text.fill('Written after the session ended');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await heading(page, 'Canteen hours').waitFor();
    await expect.poll(() => text.inputValue()).toBe('Written after the session ended');
    expect(page.url()).toContain('#/write/d-canteen');
  });

  it('is deleted, here and on the server', async () => {
    const page = await visit('#/write/d-canteen');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Yes, delete it' }).click();
    await page.getByText('The draft is deleted.').waitFor();
    expect(fixture().state.drafts.map(({ id }) => id)).toEqual(['d-party']);
  });

  it('that is begun in one tab is found in another', async () => {
    const page = await begun('Here and there');
    await page.getByText('Kept on this device, not saved yet').waitFor();
    const other = await again(page, '#/write');
    await other.getByText('Only on this device').waitFor();
  });
});
