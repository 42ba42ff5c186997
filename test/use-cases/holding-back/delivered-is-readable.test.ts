import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { aNotification, anEvent } from '../../support/builders.ts';
import { readIn } from './cards-sent.ts';
import { aPersonWhoIsTold, statesOf } from './held-person.ts';

type Told = Awaited<ReturnType<typeof aPersonWhoIsTold>>;

/** What number `number` of many says: some short, some long, so that no two begin alike. */
function saying(number: number): string {
  const long = number % 3 === 0 ? ` ${`word ${number} `.repeat(20 * (number % 7))}` : '';
  return `message ${number}, in full.${long}`.trim();
}

async function tellMany(told: Told, count: number, delivery: object = { mode: 'adHoc' }) {
  const texts = Array.from({ length: count }, (_, number) => saying(number));
  const ids = [];
  for (const text of texts) ids.push(await told.tell(text, { ...delivery }));
  return { texts, ids };
}

/** Of what is reported as delivered, what nobody could read. */
async function unread(told: Told, { texts, ids }: Awaited<ReturnType<typeof tellMany>>) {
  const states = await statesOf(told.world, ids);
  const cards = readIn(told.world.channel.shown);
  const delivered = texts.filter((_text, place) => states[place] === 'delivered');
  return {
    delivered: delivered.length,
    unread: delivered.filter((text) => !cards.some((said) => said.startsWith(text.slice(0, 300)))),
  };
}

describe('everything that is reported as delivered could be read', () => {
  it.each([40, 300])('of %i direct messages at once', async (count) => {
    const told = await aPersonWhoIsTold();
    const many = await tellMany(told, count);
    await told.passes(seconds(59));
    expect(await unread(told, many)).toEqual({ delivered: 3, unread: [] });
    await told.passes(minutes(15));
    expect(await unread(told, many)).toEqual({ delivered: count, unread: [] });
  });

  it('and beyond the burst comes 60 s after the first of a window at most, one digest a window', async () => {
    const told = await aPersonWhoIsTold();
    const start = told.world.clock.now();
    const sentAt: number[] = [];
    const send = told.world.channel.sendActivity.bind(told.world.channel);
    told.world.channel.sendActivity = async (reference, message) => {
      if (message.summary?.includes('\n• ')) sentAt.push((told.world.clock.now() - start) / 1000);
      return send(reference, message);
    };
    await tellMany(told, 300, { mode: 'adHoc' });
    await told.passes(minutes(15));
    expect(sentAt.length).toBeGreaterThanOrEqual(6);
    expect(Math.floor(sentAt[0] ?? 0)).toBe(60);
    for (const [place, at] of sentAt.slice(1).entries()) {
      const after = at - (sentAt[place] ?? 0);
      expect([place, after >= 60, after < 61]).toEqual([place, true, true]);
    }
  });

  it('of many cards at once, as more than their first lines', async () => {
    const told = await aPersonWhoIsTold();
    const ids = [];
    for (let number = 0; number < 30; number += 1) {
      const body = [
        { type: 'TextBlock', text: `Order ${number}` },
        { type: 'FactSet', facts: [{ title: 'Customer', value: `Customer ${number}` }] },
        { type: 'Input.ChoiceSet', id: 'c', choices: [{ title: `Accept ${number}`, value: 'y' }] },
      ];
      const actions = [{ type: 'Action.OpenUrl', title: 'Open', url: `https://orders.example/${number}` }];
      const event = anEvent({
        data: {
          to: { conversation: told.ana.key },
          card: { type: 'AdaptiveCard', body, actions },
          delivery: { mode: 'adHoc' },
        },
      });
      await told.world.publish(event);
      ids.push(notificationId(event.source, event.id));
      told.world.clock.advance(1);
    }
    await told.passes(minutes(3));
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
    const read = readIn(told.world.channel.shown);
    for (let number = 3; number < 30; number += 1) {
      expect(read).toContain(`Order ${number}  \nCustomer: Customer ${number}  \nAccept ${number}`);
      expect(read).toContain(`[Open](https://orders.example/${number})`);
    }
    const buttons = JSON.stringify(told.world.channel.shown.map(({ message }) => message.card));
    expect(buttons.match(/"title":"Show all"/g)).toHaveLength(1);
  });

  it('of a digest that the former release formed and left to be sent', async () => {
    const told = await aPersonWhoIsTold();
    const { world, ana } = told;
    await told.prefers({ quietHours: { from: 8 * 60, to: 10 * 60 } });
    const ids = [await told.tell('one'), await told.tell('two')];
    await told.passes(seconds(5));
    const id = notificationId('/digests', 'formed before');
    const members = ids.map((notification, place) => ({
      notification,
      kind: 'Notification',
      text: ['one', 'two'][place],
      at: world.clock.now(),
    }));
    await world.notifications.acceptNotification({
      ...aNotification({ type: 'notification.digest', data: { reason: 'quiet-hours', members } }),
      id,
      to: [{ conversation: ana.key }],
    });
    const rows = await world.ledger.deferredDeliveries(ana.key);
    await world.ledger.joinDigest(
      {
        id: { notification: id, conversation: ana.key },
        version: 1,
        state: 'retrying',
        dueAt: world.clock.now(),
        attempts: 0,
        unconfirmed: 0,
        firstClaimedAt: world.clock.now(),
      },
      rows.map(({ dueAt: _due, ...row }) => ({
        ...row,
        version: row.version + 1,
        state: 'joined',
        digest: id,
      })),
    );
    await told.prefers({});
    await told.world.deliveries.send([
      { message: { notification: id, conversation: ana.key, version: 1, hop: 0 } },
    ]);
    await told.passes(seconds(5));
    expect(await statesOf(world, ids)).toEqual(['delivered', 'delivered']);
    expect(readIn(world.channel.shown)).toEqual(expect.arrayContaining(['one', 'two']));
    expect(world.channel.shown).toHaveLength(1);
  });

  it('of what came in quiet hours', async () => {
    const told = await aPersonWhoIsTold();
    await told.prefers({ quietHours: { from: 8 * 60, to: 10 * 60 } });
    const many = await tellMany(told, 120);
    await told.passes(minutes(59));
    expect(await unread(told, many)).toEqual({ delivered: 0, unread: [] });
    await told.passes(minutes(15));
    expect(await unread(told, many)).toEqual({ delivered: 120, unread: [] });
  });

  it('of what waited for a long booking', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    const many = await tellMany(told, 60, { maxWait: 'PT2H' });
    for (let part = 0; part < 5; part += 1) {
      await told.passes(minutes(10));
      await told.speaks();
    }
    await told.finishes();
    await told.passes(minutes(15));
    expect(await unread(told, many)).toEqual({ delivered: 60, unread: [] });
  });
});
