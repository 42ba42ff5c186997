import { beforeEach, describe, expect, it } from 'vitest';
import type { TableService } from '../../../shared/adapters/table/table-service.ts';
import { reachOf } from '../../../shared/domain/conversation/reach.ts';
import { noTurns } from '../../../shared/domain/conversation/turn-state.ts';
import { toStructured } from '../../../shared/domain/event/cloud-event.ts';
import { notificationId, personKey } from '../../../shared/domain/ids.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { personalRecords } from '../../../shared/kinds/records-of.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { noteLayout } from '../../support/notes.ts';
import { aTableWorld, type TableWorld } from '../../support/table-world.ts';
import { freshTables } from '../../support/tables.ts';

/** Everything by which Ana could be known. */
const ANA = {
  id: '29:ana-secret-id',
  name: 'Ana Geheim',
  aadObjectId: 'aad-of-ana',
  chat: 'a:chat-of-ana',
  texts: [
    'letter to ana alone',
    'letter to her chat',
    'water the orchids',
    'later, dear ana',
    'half a booking',
    'held back for ana',
    'choice-of-ana',
  ],
};
const BOB = { id: '29:bob-id', name: 'Bob' };

describe('somebody who is forgotten', () => {
  let service: TableService;
  let world: TableWorld;
  const ana = { id: ANA.id, name: ANA.name, aadObjectId: ANA.aadObjectId };
  const hers = aConversation({ conversationId: ANA.chat, user: ana });
  const his = aConversation({ user: BOB });
  const group = aConversation({ conversationType: 'groupChat', conversationId: '19:group' });
  const madeByHer = aConversation({ conversationType: 'groupChat', conversationId: '19:made' });
  const reference = (of: typeof hers) => ({
    channelId: of.channelId,
    serviceUrl: of.serviceUrl,
    conversationId: of.conversationId,
    conversationType: of.conversationType,
    tenantId: 'contoso',
    bot: of.bot,
  });

  beforeEach(async () => {
    await meet();
  });

  /** A world of its own, in which everybody has written once. */
  async function meet(): Promise<void> {
    service = await freshTables();
    world = aTableWorld(service, {
      kinds: [(given) => ({ personalData: personalRecords(given.records(noteLayout), 'notes') })],
    });
    await world.capture({ reference: { ...reference(hers), user: ana }, speaker: ana, change: 'seen' });
    await world.capture({ reference: { ...reference(his), user: BOB }, speaker: BOB, change: 'seen' });
    await world.capture({ reference: { ...reference(group), user: BOB }, speaker: BOB, change: 'seen' });
    await world.capture({ reference: { ...reference(group), user: ana }, speaker: ana, change: 'seen' });
    await world.capture({
      reference: { ...reference(madeByHer), user: ana, installedBy: ana },
      speaker: ana,
      change: 'seen',
    });
  }

  /** Uses everything that there is to use. */
  async function live(): Promise<void> {
    const { stores, clock } = world;
    await stores.conversations.greetOnce(hers.key);
    const { tenant } = hers;
    for (const conversation of [hers.key, his.key]) {
      await stores.subscriptions.subscribe({
        conversation,
        tenant,
        topic: aTopic('builds'),
        since: clock.now(),
      });
      await stores
        .records(noteLayout)
        .put({ conversation, tenant, key: 'plan', value: { text: `note of ${conversation}` } });
    }
    await world.createReminder({
      conversation: hers.key,
      id: 'turn-1',
      text: 'water the orchids',
      schedule: {
        at: clock.now() + days(2),
        zone: 'UTC',
        recurrence: { rule: 'FREQ=DAILY', start: '2026-11-25T09:00:00' },
      },
    });
    // One that she asked for in a group was told once, and comes again.
    await world.createReminder({
      conversation: group.key,
      id: 'turn-2',
      text: 'chore of all',
      schedule: {
        at: clock.now() + seconds(30),
        zone: 'UTC',
        recurrence: { rule: 'FREQ=DAILY', start: '2026-11-23T09:00:30' },
      },
      isPlace: true,
      asked: { person: personKey(ANA.id), name: ANA.name, thread: '19:group;messageid=1' },
    });
    await world.fire();
    await world.publish({ to: { user: ANA.id }, text: 'letter to ana alone' });
    await world.publish({ to: { user: ANA.aadObjectId }, text: 'letter to ana alone' });
    await world.publish({ to: { conversation: hers.key }, text: 'letter to her chat' });
    await world.publish({ to: [{ user: ANA.id }, { user: BOB.id }], text: 'for both' });
    await world.publish({ to: { everyone: true }, text: 'for all' });
    const asked = await world.publish(
      {
        to: [{ user: ANA.id }, { conversation: group.key }],
        question: 'How?',
        choices: ['Great', 'Fine'],
      },
      'survey.requested',
    );
    await world.run();
    for (const id of [
      { notification: asked, conversation: hers.key },
      { notification: asked, conversation: group.key, person: personKey(ANA.id) },
    ]) {
      await stores.answers.keepAnswer({ id, choice: 'choice-of-ana', at: clock.now(), turn: 'x' });
    }
    const toSnooze = await world.publish({ to: { user: ANA.id }, text: 'later, dear ana' });
    await world.run();
    await world.snoozeNotification({
      notification: toSnooze,
      conversation: hers.key,
      until: clock.now() + days(3),
    });
    // In the middle of something, with a message that waits for its end.
    const { state, tag } = await stores.turns.loadTurns({ conversation: hers.key });
    await stores.turns.saveTurns(
      { conversation: hers.key },
      {
        ...state,
        spokeAt: clock.now(),
        dialog: {
          name: 'book travel',
          title: 'travel booking',
          version: 1,
          state: { destination: 'half a booking' },
          prompt: { text: 'half a booking' },
        },
      },
      tag,
    );
    await stores.turns.saveTurns(
      { conversation: group.key, speaker: personKey(ANA.id) },
      { ...noTurns, spokeAt: clock.now() },
    );
    await stores.preferences.savePreferences(hers.key, { mutes: [], timeZone: 'Europe/Berlin' });
    await world.publish({ to: { user: ANA.id }, text: 'held back for ana' });
    await world.publish({ to: { user: ANA.id }, text: '' });
    await world.publish({ to: [{ user: ANA.id }, { user: BOB.id }], text: '' });
    await world.accept({ envelope: 'no', original: `{"to":{"user":"${ANA.id}"} broken`, at: clock.now() });
    await world.run(clock.now() + seconds(5));
  }

  const forget = () =>
    world.forgetMe({ conversation: hers, speaker: ana, turn: 'turn-forget', saidAt: world.clock.now() });

  it('is nowhere any more: not by id, name, conversation or text', async () => {
    await live();
    const before = await everythingIn(service);
    for (const trace of [ANA.id, ANA.name, ANA.aadObjectId, ANA.chat, ...ANA.texts]) {
      expect(before.join('\n'), `"${trace}" should be stored before`).toContain(trace);
    }
    await forget();
    await world.run(world.clock.now() + minutes(1));
    world.clock.advance(minutes(3));
    await world.sweep();
    await world.run(world.clock.now() + minutes(1));

    const after = await everythingIn(service);
    for (const trace of [ANA.id, ANA.name, ANA.aadObjectId, ANA.chat, ...ANA.texts, 'activity-of']) {
      const left = after.filter((row) => row.includes(trace) && !row.includes('activity-of-bob'));
      expect(left, `"${trace}" is left`).toEqual([]);
    }
    // The hash of the conversation: on the ledger and in a walk's place, the tombstone, and what looks after it until the day is over.
    const keyed = after.filter((row) => row.includes(hers.key));
    const allowed = /^(conversations [\w-]{43} d:|notifications [\w-]{43} [rw]:|directory f:|due d:)/;
    expect(keyed.filter((row) => !allowed.test(row))).toEqual([]);
    // Others keep what is theirs.
    expect(after.join('\n')).toContain(BOB.id);
    expect(await world.stores.subscriptions.subscriptionsOf(his.key)).toHaveLength(1);
    expect(await world.stores.conversations.findConversation(group.key)).toMatchObject({ user: BOB });
    expect(await world.stores.conversations.findConversation(madeByHer.key)).not.toHaveProperty('user');
  });

  it('what was still to be told to them ends as forgotten, and nothing is sent any more', async () => {
    await live();
    const waiting = await world.publish({ to: { user: ANA.id }, text: 'held back for ana' });
    await world.run(world.clock.now() + seconds(5));
    const sent = world.channel.requests.length;
    await forget();
    await world.publish({ to: { conversation: hers.key }, text: 'after it' });
    await world.run(world.clock.now() + hours(1));
    for (let minute = 0; minute < 3; minute += 1) {
      world.clock.advance(minutes(3));
      await world.sweep();
      await world.run(world.clock.now() + minutes(1));
    }
    expect(world.channel.requests.slice(sent)).toEqual([]);
    expect(
      await world.stores.ledger.findOutcome({ notification: waiting, conversation: hers.key }),
    ).toMatchObject({
      outcome: 'suppressed',
      reason: 'forgotten',
    });
  });

  it('who falls out of what leads to them is known by their ids there too', async () => {
    const there = aConversation({
      channelId: 'telegram',
      conversationId: '77',
      user: { id: '77', name: ANA.name },
    });
    const { addressees } = world.stores;
    await addressees.saveReach(hers.key, reachOf(hers));
    await addressees.leadToAddressee(there.key, hers.key);
    await addressees.keepPlace(hers.key, there);
    await forget();
    const stone = await world.stores.tombstones.findTombstone(there.key);
    expect(stone?.request).toMatchObject({ channelId: 'telegram', tenant: there.tenant });
    expect(stone?.request?.persons).toContain(personKey('77'));
  });

  it('leaves not even a hash when the day is over', async () => {
    await live();
    await forget();
    const forgottenAt = world.clock.now();
    for (const after of [0, minutes(3), days(1), days(1) + minutes(3)]) {
      world.clock.set(Math.max(world.clock.now(), forgottenAt + after));
      await world.sweep();
      await world.run(world.clock.now());
    }
    expect(await world.stores.tombstones.findTombstone(hers.key)).toBeUndefined();
    expect(await world.stores.tombstones.findTombstone(personKey(ANA.id))).toBeUndefined();
    const keyed = (await everythingIn(service)).filter((row) => row.includes(hers.key));
    expect(keyed.filter((row) => !/^(notifications [\w-]{43} [rw]:|due d:)/.test(row))).toEqual([]);
  });

  it('who writes again is somebody new; the same activity again, or an earlier one, brings nobody back', async () => {
    await forget();
    const sighting = { reference: { ...reference(hers), user: ana }, speaker: ana, change: 'seen' } as const;
    const now = world.clock.now();
    for (const turn of [
      { id: 'turn-forget', saidAt: now },
      { id: 'earlier', saidAt: now - 5 },
    ]) {
      expect(await world.capture({ ...sighting, turn })).toMatchObject({ isForgotten: true });
    }
    expect(await world.capture({ reference: sighting.reference, change: 'heard' })).toMatchObject({
      isForgotten: true,
    });
    const back = await world.capture({ ...sighting, turn: { id: 'hello again', saidAt: now + 5 } });
    expect(back).toMatchObject({ isNew: true });
    expect(back.isForgotten).toBeUndefined();
    await world.stores.subscriptions.subscribe({
      conversation: hers.key,
      tenant: hers.tenant,
      topic: aTopic('builds'),
      since: now,
    });
    // What was under way for the one who is forgotten does nothing to the new one.
    await world.run(world.clock.now() + seconds(1));
    world.clock.advance(minutes(3));
    await world.sweep();
    await world.run(world.clock.now() + seconds(1));
    expect(await world.stores.conversations.findConversation(hers.key)).not.toHaveProperty('suppressed');
    expect(await world.stores.subscriptions.subscriptionsOf(hers.key)).toHaveLength(1);
    expect(await world.findPerson({ user: ANA.id })).toMatchObject({ personal: hers.key });
  });

  it('an event that comes later names nobody who is known', async () => {
    await forget();
    await world.run(world.clock.now() + seconds(1));
    const event = anEvent({ data: { to: { user: ANA.id }, text: 'too late' } });
    await world.accept({ envelope: toStructured(event), original: '', at: world.clock.now() });
    const id = notificationId(event.source, event.id);
    expect((await world.stores.ledger.countOutcomes(id)).outcomes).toEqual({ 'no-such-recipient': 1 });
  });
});

/** Every row of every table, as `<table> <partition key> <row key> <values>`. */
async function everythingIn(service: TableService): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const name of tableNames) {
    const table = service.table(name);
    for await (const row of table.rows({ firstPartition: '', lastPartition: '~' })) {
      const { partitionKey, rowKey, etag: _tag, ...values } = row;
      const text = Object.values(values).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : JSON.stringify(value),
      );
      rows.push(`${name} ${partitionKey} ${rowKey} ${text.join(' ')}`);
    }
  }
  return rows;
}
