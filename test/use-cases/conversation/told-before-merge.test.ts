import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { conversationKey, type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { days, minutes } from '../../../shared/domain/time.ts';
import { noteRead } from '../../../shared/use-cases/conversation/note-read.ts';
import { snoozedId } from '../../../shared/use-cases/intake/snooze-notification.ts';
import { describePerson } from '../../../shared/use-cases/people/describe-person.ts';
import { personAt } from '../../../shared/use-cases/people/person-at.ts';
import { tableStores } from '../../contract/stores.ts';
import { aConversation, aDeliveryRow, anEvent, aResult } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { newsOf } from '../../support/reading.ts';
import { freshTables } from '../../support/tables.ts';
import { aWorld, type World } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const ANA = { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID };
const ASKED = { question: 'Lunch?', choices: ['yes', 'no'] };
const key = (id: string) => conversationKey('msteams', id);
const at = (id: string) => ({
  conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
  from: ANA,
});

/** As the former release leaves it: a record of its own for each conversation, `a:1` first. */
const record = (id: string, age: number) =>
  aConversation({ conversationId: id, user: ANA, capturedAt: age, changedAt: age });

const inMemory = async () => aWorld();
const withTables = async () => {
  const service = await freshTables({ tablePrefix: `t${randomBytes(6).toString('hex')}` });
  const made = aWorld({ stores: (clock) => tableStores(service, clock) });
  return { ...made, ...tableStores(service, made.clock) } as World;
};

describe.each([
  ['of one conversation', ['a:2'], inMemory],
  ['of two, which are known to be one since', ['a:1', 'a:2'], inMemory],
  ['of three', ['a:1', 'a:2', 'a:3'], inMemory],
  ['of two, as the tables have it', ['a:1', 'a:2'], withTables],
])('what a person was told %s', (_which, met, makeWorld) => {
  let world: World;
  let chat: ReturnType<typeof aChat>;

  beforeEach(async () => {
    world = await makeWorld();
    const { answer } = await everyCommand(world);
    chat = aChat({ world, more: { answer } });
    for (const [index, id] of met.entries())
      await world.conversations.saveConversation(record(id, index + 1));
  });

  /** Tells it in `a:2`, which is another's by all that is known; her next word says that all are hers. */
  const tell = async (data: object, type = 'notification.requested'): Promise<NotificationId> => {
    const event = anEvent({ type, data: { to: { conversation: key('a:2') }, ...data } });
    await world.publish(event);
    await world.run(world.clock.now() + minutes(1));
    world.clock.advance(minutes(1));
    return notificationId(event.source, event.id);
  };
  const describes = async () => {
    const person = await personAt(world, key(met[0] ?? ''));
    if (person === undefined) throw new Error('she was met');
    return describePerson({ ...world, defaultTimeZone: 'UTC' })(person);
  };
  const seen = () => world.channel.shown.map(({ message }) => newsOf(message));

  it('can be answered by its id and by a word, and the service hears it of whom it was reported', async () => {
    const first = await tell({ ...ASKED, replyTo: 'outcomes' }, 'survey.requested');
    expect(await chat.hears(`answer ${first} 1`, at('a:2'))).toContain('I noted **yes**');
    expect(await chat.hears('no', at('a:2'))).toContain('I noted **no**');
    expect(world.outcomes.takeAll()).toMatchObject([
      { subject: `${first}/${key('a:2')}`, data: { choice: 'yes' } },
      { subject: `${first}/${key('a:2')}`, data: { choice: 'no' } },
    ]);
    // The question says so, in place of its choices.
    const [card] = world.channel.shown.filter(({ states }) => JSON.stringify(states[0]).includes('Lunch?'));
    expect(JSON.stringify(card?.message)).toContain('Change answer');
    expect(JSON.stringify(card?.message)).toContain('no');
  });

  it('that was put off is forgotten with her', async () => {
    const id = await tell({ text: 'secret of Ana' });
    await chat.says(`snooze notification ${id} for 1 hour`, at('a:2'));
    await chat.says('forget me now', at('a:2'));
    await world.run(world.clock.now() + minutes(1));
    const snoozed = snoozedId(id, key('a:2'));
    const kept = await world.notifications.findNotification(snoozed);
    expect(kept?.eventId).toBe('forgotten');
    await chat.says('hello', at(met[0] ?? ''));
    const sent = world.channel.shown.length;
    world.clock.advance(minutes(61));
    await world.run(world.clock.now() + minutes(5));
    expect(world.channel.shown.slice(sent).map(({ message }) => newsOf(message))).toEqual([]);
    expect(await world.report(snoozed)).toMatchObject({ addressed: 1, outcomes: { suppressed: 1 } });
  });

  it('can be put off, and comes once', async () => {
    const id = await tell({ text: 'news' });
    expect(await chat.hears(`snooze notification ${id} for 1 hour`, at('a:2'))).not.toContain('do not have');
    await chat.says(`snooze notification ${id} for 1 hour`, at('a:2'));
    world.clock.advance(minutes(61));
    await world.run(world.clock.now() + minutes(5));
    expect(seen().filter((text) => text.startsWith('news'))).toHaveLength(2);
  });

  it('and was cut is read in full', async () => {
    await tell({ text: `Long. ${'word '.repeat(20_000)} the end` });
    expect(await chat.hears('missed', at('a:2'))).toContain('Long. word');
  });

  it('is taken back', async () => {
    const id = await tell({ text: 'wrong' });
    await chat.says('hello', at('a:2'));
    await world.cancel(id, { recall: true });
    for (let minute = 0; minute < 5; minute += 1) {
      await world.run();
      world.clock.advance(minutes(1));
      await world.sweep();
    }
    expect(seen().filter((text) => text.startsWith('wrong'))).toEqual([]);
    expect(await world.report(id)).toMatchObject({ outcomes: { recalled: 1 } });
  });

  it('stands in what operators see of her, and in her export, and goes with her', async () => {
    const id = await tell({ text: 'secret of Ana' });
    await chat.says('hello', at('a:2'));
    expect((await describes()).notifications).toMatchObject([{ notification: id, outcome: 'delivered' }]);
    const { conversation } = { conversation: await world.conversations.findConversation(key(met[0] ?? '')) };
    if (conversation === undefined) throw new Error('she was met');
    const exported = JSON.stringify(await world.exportPersonalData(conversation, ANA));
    expect(exported).toContain(id);
    await chat.says('forget me now', at('a:2'));
    await world.run(world.clock.now() + minutes(1));
    expect(JSON.stringify(await world.notifications.findNotification(id))).not.toContain('secret of Ana');
    expect((await world.ledger.findOutcome({ notification: id, conversation: key('a:2') }))?.activityId).toBe(
      undefined,
    );
    world.clock.advance(days(1) + minutes(5));
    for (let look = 0; look < 3; look += 1) {
      await world.sweep();
      await world.run(world.clock.now() + minutes(1));
    }
    for (const one of met) expect(await world.personalData.deliveriesOf(key(one))).toEqual([]);
    for (const one of met) expect(await world.addressees.earlierKeys(key(one))).toEqual([]);
  });
});

describe('a person whom the former release met in several conversations', () => {
  it('answers the newest question by a word, wherever it was asked', async () => {
    const world = aWorld();
    const { answer } = await everyCommand(world);
    const chat = aChat({ world, more: { answer } });
    for (const [age, id] of ['a:1', 'a:2'].entries())
      await world.conversations.saveConversation(record(id, age));
    const ids: NotificationId[] = [];
    for (const id of ['a:1', 'a:2', 'a:1']) {
      const time = world.clock.now();
      const data = { ...ASKED, to: { conversation: key(id) } };
      const event = anEvent({ type: 'survey.requested', time, data });
      await world.publish(event);
      await world.run(world.clock.now() + minutes(1));
      world.clock.advance(minutes(1));
      ids.unshift(notificationId(event.source, event.id));
    }
    await chat.says('hello', at('a:2'));
    expect(await world.asked.toldOf(key('a:1'))).toEqual(ids);
  });

  it('is found to have read what they were told before, and after', async () => {
    const world = aWorld();
    const { answer } = await everyCommand(world);
    const chat = aChat({ world, more: { answer, noteRead: noteRead(world) } });
    for (const [age, id] of ['a:1', 'a:2'].entries())
      await world.conversations.saveConversation(record(id, age));
    const tell = async (number: number) => {
      const event = anEvent({ data: { to: { conversation: key('a:2') }, text: `text ${number}` } });
      world.channel.next('a:2', { result: { kind: 'sent', activityId: `175000000000${number}` } });
      await world.publish(event);
      await world.run(world.clock.now() + minutes(1));
      world.clock.advance(minutes(1));
      return notificationId(event.source, event.id);
    };
    const before = await tell(1);
    await chat.says('hello', at('a:2'));
    const after = await tell(2);
    await chat.says('', {
      ...at('a:2'),
      type: 'event',
      name: 'application/vnd.microsoft.readReceipt',
      value: { lastReadMessageId: '1750000000002' },
    });
    for (const [notification, conversation] of [
      [before, key('a:2')],
      [after, key('a:1')],
    ] as const) {
      const result = await world.ledger.findOutcome({ notification, conversation });
      expect(result).toMatchObject({ outcome: 'delivered', readAt: world.clock.now() });
    }
  });

  it.each([
    ['a receipt', { type: 'event', name: 'application/vnd.microsoft.readReceipt' }],
    ['a press', { replyToId: '1750000000001', value: { say: 'help' } }],
  ])(
    'is found by %s to have read what they were told under a key of before, in a conversation that was replaced',
    async (_by, activity) => {
      const world = aWorld();
      const { answer } = await everyCommand(world);
      const chat = aChat({ world, more: { answer, noteRead: noteRead(world) } });
      for (const [age, id] of ['a:1', 'a:2'].entries())
        await world.conversations.saveConversation(record(id, age));
      // The younger one is told in `a:3` by now, and goes by the key of `a:2` still.
      await world.conversations.saveConversation({ ...record('a:3', 1), key: key('a:2') });
      world.channel.next('a:3', { result: { kind: 'sent', activityId: '1750000000001' } });
      const event = anEvent({ data: { to: { conversation: key('a:2') }, text: 'text' } });
      await world.publish(event);
      await world.run(world.clock.now() + minutes(1));
      await chat.says('hello', at('a:1'));
      await chat.says('hello', at('a:3'));
      const lastReadMessageId = '1750000000001';
      await chat.says('', { value: { lastReadMessageId }, ...at('a:3'), ...activity });
      const id = { notification: notificationId(event.source, event.id), conversation: key('a:2') };
      expect(await world.ledger.findOutcome(id)).toMatchObject({ shownIn: 'a:3', readAt: world.clock.now() });
    },
  );

  it('is found under each key, however often they were merged', async () => {
    const world = aWorld();
    for (const [age, id] of ['a:1', 'a:2', 'a:3'].entries())
      await world.conversations.saveConversation(record(id, age));
    for (const [from, into] of [
      ['a:3', 'a:2'],
      ['a:2', 'a:1'],
    ] as const)
      await world.merge(key(from), key(into), { latest: key(into), locale: 'en' });
    expect([...(await world.addressees.earlierKeys(key('a:1')))].sort()).toEqual(
      ['a:2', 'a:3'].map(key).sort(),
    );
  });

  it('is forgotten under a key that no conversation leads to any more', async () => {
    const world = aWorld();
    const { answer } = await everyCommand(world);
    const chat = aChat({ world, more: { answer } });
    for (const [age, id] of ['a:1', 'a:2'].entries())
      await world.conversations.saveConversation(record(id, age));
    await chat.says('hello', at('a:1'));
    const before = key('a:another');
    await world.addressees.keepEarlierKey(key('a:1'), before);
    const event = anEvent({ data: { to: { conversation: before }, text: 'secret' } });
    await world.publish(event);
    const id = { notification: notificationId(event.source, event.id), conversation: before };
    await world.ledger.claimDelivery(aDeliveryRow({ id }));
    await world.ledger.recordOutcome(id, aResult());
    await chat.says('forget me now', at('a:1'));
    await world.run(world.clock.now() + minutes(1));
    expect(JSON.stringify(await world.notifications.findNotification(id.notification))).not.toContain(
      'secret',
    );
  });

  it('is told where operators see it, also before they are met again', async () => {
    const world = aWorld();
    for (const [id, age, zone] of [
      ['a:1', 1, 'Europe/Berlin'],
      ['a:2', 2, undefined],
      ['a:3', 3, undefined],
    ] as const) {
      const one = record(id, age);
      await world.knows(zone === undefined ? one : { ...one, timeZone: zone });
    }
    await world.publish(anEvent({ data: { to: { user: OBJECT_ID }, text: 'found' } }));
    await world.run(world.clock.now() + minutes(1));
    const person = await personAt(world, key('a:1'));
    if (person === undefined) throw new Error('she was met');
    const { conversations, zone } = await describePerson({ ...world, defaultTimeZone: 'UTC' })(person);
    expect(conversations.filter(({ isTold }) => isTold === true)).toMatchObject([{ conversationId: 'a:1' }]);
    expect(zone).toEqual({ zone: 'Europe/Berlin', from: 'channel' });
  });
});
