import { describe, expect, it } from 'vitest';
import { notificationId } from '../../shared/domain/ids.ts';
import { minutes, seconds, toIso } from '../../shared/domain/time.ts';
import { noteRead } from '../../shared/use-cases/conversation/note-read.ts';
import { reportNotification } from '../../shared/use-cases/upkeep/report-notification.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { aWorld } from '../support/world.ts';

/** Somebody who was told three things, under ids as Teams gives them. */
async function aReader({
  isOn = true,
  burst,
}: {
  readonly isOn?: boolean;
  readonly burst?: NonNullable<Parameters<typeof aWorld>[0]>['burst'];
} = {}) {
  const world = aWorld(burst === undefined ? {} : { burst });
  const chat = aChat({ world, more: isOn ? { noteRead: noteRead(world) } : {} });
  await chat.says('hello');
  const report = reportNotification({ ...world, readReceipts: isOn });
  let number = 0;
  const tell = async () => {
    number += 1;
    world.clock.advance(minutes(1));
    const event = anEvent({ data: { to: { everyone: true }, text: `text ${number}` } });
    const result = { kind: 'sent', activityId: `175000000000${number}` } as const;
    world.channel.next('a:1', { result });
    await world.publish(event);
    await world.run(world.clock.now() + seconds(1));
    return notificationId(event.source, event.id);
  };
  const reads = (lastReadMessageId: unknown, fields = {}) =>
    chat.says('', {
      type: 'event',
      name: 'application/vnd.microsoft.readReceipt',
      value: { lastReadMessageId },
      ...fields,
    });
  const readOf = async (id: Awaited<ReturnType<typeof tell>>) =>
    (await report(id, {}))?.recipients?.map(({ read }) => read);
  return { chat, world, tell, reads, readOf, report };
}

describe('a read receipt', () => {
  it('says of the messages up to the one that it names when they were read, and nothing of later ones', async () => {
    const { world, tell, reads, readOf, report } = await aReader();
    const ids = [await tell(), await tell(), await tell()];
    const at = world.clock.now();
    await reads('1750000000002');
    const [first, second, third] = ids;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three');
    expect(await readOf(first)).toEqual([toIso(at)]);
    expect(await readOf(second)).toEqual([toIso(at)]);
    expect(await readOf(third)).toEqual(['unknown']);
    expect((await report(first))?.read).toEqual({ read: 1, unknown: 0 });
    expect((await report(third))?.read).toEqual({ read: 0, unknown: 1 });
  });

  it('that comes again, or late, changes no time', async () => {
    const { world, tell, reads, readOf } = await aReader();
    const first = await tell();
    const at = world.clock.now();
    await reads('1750000000001');
    const second = await tell();
    await reads('1750000000002');
    await reads('1750000000001');
    expect(await readOf(first)).toEqual([toIso(at)]);
    expect(await readOf(second)).toEqual([toIso(world.clock.now())]);
  });

  it('reads no more than the messages that are new', async () => {
    const { world, tell, reads } = await aReader();
    for (let count = 0; count < 30; count += 1) {
      await tell();
      await reads(`17500000000${String(count + 1).padStart(2, '0')}`);
    }
    const before = world.watch.calls.length;
    await reads('1750000000001');
    const results = world.watch.calls.slice(before).filter(({ method }) => method === 'result');
    expect(results.length).toBeLessThanOrEqual(30);
  });

  it('is no turn of the person: nobody becomes known by it, nothing is said, and no suppression is lifted', async () => {
    const { chat, world, reads } = await aReader();
    await world.conversations.suppressConversation(chat.key, 'blocked');
    const said = chat.replies.length;
    await reads('1750000000001');
    await reads('1750000000001', { conversation: { id: 'a:2', conversationType: 'personal' } });
    expect(chat.replies.length).toBe(said);
    expect((await world.conversations.findConversation(chat.key))?.suppressed).toBe('blocked');
  });

  it.each([
    ['of a place', '1750000000001', { conversation: { id: 'a:1', conversationType: 'groupChat' } }],
    ['with an id before it, though not as text', '999', {}],
    ['without an id', undefined, {}],
    ['with an id that is an object', { a: 1 }, {}],
    ['with an id that is no number', 'abc', {}],
    ['with an id of 2,000 digits', '9'.repeat(2000), {}],
    [
      'of another conversation',
      '1750000000009',
      { conversation: { id: 'a:9', conversationType: 'personal' } },
    ],
  ])('%s says nothing', async (_how, id, fields) => {
    const { tell, reads, readOf } = await aReader();
    const first = await tell();
    await reads(id, fields);
    expect(await readOf(first)).toEqual(['unknown']);
  });

  it('of another conversation of the same person says nothing of the messages here', async () => {
    const { chat, world, tell, reads, readOf } = await aReader();
    const elsewhere = { conversation: { id: 'a:2', conversationType: 'personal' } };
    await chat.says('hello', elsewhere);
    await chat.says('hello');
    const first = await tell();
    expect(world.channel.textsIn('a:1')).toContain('text 1');
    await reads('1750000000009', elsewhere);
    expect(await readOf(first)).toEqual(['unknown']);
    await reads('1750000000009');
    expect(await readOf(first)).not.toEqual(['unknown']);
  });

  it('of a digest says of its parts that they were read', async () => {
    const { world, tell, reads, readOf } = await aReader({ burst: { count: 1, window: minutes(30) } });
    await tell();
    const parts = [await tell(), await tell()];
    await world.run(world.clock.now() + minutes(60));
    const digest = world.channel.shown.at(-1)?.activityId ?? '';
    await reads(digest);
    for (const part of parts) expect(await readOf(part)).not.toEqual(['unknown']);
  });

  it('goes when the person is forgotten, and is exported before', async () => {
    const { chat, world, tell, reads } = await aReader();
    const first = await tell();
    await reads('1750000000001');
    const conversation = await world.conversations.findConversation(chat.key);
    if (conversation === undefined) throw new Error('they are known');
    const exported = JSON.stringify(await world.exportPersonalData(conversation, conversation.user));
    expect(exported).toContain('readAt');
    await world.forgetMe({ conversation, speaker: { id: '29:ana' }, turn: 'turn' });
    for (let minute = 0; minute < 4; minute += 1) {
      await world.run(world.clock.now() + minutes(1));
      world.clock.advance(minutes(1));
      await world.sweep();
    }
    const result = await world.ledger.findOutcome({ notification: first, conversation: chat.key });
    expect(result).toMatchObject({ outcome: 'delivered' });
    expect(result?.readAt).toBeUndefined();
  });
});

describe('a press', () => {
  it('says of its message alone that it was read', async () => {
    const { chat, tell, readOf } = await aReader();
    const [first, second] = [await tell(), await tell()];
    const value = { notifier: 'mute for 1 hour', notifierPress: 'a' };
    await chat.says('', { value, replyToId: '1750000000002' });
    expect(await readOf(second)).not.toEqual(['unknown']);
    expect(await readOf(first)).toEqual(['unknown']);
  });
});

describe('where receipts are off', () => {
  it('nothing is kept, and reports say nothing of it', async () => {
    const { chat, world, tell, reads, readOf, report } = await aReader({ isOn: false });
    const first = await tell();
    await reads('1750000000001');
    const value = { notifier: 'mute for 1 hour', notifierPress: 'a' };
    await chat.says('', { value, replyToId: '1750000000001' });
    expect(await readOf(first)).toEqual([undefined]);
    expect(await report(first)).not.toHaveProperty('read');
    expect(
      await world.ledger.findOutcome({ notification: first, conversation: chat.key }),
    ).not.toHaveProperty('readAt');
  });
});
