import { describe, expect, it } from 'vitest';
import { transitions } from '../../../shared/domain/delivery/states.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { milliseconds, minutes, seconds } from '../../../shared/domain/time.ts';
import { tableStores } from '../../contract/stores.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { heldToTransitions, type Transition } from '../../support/held-to-transitions.ts';
import { freshTables } from '../../support/tables.ts';
import { aWorld, Crash, LEASE } from '../../support/world.ts';
import { failed } from './disturbed-delivery.ts';

const allDay = { from: 0, to: 24 * 60 - 1 };
const throttled = failed(429, 'Throttled', { retryAfter: seconds(20) });

/** Somebody whose deliveries go all the ways that there are. */
async function lives(service?: Awaited<ReturnType<typeof freshTables>>) {
  const seen = new Set<Transition>();
  const world = aWorld({
    burst: { count: 3, window: seconds(60) },
    onTransition: (transition) => seen.add(transition),
    ...(service === undefined ? {} : { stores: (clock) => tableStores(service, clock) }),
  });
  const stores = service === undefined ? world : tableStores(service, world.clock);
  const ana = aConversation();
  await stores.conversations.saveConversation(ana);

  const told: ReturnType<typeof notificationId>[] = [];
  const tell = async (delivery: object = { urgent: true }) => {
    const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello', delivery } });
    await world.publish(event);
    world.clock.advance(1);
    told.push(notificationId(event.source, event.id));
  };
  const passes = async (span: number) => {
    const end = world.clock.now() + span;
    await world.run(end);
    world.clock.set(end);
  };
  const quiet = async (isQuiet: boolean) => {
    const { tag } = await stores.preferences.findPreferences(ana.key);
    await stores.preferences.savePreferences(
      ana.key,
      { mutes: [], ...(isQuiet ? { quietHours: allDay } : {}) },
      tag,
    );
    if (!isQuiet) await world.release(ana.key);
  };
  const fillsUp = () => stores.ledger.countSends(ana.key, 60, world.clock.now());
  const wanted = {};

  world.channel.next(ana.conversationId, throttled);
  await tell();
  await passes(minutes(1));
  // Its worker dies, and another one claims it when the lease is over.
  world.watch.failNext('messenger.sendActivity', { error: new Crash(), when: 'after' });
  await tell({ urgent: true, onUnconfirmed: 'resend' });
  await passes(LEASE * 2);
  // The same, and the lease is over in quiet hours.
  world.watch.failNext('messenger.sendActivity', { error: new Crash(), when: 'before' });
  await tell({ onUnconfirmed: 'resend' });
  await passes(seconds(1));
  await quiet(true);
  await passes(LEASE * 2);
  await quiet(false);
  await passes(minutes(2));
  // A retry that comes in quiet hours.
  world.channel.next(ana.conversationId, throttled);
  await tell(wanted);
  await passes(seconds(1));
  await quiet(true);
  await passes(minutes(2));
  await quiet(false);
  await passes(minutes(2));
  // A retry that finds no room.
  world.channel.next(ana.conversationId, throttled);
  await tell();
  await passes(seconds(15));
  await fillsUp();
  await passes(minutes(2));
  // Held back by quiet hours, and let go without room.
  await quiet(true);
  await tell(wanted);
  await passes(seconds(1));
  await fillsUp();
  await quiet(false);
  await passes(minutes(2));
  // Two that go together.
  await quiet(true);
  await tell(wanted);
  await tell(wanted);
  await passes(seconds(1));
  await quiet(false);
  await passes(minutes(2));
  // More at once than anybody wants, and then quiet hours.
  for (let message = 0; message < 4; message += 1) await tell(wanted);
  await passes(seconds(1));
  await quiet(true);
  await world.release(ana.key);
  await passes(seconds(1));
  await quiet(false);
  await passes(minutes(2));
  // The channel has another conversation with her.
  world.channel.next(ana.conversationId, failed(404, 'ConversationNotFound'));
  await tell();
  await passes(minutes(2));
  // She turns out to be somebody who was known before, while there is something under way in each way.
  const eve = aConversation();
  await stores.conversations.saveConversation(eve);
  world.watch.failNext('messenger.sendActivity', { error: new Crash(), when: 'before' });
  await tell({ urgent: true, onUnconfirmed: 'resend' });
  await passes(seconds(1));
  await quiet(true);
  await tell(wanted);
  await passes(seconds(1));
  world.channel.next(`personal-with-${ana.user?.id}`, throttled);
  await tell();
  await passes(milliseconds(100));
  await tell();
  await stores.addressees.leadToAddressee(ana.key, eve.key);
  await world.release(ana.key);
  await passes(LEASE * 3);

  const outcomes = await Promise.all(
    told.map(
      async (notification) =>
        (await stores.ledger.findOutcome({ notification, conversation: ana.key }))?.outcome,
    ),
  );
  return { seen, outcomes: new Set(outcomes) };
}

describe('the states of a delivery', () => {
  const all = Object.entries(transitions).flatMap(([from, next]) =>
    Object.keys(next).map((to) => `${from} -> ${to}`),
  );

  it.each(['in memory', 'in Table Storage'])(
    'follow each other as the table says, and in no other way: %s',
    async (where) => {
      const { seen, outcomes } = await lives(where === 'in memory' ? undefined : await freshTables());
      expect([...seen].sort()).toEqual([...all].sort());
      expect([...outcomes]).toEqual(['delivered']);
    },
    60_000,
  );

  it('are held to it: a row that skips a state, or a version, is not written unnoticed', async () => {
    const { ledger } = aWorld();
    const row = {
      id: { notification: notificationId('/a', '1'), conversation: aConversation().key },
      attempts: 0,
      unconfirmed: 0,
      firstClaimedAt: 0,
    };
    await expect(ledger.changeDelivery({ ...row, version: 1, state: 'joined' })).rejects.toThrow(
      /absent may not become joined/,
    );
    const held = heldToTransitions(ledger);
    const claimed = await held.claimDelivery({
      ...row,
      id: { ...row.id, notification: notificationId('/a', '2') },
      version: 0,
      state: 'claimed',
    });
    if (claimed === 'lost') throw new Error('nobody else wrote it');
    await expect(held.changeDelivery({ ...claimed, version: 3, state: 'retrying' })).rejects.toThrow(
      /version 3/,
    );
  });
});
