import { describe, expect, it } from 'vitest';
import { conversationKey, notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { mergedRecords } from '../../../shared/kinds/records-of.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { undeciphered } from '../../support/fakes/scripted-messenger.ts';
import { noteLayout } from '../../support/notes.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld, type World } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const ANA = { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID };
const key = (id: string) => conversationKey('msteams', id);
const recordOf = (id: string, minute = 0) => {
  const built = aConversation({ conversationId: id, user: ANA });
  return { ...built, capturedAt: built.capturedAt + minutes(minute) };
};
const sightingOf = (id: string) => ({
  change: 'seen' as const,
  speaker: ANA,
  reference: { ...referenceOf(recordOf(id)), conversationId: id },
});

function referenceOf({
  channelId,
  serviceUrl,
  conversationType,
  tenantId,
  bot,
}: ReturnType<typeof recordOf>) {
  return { channelId, serviceUrl, conversationType, bot, user: ANA, ...(tenantId ? { tenantId } : {}) };
}

const textsOf = (world: World) => world.channel.shown.map(({ message }) => newsOf(message));

describe('a merge whose worker dies at any step', () => {
  /** Two conversations of one person, as the release before addressees left them, with a wish in each. */
  async function two() {
    const world = aWorld();
    const records = [recordOf('a:1'), recordOf('a:2', 1)];
    for (const [index, record] of records.entries()) {
      await world.conversations.saveConversation(record);
      const topic = aTopic(`topic-${index + 1}`);
      const { key: conversation, tenant } = record;
      await world.subscriptions.subscribe({ conversation, tenant, topic, since: world.clock.now() });
      await world.createReminder({
        conversation,
        id: `turn-${index}`,
        text: `reminder ${index + 1}`,
        schedule: { at: world.clock.now() + minutes(30), zone: 'UTC' },
      });
    }
    await world.preferences.savePreferences(key('a:2'), { mutes: [{ topic: aTopic('noise') }] });
    return world;
  }

  it('goes on with the next word, and loses and repeats nothing', async () => {
    const whole = await two();
    const before = whole.watch.calls.length;
    await whole.capture(sightingOf('a:2'));
    const steps = whole.watch.calls.length - before;
    expect(steps).toBeGreaterThan(30);
    for (let step = 0; step < steps; step += 1) {
      const world = await two();
      const begun = world.clock.now();
      const error = new StoreUnavailable('anything', new Error('away'));
      world.watch.failCall(world.watch.calls.length + step, { error, when: 'after' });
      await world.capture(sightingOf('a:2')).catch(() => undefined);
      // Meanwhile everybody is told, whatever state it is in.
      await world.publish(anEvent({ data: { to: { everyone: true }, text: 'news' } }));
      await world.run(world.clock.now() + minutes(2));
      await world.capture(sightingOf('a:2'));
      const topics = (await world.subscriptions.subscriptionsOf(key('a:1'))).map(({ topic }) => topic);
      expect(topics).toEqual(['topic-1', 'topic-2']);
      expect((await world.preferences.findPreferences(key('a:1'))).preferences.mutes).toEqual([
        { topic: 'noise' },
      ]);
      expect((await world.conversations.listConversations({ limit: 10 })).items).toHaveLength(1);
      const { reminders } = await world.reminders.of(key('a:1'));
      expect(reminders.map(({ reminder }) => reminder.text).sort()).toEqual(['reminder 1', 'reminder 2']);
      world.clock.set(begun + minutes(29));
      await world.fire();
      await world.run(world.clock.now() + minutes(10));
      const texts = textsOf(world);
      expect(texts.filter((text) => /reminder [12]/.test(text))).toHaveLength(2);
      // Of two who are not known to be one yet, each is told.
      expect(texts.filter((text) => text === 'news').length).toBeLessThanOrEqual(2);
    }
  });
});

describe('records of a kind', () => {
  it('move with a merge; of two with one key the addressee’s own stays', async () => {
    const notes = (world: World) => world.records(noteLayout);
    const world = aWorld({ kinds: [(given) => ({ merge: mergedRecords(given.records(noteLayout)) })] });
    for (const [id, minute, about] of [
      ['a:1', 0, ['plan']],
      ['a:2', 1, ['plan', 'diet']],
    ] as const) {
      await world.conversations.saveConversation(recordOf(id, minute));
      const { key: conversation, tenant } = recordOf(id);
      for (const name of about) {
        await notes(world).put({ conversation, tenant, key: name, value: { text: `${name} of ${id}` } });
      }
    }
    await world.capture(sightingOf('a:2'));
    const texts = async (id: string) =>
      (await notes(world).of(key(id))).map(({ value }) => value.text).sort();
    expect(await texts('a:1')).toEqual(['diet of a:2', 'plan of a:1']);
    expect(await texts('a:2')).toEqual([]);
  });
});

describe('somebody who is forgotten', () => {
  it('is forgotten in all of their conversations, and is somebody new after', async () => {
    const world = aWorld();
    for (const id of ['a:1', 'a:2']) await world.capture(sightingOf(id));
    const { conversation } = await world.capture(sightingOf('a:2'));
    await world.forgetMe({ conversation, speaker: ANA, turn: 'turn' });
    await world.run(world.clock.now() + minutes(5));
    for (const id of ['a:1', 'a:2']) expect(await world.addressees.findAddressee(key(id))).toEqual({});
    const turn = { id: 'later', saidAt: world.clock.now() };
    const back = await world.capture({ ...sightingOf('a:2'), turn });
    expect(back.isNew).toBe(true);
    expect(back.conversation.key).toBe(key('a:2'));
  });

  it('by a worker of the former release is somebody new, too, and is told', async () => {
    const world = aWorld();
    for (const id of ['a:1', 'a:2']) await world.capture(sightingOf(id));
    // It knows of the first conversation alone, and leaves what leads there.
    const record = recordOf('a:1');
    const request = { ...record, conversation: record.key, scope: 'conversation', persons: [] } as const;
    await world.personalData.forgetConversation(request, { withDeliveries: false });
    await world.capture(sightingOf('a:2'));
    for (const to of [{ user: ANA.id }, { conversation: key('a:2') }]) {
      await world.publish(anEvent({ data: { to, text: 'hello' } }));
    }
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn('a:2')).toEqual(['hello', 'hello']);
  });

  it('is exported with every conversation of theirs', async () => {
    const world = aWorld();
    for (const id of ['a:1', 'a:2']) await world.capture(sightingOf(id));
    const { conversation } = await world.capture(sightingOf('a:1'));
    const text = JSON.stringify(await world.exportPersonalData(conversation, ANA));
    for (const id of ['a:1', 'a:2']) expect(text).toContain(`"conversationId":"${id}"`);
  });
});

describe('a whole company at the pace of its tenant, whose bot has another identity', () => {
  /** All of them: `NIGHTLY=1`. */
  const COUNT = process.env.NIGHTLY === '1' ? 10_000 : 1000;
  const PER_SECOND = 50;

  it('is opened anew: nobody is lost or told twice, wishes are kept, and no second has more requests than it may', async () => {
    const world = aWorld({ isPaced: true, requestsPerSecond: PER_SECOND });
    const bySecond = new Map<number, number>();
    const counts = () => {
      const second = Math.floor(world.clock.now() / 1000);
      bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
    };
    const [send, create] = [world.channel.sendActivity, world.channel.createConversation].map((one) =>
      one.bind(world.channel),
    );
    Object.assign(world.channel, {
      sendActivity: (...given: Parameters<typeof world.channel.sendActivity>) => {
        counts();
        const { conversationId } = given[0];
        // What the former bot knew cannot be read; what is opened by an object id is the new one's.
        if (conversationId.startsWith('a:')) return undeciphered;
        return (send as typeof world.channel.sendActivity)(...given);
      },
      createConversation: (...given: Parameters<typeof world.channel.createConversation>) => {
        counts();
        return (create as typeof world.channel.createConversation)(...given);
      },
    });
    const people = Array.from({ length: COUNT }, (_person, index) => {
      const aadObjectId = `5b6f1a10-0000-4000-8000-${String(index).padStart(12, '0')}`;
      return aConversation({ conversationId: `a:${index}`, user: { id: `29:old-${index}`, aadObjectId } });
    });
    await world.knows(...people);
    const since = world.clock.now();
    for (const { key: conversation, tenant } of people) {
      await world.subscriptions.subscribe({ conversation, tenant, topic: aTopic('builds'), since });
    }
    for (const text of ['first', 'second']) {
      const event = anEvent({ data: { to: { topic: 'builds' }, text } });
      await world.publish(event);
      for (let part = 0; part < COUNT; part += 1) await world.run(world.clock.now() + minutes(1));
      const report = await world.report(notificationId(event.source, event.id), {});
      expect(report?.outcomes).toEqual({ delivered: COUNT });
      const told = world.channel.shown.filter(({ message }) => newsOf(message) === text);
      expect(told).toHaveLength(COUNT);
      expect(new Set(told.map(({ conversationId }) => conversationId)).size).toBe(COUNT);
    }
    expect(world.channel.creations).toHaveLength(COUNT);
    // Of two seconds that meet in the middle of a window, each may have a few of the other's.
    expect(Math.max(...bySecond.values())).toBeLessThanOrEqual(PER_SECOND * 1.1);
  }, 1_800_000);
});

describe('a company whose bot has another identity', () => {
  const COUNT = 300;
  const objectIdOf = (index: number) => `5b6f1a10-0000-4000-8000-${String(index).padStart(12, '0')}`;

  async function company() {
    const world = aWorld();
    const people = Array.from({ length: COUNT }, (_person, index) =>
      aConversation({ user: { id: `29:old-${index}`, aadObjectId: objectIdOf(index) } }),
    );
    await world.knows(...people);
    const since = world.clock.now();
    for (const { key: conversation, tenant } of people) {
      await world.subscriptions.subscribe({ conversation, tenant, topic: aTopic('builds'), since });
    }
    const tell = async (text: string) => {
      const event = anEvent({ data: { to: { topic: 'builds' }, text } });
      await world.publish(event);
      for (let part = 0; part < 6; part += 1) await world.run(world.clock.now() + minutes(10));
      return world.report(notificationId(event.source, event.id), {});
    };
    return { world, people, tell };
  }

  it.each([
    ['without a message', false],
    ['by the notification itself', true],
  ])('is opened anew %s, each once and by the object id, and wants what it wanted', async (_how, insists) => {
    const { world, people, tell } = await company();
    world.channel.insistsOnActivity = insists;
    for (const { conversationId } of people) {
      world.channel.next(conversationId, ...Array.from({ length: 20 }, () => ({ result: undeciphered })));
    }
    expect((await tell('first'))?.outcomes).toEqual({ delivered: COUNT });
    expect((await tell('second'))?.outcomes).toEqual({ delivered: COUNT });
    // Those that are refused for want of a message are asked for once more, with it.
    const isAskedTwice = insists ? [1, 2] : [1];
    expect(world.channel.creations.map(({ user }) => user.id).sort()).toEqual(
      people.flatMap((_person, index) => isAskedTwice.map(() => objectIdOf(index))),
    );
    for (const text of ['first', 'second']) {
      const told = world.channel.shown.filter(({ message }) => newsOf(message) === text);
      expect(new Set(told.map(({ conversationId }) => conversationId)).size).toBe(COUNT);
      expect(told).toHaveLength(COUNT);
    }
  });

  it('is told when an outage of the same words passes, and nobody is suppressed', async () => {
    const { world, people, tell } = await company();
    for (const { conversationId } of people) {
      world.channel.next(conversationId, ...Array.from({ length: 5 }, () => ({ result: undeciphered })));
      world.channel.nextCreation({
        kind: 'failed',
        status: 403,
        code: 'BotNotInConversationRoster',
        surelyNotSent: true,
      });
    }
    expect((await tell('first'))?.outcomes).toEqual({ delivered: COUNT });
    expect(world.channel.shown).toHaveLength(COUNT);
    const { items } = await world.conversations.listConversations({ limit: 1000 });
    expect(items.filter(({ suppressed }) => suppressed !== undefined)).toEqual([]);
  });
});
