import { beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../shared/chat/answer.ts';
import { missedCommands } from '../../shared/chat/commands/missed.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import { readMissed } from '../../shared/use-cases/holding-back/read-missed.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { newsOf } from '../support/reading.ts';
import { aWorld } from '../support/world.ts';

const card = (text: string) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://x.example' }],
});

let world: ReturnType<typeof aWorld>;
let ana: ReturnType<typeof chatOf>;

function chatOf(fields: Parameters<typeof aChat>[0] = {}) {
  const personZone = findPersonZone({ ...world, defaultTimeZone: 'UTC' });
  const commands = missedCommands({ readMissed: readMissed(world), personZone });
  return aChat({
    world,
    ...fields,
    more: { answer: answer({ ...world, defaultTimeZone: 'UTC', commands }) },
  });
}

beforeEach(async () => {
  world = aWorld({ burst: { count: 3, window: seconds(60) } });
  ana = chatOf();
  await ana.says('hello');
  world.clock.advance(seconds(20));
});

async function tell(data: object): Promise<NotificationId> {
  const event = anEvent({ data: { to: { conversation: ana.key }, delivery: { mode: 'adHoc' }, ...data } });
  await world.publish(event);
  world.clock.advance(1);
  return notificationId(event.source, event.id);
}

async function passes(span: number): Promise<void> {
  const end = world.clock.now() + span;
  await world.run(end);
  world.clock.set(end);
}

/** What one answer shows: the texts of its page, the cards behind it, and what its button says. */
async function asks(text: string, chat = ana) {
  const before = chat.replies.length;
  await chat.says(text);
  const [page, ...behind] = chat.replies.slice(before);
  const shown = page?.attachments?.[0]?.content as ReturnType<typeof card> | undefined;
  const blocks = (shown?.body ?? []) as readonly { readonly items?: readonly { readonly text: string }[] }[];
  const action = shown?.actions?.[0] as { readonly data?: { readonly notifier: string } } | undefined;
  return {
    said: page?.text,
    texts: blocks.flatMap(({ items }) => (items === undefined ? [] : [items[1]?.text ?? ''])),
    labels: blocks.flatMap(({ items }) => (items === undefined ? [] : [items[0]?.text ?? ''])),
    cards: behind.map(({ attachments }) => attachments?.[0]?.content as unknown),
    more: action?.data?.notifier,
  };
}

/** Presses until there is no more, and gives all that was shown. */
async function readsOn(first: string): Promise<{ texts: string[]; pages: number }> {
  const texts: string[] = [];
  let pages = 0;
  for (let next: string | undefined = first; next !== undefined; pages += 1) {
    const page = await asks(next);
    texts.push(...page.texts);
    next = page.more;
  }
  return { texts, pages };
}

/** The button of the last message that the bot sent by itself. */
function showAll(): string {
  const all = world.channel.requests.map(({ message }) => JSON.stringify(message.card ?? ''));
  const found = all.flatMap((text) => [...text.matchAll(/"notifier":"(show all [^"]+)"/g)]).at(-1);
  return found?.[1] ?? '';
}

async function aDigest(texts: readonly string[]): Promise<readonly NotificationId[]> {
  for (const number of [1, 2, 3]) await tell({ text: `at once ${number}` });
  const ids = [];
  for (const text of texts) ids.push(await tell({ text }));
  await passes(minutes(2));
  return ids;
}

describe('`missed`', () => {
  it.each(['missed', 'Missed', 'verpasst', 'Was habe ich verpasst?'])('answers %j', async (text) => {
    const { said } = await asks(text);
    expect(said).toBe('You have missed nothing: everything lately came to you in full.');
  });

  it('shows in full what came in digests, the newest first, page by page', async () => {
    const long = `long, ${'word '.repeat(1500)}end`;
    await aDigest(['one', long]);
    await aDigest(Array.from({ length: 15 }, (_, index) => `later ${index}`));
    const first = await asks('missed');
    expect(first.texts).toEqual(Array.from({ length: 10 }, (_, index) => `later ${14 - index}`));
    const { texts, pages } = await readsOn('missed');
    expect(texts.slice(0, 15)).toEqual(Array.from({ length: 15 }, (_, index) => `later ${14 - index}`));
    const pieces = texts.slice(15, -1).map((text) => text.replace(/^…|…$/g, ''));
    expect(pieces.join('')).toBe(long);
    expect(texts.at(-1)).toBe('one');
    expect(pages).toBeLessThan(6);
  });

  it('reads a bounded number of notifications for a page, however much there is', async () => {
    for (let digest = 0; digest < 4; digest += 1) {
      await aDigest(Array.from({ length: 30 }, (_, index) => `text ${index}`));
    }
    const before = world.watch.count('notifications.findNotification');
    const bare = readMissed({ ...world, notifications: world.watch.over('counted', world.notifications) });
    const conversation = await world.conversations.findConversation(ana.key);
    if (conversation === undefined) throw new Error('ana is known');
    await bare({ conversation, reader: { locale: 'en', timeZone: 'UTC' } });
    expect(world.watch.count('counted.findNotification')).toBeLessThanOrEqual(12);
    expect(world.watch.count('notifications.findNotification')).toBe(before);
  });

  it('passes over what was forgotten, what is no longer kept, and what did not come', async () => {
    const ids = await aDigest(['forgotten', 'removed', 'stays']);
    const [forgotten, removed] = ids;
    if (forgotten === undefined || removed === undefined) throw new Error('three were told');
    await world.personalData.redact(forgotten, (stored) => ({
      ...stored,
      type: 'notification.requested',
      source: 'forgotten',
      eventId: 'forgotten',
      data: { to: [], text: '' },
      to: [],
    }));
    await world.retention.removeNotification(removed, 100);
    const { texts } = await asks('missed');
    expect(texts).toEqual(['stays']);
  });
});

describe('`Show all`', () => {
  it('below a digest shows the cards themselves, each as a message of its own', async () => {
    for (const number of [1, 2, 3]) await tell({ text: `at once ${number}` });
    await tell({ card: card('First of all') });
    await tell({ text: 'plain' });
    await passes(seconds(62));
    const page = await asks(showAll());
    expect(page.texts).toEqual(['plain', 'First of all']);
    expect(page.labels[1]).toContain('the card is below');
    expect(page.cards).toEqual([card('First of all')]);
    expect(page.more).toBeUndefined();
  });

  it('below a text that was cut shows all of it, whatever its length', async () => {
    const text = `begin ${'é🎉 word '.repeat(8000)}end`;
    const id = await tell({ text });
    await passes(seconds(1));
    const { message } = world.channel.requests.at(-1) ?? {};
    expect(message && newsOf(message)).toMatch(
      /…\n\n\*This is only the beginning\. Say \*\*missed\*\* to read all of it\.\*$/,
    );
    expect(message && newsOf(message).startsWith(text.slice(0, 30_000))).toBe(true);
    expect(2 * JSON.stringify(message).length).toBeLessThan(80 * 1024);
    expect((await world.report(id, {}))?.outcomes).toEqual({ delivered: 1 });
    const { texts } = await readsOn(showAll());
    expect(texts.map((piece) => piece.replace(/^…|…$/g, '')).join('')).toBe(text);
  });

  it('shows a card that is too large for the channel in words, and its link', async () => {
    const body = Array.from({ length: 1500 }, (_, line) => ({
      type: 'TextBlock',
      text: `line ${line} of it`,
    }));
    const id = await tell({ card: { ...card(''), body } });
    await passes(seconds(1));
    const { message } = world.channel.requests.at(-1) ?? {};
    const news = message && newsOf(message);
    expect(news).toMatch(/^line 0 of it {2}\nline 1 of it/);
    expect(news).toContain('[Open](https://x.example)');
    expect(news).toContain('The card is too large for this chat');
    expect((await world.report(id, {}))?.outcomes).toEqual({ delivered: 1 });
    const { texts } = await readsOn(showAll());
    expect(texts.join('')).toContain('line 1499 of it');
  });

  it('tells nobody what was sent to another conversation', async () => {
    await aDigest([`secret ${'word '.repeat(600)}`, 'two']);
    const button = showAll();
    expect(button).not.toBe('');
    const ben = chatOf({ conversationId: 'a:2' });
    const { says } = ben;
    ben.says = (text, fields) => says(text, { from: { id: '29:ben', name: 'Ben' } as never, ...fields });
    await ben.says('hello');
    world.clock.advance(seconds(20));
    expect((await asks(button, ben)).said).toBe('I do not have that notification any more.');
    expect((await asks('missed', ben)).said).toContain('You have missed nothing');
  });

  it.each(['', ' x', ` ${'a'.repeat(43)} 1`, ` ${'a'.repeat(43)} ${'b'.repeat(43)} 99999999`])(
    'with %j answers something, and never more than is there',
    async (rest) => {
      const { said, texts } = await asks(`show all${rest}`);
      expect(texts).toEqual([]);
      expect(said).not.toBe('');
    },
  );

  it('is answered in the middle of a dialog too, which goes on', async () => {
    await aDigest([`cut ${'word '.repeat(600)}`, 'two']);
    const button = showAll();
    await ana.says('book travel');
    world.clock.advance(minutes(1));
    const before = ana.replies.length;
    await ana.says(button);
    const [page, prompt, ...others] = ana.replies.slice(before);
    expect(page).not.toHaveProperty('text');
    expect(page?.summary).toMatch(/^In full/);
    expect(prompt?.text).toContain('Where do you want to go?');
    expect(others).toEqual([]);
  });
});
