import { describe, expect, it } from 'vitest';
import { going, type Sent } from './fixture/notifications.ts';
import { keyOf, objectIdOf } from './fixture/people.ts';
import { faultsOf, heading, visits } from './page.ts';

const { visit, fixture } = visits();

describe('why somebody was not told', () => {
  async function ask(name: string, words: string) {
    const page = await visit('#/now');
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByLabel('Name, mail or id').fill(name);
    await page.locator('.row').first().click();
    await page.getByPlaceholder('For example: failed build').fill(words);
    await page.keyboard.press('Enter');
    const [first] = await page.locator('.answer').all();
    await page.locator('[data-why]').first().waitFor();
    return { page, answer: await (first ?? page.locator('.answer').first()).innerText() };
  }

  it('is said for who does not subscribe to the topic, from four steps of somebody new', async () => {
    const { page, answer } = await ask('Maria Kov', 'failed build');
    expect(answer).toContain('Build web #1482 failed');
    expect(answer).toContain('They are not subscribed to that, but to deployments, office/lisbon.');
    expect(answer).toContain('Not addressed to them');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('is said for who has blocked the bot', async () => {
    const { answer } = await ask('Chidi', 'emergency drill');
    expect(answer).toContain('They have blocked the bot');
    expect(answer).toContain('Suppressed: blocked the bot');
  });

  it('is said for who muted the topic', async () => {
    const { answer } = await ask('Ana Silva', 'ios failed');
    expect(answer).toContain('They have muted this');
  });

  it('is said for who subscribed only later', async () => {
    const { answer } = await ask('Dana', 'api 1396');
    expect(answer).toMatch(/subscribed to it only .*, after it was sent/);
  });

  /** One that went, or goes, to some and not to others. */
  function sends(to: readonly object[], { except, isOver }: { except?: readonly object[]; isOver: boolean }) {
    const counts = { outcomes: { delivered: 10 }, pending: isOver ? {} : { queued: 90 } };
    const one: Sent = going(keyOf('telling some'), Date.now(), {
      ...{ addressed: 100, text: 'Telling some', to, countsAt: () => counts },
      data: { to, ...(except === undefined ? {} : { except }), text: 'Telling some' },
    });
    fixture().state.sent.unshift(one);
  }

  it.each([
    ['by an id', [{ user: objectIdOf('Maria Kovács') }], true],
    ['by an id, while it is on its way', [{ user: objectIdOf('Maria Kovács') }], false],
    ['by a mail', [{ user: 'MARIA.KOVACS@contoso.example' }], true],
    ['by a key', [{ topic: 'builds' }, { conversation: keyOf('Maria Kovács') }], true],
  ])('is said for who was excepted %s', async (_how, except, isOver) => {
    sends([{ everyone: true }], { except, isOver });
    const { answer } = await ask('Maria Kov', 'telling');
    expect(answer).toContain('Whoever sent it excepted them: they were not to be told.');
  });

  it('is said for who was excepted as a subscriber, and perhaps by a list', async () => {
    sends([{ everyone: true }], { except: [{ topic: 'office/lisbon/third-floor' }], isOver: true });
    expect((await ask('Maria Kov', 'telling')).answer).toContain(
      'Whoever sent it excepted the subscribers of office/lisbon, and they are one of them.',
    );
    fixture().state.sent.shift();
    sends([{ audience: 'staff' }], { except: [{ audience: 'managers' }], isOver: true });
    expect((await ask('Maria Kov', 'telling')).answer).toContain(
      'It went to the list staff, and they are not on it. The list managers was excepted: they may be on it.',
    );
  });

  it('is said for whom others share the address with that it went to', async () => {
    sends([{ user: 'Sam@contoso.example' }], { isOver: true });
    expect((await ask('Sam Roe', 'telling')).answer).toContain(
      'It went to Sam@contoso.example. That address fits several people, so nobody was told by it',
    );
  });

  it('is said of every way in which it was addressed', async () => {
    sends([{ topic: 'builds/web' }, { audience: 'managers' }, { user: 'x@contoso.example' }], {
      isOver: true,
    });
    const { answer } = await ask('Maria Kov', 'telling');
    expect(answer).toContain('It went to subscribers of builds/web. They are not subscribed to that, but');
    expect(answer).toContain('It went to the list managers, and they are not on it.');
    expect(answer).toContain('It went to certain people, and they are not one of them.');
    fixture().state.sent.shift();
    sends([{ topic: 'builds/web' }, { audience: 'managers' }], { isOver: false });
    expect((await ask('Maria Kov', 'telling')).answer).toContain('It is still on its way');
  });

  it('is asked for with every word, whatever their order', async () => {
    const { answer } = await ask('Ana Silva', 'failed ios');
    expect(answer).toContain('They have muted this');
  });

  it('goes on behind pages that have nothing and are not the last', async () => {
    fixture().state.emptyPages = 2;
    const { answer } = await ask('Ana Silva', 'ios failed');
    expect(answer).toContain('They have muted this');
  });

  it('says that nothing has these words', async () => {
    const page = await visit(`#/people/${keyOf('Ana Silva')}`);
    await page.getByPlaceholder('For example: failed build').fill('xyzzy');
    await page.keyboard.press('Enter');
    await page
      .getByText('No message of the last 30 days has these words.', { exact: true })
      .first()
      .waitFor();
  });
});

describe('where somebody is reached', () => {
  it('has their own conversations, and the groups that know them apart from these', async () => {
    const page = await visit(`#/people/${keyOf('Ana Silva')}`);
    const places = page.locator('section', { has: page.getByText('Where they are reached') });
    await places.getByText('Groups that they are in').waitFor();
    const [own, groups] = await places.locator('ul.lines').allInnerTexts();
    expect(own).toContain('Personal chat');
    expect(own).not.toContain('Platform team');
    expect(groups).toContain('Platform team');
    expect(groups).not.toContain('Personal chat');
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe('people', () => {
  it('are all found, page after page, however many have the name', async () => {
    const page = await visit('#/people?text=müller');
    await expect.poll(() => page.locator('.row').count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.locator('.row').count()).toBe(61);
    await page.getByRole('link', { name: /Kim Müller 60/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe('100,000 recipients', () => {
  const address = `#/notifications/${keyOf('drill')}`;

  it('are scrolled through to the last one, with few of them in the document', async () => {
    const page = await visit(address);
    const list = page.locator('.virtual');
    await page.locator('.recipient').first().waitFor();
    expect(await page.locator('.virtual-row').count()).toBeLessThan(60);
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.getByText('All 100,000 loaded').waitFor({ timeout: 55_000 });
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    const last = page.locator('.virtual-row[aria-posinset="100000"]');
    await last.getByText('99999').waitFor();
    expect(await page.locator('.virtual-row').count()).toBeLessThan(60);
    expect(await last.getAttribute('aria-setsize')).toBe('100000');
  });

  it('are narrowed to an outcome and a reason by the server', async () => {
    const page = await visit(address);
    const filters = page.locator('.filters');
    await filters.getByLabel('Outcome').selectOption('rejected');
    await filters.getByLabel('Reason').selectOption('gone');
    await page.locator('.recipient').first().waitFor();
    await expect
      .poll(() => page.locator('.recipient .chip').allInnerTexts())
      .toSatisfy(
        (chips: string[]) =>
          chips.length > 5 && chips.every((chip) => chip.includes('Rejected: conversation gone')),
      );
    const asked = fixture().state.asked.filter((one) => one.includes('/recipients'));
    expect(asked.at(-1)).toMatch(/outcome=rejected&reason=gone/);
  });
});

describe('notifications', () => {
  it('are looked for behind pages that have none and are not the last', async () => {
    fixture().state.emptyPages = 3;
    const page = await visit('#/notifications?text=spring');
    await page.getByRole('link', { name: /Spring party/ }).waitFor();
    const goneOn = fixture().state.asked.filter((one) => /^GET notifications\?.*continuation=/.test(one));
    expect(goneOn).toHaveLength(3);
  });

  it('are found by words, kind, outcome and time, and the address keeps what was asked', async () => {
    const page = await visit('#/notifications');
    await page.getByLabel('Text, subject or id').fill('spring');
    await expect.poll(() => page.locator('.row').count()).toBe(1);
    await page.getByLabel('Outcome').selectOption('unconfirmed');
    await page.getByLabel('Kind').selectOption('notification.requested');
    await page.getByLabel('Since').selectOption('7d');
    await page.reload();
    await page.getByRole('link', { name: /Spring party/ }).waitFor();
    expect(await page.locator('.row').count()).toBe(1);
    const asked = fixture()
      .state.asked.filter((one) => one.startsWith('GET notifications?'))
      .at(-1);
    expect(asked).toMatch(/text=spring&kind=notification.requested&outcome=unconfirmed&since=\d{4}-/);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('.row').count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.locator('.row').count()).toBeGreaterThan(90);
  });

  it('that are scheduled say when they go', async () => {
    const page = await visit('#/notifications');
    await page.getByLabel('Scheduled only').check();
    await page.getByRole('link', { name: /Quarterly figures/ }).click();
    await page
      .getByText(/Scheduled for/)
      .first()
      .waitFor();
  });

  it('count up while somebody looks, and tell screen readers', async () => {
    const page = await visit(`#/notifications/${keyOf('canteen')}`);
    const figure = page.locator('[data-figure] b');
    const before = await figure.innerText();
    await expect.poll(() => figure.innerText(), { timeout: 15_000 }).not.toBe(before);
    await expect.poll(() => page.locator('[data-spoken]').textContent()).toMatch(/ of 5,012 done/);
  });
});

describe('stored scripts', () => {
  it('in names, texts, cards and facts stand there as text and do not run', async () => {
    const addresses = [
      '#/notifications',
      `#/notifications/${keyOf('hostile')}`,
      '#/people?text=script',
      `#/people/${keyOf('<script>window.hacked = true</script>')}`,
      '#/parked',
      `#/parked/${keyOf('parked 4')}`,
      '#/hooks',
      '#/audit',
    ];
    for (const address of addresses) {
      const page = await visit(address);
      await page.getByText('<script>window.hacked = true</script>').first().waitFor();
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(
        await page.locator('#console script, #console img, #console a[href^="javascript"]').count(),
      ).toBe(0);
    }
  });

  it('of a card are text in each of its parts, and its pictures are named and not loaded', async () => {
    const page = await visit(`#/notifications/${keyOf('hostile')}`);
    const card = page.locator('[data-preview]');
    await card.locator('.ac-adaptiveCard').waitFor();
    await card.getByText('and [a link](javascript:window.hacked=true)').waitFor();
    await card.getByText('https://tracker.example.com/pixel.png').waitFor();
    await card.locator('.ac-pushButton').click();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });

  it('of a card that a person has open do not hide that pictures have words', async () => {
    const page = await visit(`#/notifications/${keyOf('Spring party on Friday')}`);
    await heading(page, /Spring/).waitFor();
    await page.getByRole('img', { name: 'Lanterns over a long table in a garden' }).waitFor();
    await page.locator('[data-preview] li', { hasText: 'food by the canteen' }).waitFor();
  });
});
