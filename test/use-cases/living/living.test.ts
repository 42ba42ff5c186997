import { describe, expect, it } from 'vitest';
import { noPreferences } from '../../../shared/domain/conversation/preferences.ts';
import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { anEvent } from '../../support/builders.ts';
import { BUSY } from '../../support/busy.ts';
import { notThere } from '../../support/fakes/scripted-messenger.ts';
import { Crash } from '../../support/world.ts';
import { ofOne, outcomeOf } from './of-one.ts';

const throttled: SendResult = { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true };
const broken: SendResult = { kind: 'failed', code: 'ECONNRESET', surelyNotSent: false };
const unsupported: SendResult = {
  kind: 'failed',
  status: 405,
  code: 'BadArgument',
  surelyNotSent: true,
};

describe('a state of a thing, by what became of the message before', () => {
  it('shown: changes it in place, and is called updated', async () => {
    const { world, tell, seen } = await ofOne();
    const first = await tell();
    await world.run();
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 2']);
    expect(world.channel.shown[0]?.states).toHaveLength(2);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual(['delivered', 'updated']);
  });

  it('shown: changes it at once, though the person is muted, has quiet hours, and was told too much', async () => {
    const { world, ana, tell, seen } = await ofOne({ burst: { count: 1, window: seconds(60) } });
    await tell();
    await world.run();
    const quietHours = { from: 0, to: 24 * 60 - 1 };
    await world.preferences.savePreferences(ana.key, { ...noPreferences, quietHours, mutes: [{}] });
    const second = await tell();
    await world.run(world.clock.now() + seconds(5));
    expect(seen()).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toBe('updated');
  });

  it('queued: only the newest is told, once', async () => {
    const { world, tell, seen } = await ofOne();
    const first = await tell();
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toMatch(/delivered|updated/);
    expect(await outcomeOf(world, first)).toMatch(/delivered|superseded/);
  });

  it('queued behind the newer one: is superseded, and changes nothing', async () => {
    const { world, tell, seen } = await ofOne();
    const newer = await tell({}, { sequence: '10' });
    await world.run();
    const older = await tell({}, { sequence: '9' });
    await world.run();
    expect(seen()).toEqual(['state 1']);
    expect([await outcomeOf(world, newer), await outcomeOf(world, older)]).toEqual([
      'delivered',
      'superseded',
    ]);
  });

  it('held back by a burst: only the newest is told, when the burst is over', async () => {
    const { world, tell, seen } = await ofOne({ burst: { count: 1, window: seconds(60) } });
    await tell({}, { key: 'another' });
    await world.run(world.clock.now() + seconds(1));
    const first = await tell();
    await world.run(world.clock.now() + seconds(1));
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 1', 'state 3']);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual([
      'superseded',
      'delivered',
    ]);
  });

  it('in a digest that was not sent: the newest stands, and the digest leaves the first one out', async () => {
    const { world, ana, tell } = await ofOne({ burst: { count: 1, window: seconds(60) } });
    await tell({}, { key: 'fills the window' });
    await world.run(world.clock.now() + seconds(1));
    const first = await tell();
    const beside = await tell({}, { key: 'another' });
    await world.run(world.clock.now() + seconds(1));
    world.channel.next(ana.conversationId, { result: throttled });
    await world.run(world.clock.now() + seconds(60));
    const second = await tell();
    await world.run();
    const told = JSON.stringify(world.channel.shown.map(({ message }) => message));
    expect(told).toContain('state 4');
    expect(told).not.toContain('state 2');
    expect(await Promise.all([first, beside, second].map((id) => outcomeOf(world, id)))).toEqual([
      'superseded',
      'delivered',
      'delivered',
    ]);
  });

  it('in a digest that was shown: the next is a message of its own', async () => {
    const { world, tell } = await ofOne({ burst: { count: 1, window: seconds(60) } });
    await tell({}, { key: 'fills the window' });
    await world.run(world.clock.now() + seconds(1));
    await tell();
    await tell({}, { key: 'another' });
    await world.run();
    expect(world.channel.shown).toHaveLength(2);
    world.clock.advance(minutes(5));
    const next = await tell();
    await world.run();
    expect(world.channel.shown).toHaveLength(3);
    expect(world.channel.changes).toEqual([]);
    expect(await outcomeOf(world, next)).toBe('delivered');
  });

  it('retrying: the newest is told in its place, at once', async () => {
    const { world, ana, tell, seen } = await ofOne();
    world.channel.next(ana.conversationId, {
      result: { ...throttled, retryAfter: minutes(5) } as SendResult,
    });
    const first = await tell();
    await world.run(world.clock.now() + seconds(1));
    const second = await tell();
    await world.run(world.clock.now() + seconds(20));
    expect(seen()).toEqual(['state 2']);
    await world.run();
    expect(seen()).toEqual(['state 2']);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual([
      'superseded',
      'delivered',
    ]);
  });

  it('unknown: it stays so and is not repeated; the newest is a message of its own', async () => {
    const { world, ana, tell, seen } = await ofOne();
    world.channel.next(ana.conversationId, { result: broken, shown: true });
    const first = await tell();
    await world.run(world.clock.now());
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 1', 'state 2']);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual([
      'unconfirmed',
      'delivered',
    ]);
  });

  it('under way when its worker died: waits for it, and tells the newest once', async () => {
    const { world, tell, seen } = await ofOne();
    world.watch.failNext('messenger.sendActivity', { error: new Crash(), when: 'before' });
    const first = await tell();
    await world.run(world.clock.now());
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 2']);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual([
      'unconfirmed',
      'delivered',
    ]);
  });

  it('written down as shown when its worker died: delivered, without another request', async () => {
    const { world, tell, seen } = await ofOne();
    world.watch.failNext('ledger.recordOutcome', { error: new Crash(), when: 'before' });
    const first = await tell();
    await world.run();
    expect(seen()).toEqual(['state 1']);
    expect(await outcomeOf(world, first)).toBe('delivered');
    await tell();
    await world.run();
    expect(seen()).toEqual(['state 2']);
  });

  it.each([
    ['deleted by the person', notThere],
    [
      'deleted, as Teams says it',
      { kind: 'failed', status: 403, code: 'ServiceError', surelyNotSent: true } as SendResult,
    ],
    ['on a channel that changes nothing', unsupported],
  ])('%s: one new message, which later states change or follow', async (_how, result) => {
    const { world, ana, tell } = await ofOne();
    await tell();
    await world.run();
    await world.channel.removeActivity(ana, world.channel.shown[0]?.activityId ?? '');
    world.channel.nextChange(ana.conversationId, { result });
    const second = await tell();
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toBe('delivered');
    await tell();
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(
      result === unsupported ? ['state 2', 'state 3'] : ['state 3'],
    );
  });

  it('gone, of somebody who uninstalled the bot meanwhile: nobody is told', async () => {
    const { world, ana, tell, seen } = await ofOne();
    await tell();
    await world.run();
    await world.channel.removeActivity(ana, world.channel.shown[0]?.activityId ?? '');
    await world.conversations.suppressConversation(ana.key, 'uninstalled');
    const second = await tell();
    await world.run();
    expect(seen()).toEqual([]);
    expect(await outcomeOf(world, second)).toBe('suppressed');
  });

  it('answered without an id: the next one is a message of its own', async () => {
    const { world, ana, tell, seen } = await ofOne();
    world.channel.next(ana.conversationId, { result: { kind: 'sent' } });
    await tell();
    await world.run();
    await tell();
    await world.run();
    expect(seen()).toEqual(['state 1', 'state 2']);
  });

  it.each(['webchat', 'directline'])(
    'on %s: a message each, and no request that would be refused',
    async (channelId) => {
      const { world, tell, seen } = await ofOne({}, { channelId });
      await tell();
      await world.run();
      await tell();
      await world.run();
      expect(seen()).toEqual(['state 1', 'state 2']);
      expect(world.channel.changes).toEqual([]);
    },
  );

  it('the last one: the next begins a new message, and an older one changes nothing', async () => {
    const { world, tell, seen } = await ofOne();
    await tell({}, { sequence: '1' });
    await world.run();
    await tell({ last: true }, { sequence: '3' });
    await world.run();
    const late = await tell({}, { sequence: '2' });
    await world.run();
    await tell({}, { sequence: '4' });
    await world.run();
    await tell({}, { sequence: '5' });
    await world.run();
    expect(seen()).toEqual(['state 2', 'state 5']);
    expect(await outcomeOf(world, late)).toBe('superseded');
  });

  it('sent as the last one: the next begins a new message', async () => {
    const { world, tell, seen } = await ofOne();
    await tell({ last: true });
    await world.run();
    await tell();
    await world.run();
    expect(seen()).toEqual(['state 1', 'state 2']);
  });

  it.each([
    ['five minutes ahead at most: is the newer one', 5, 'superseded', 'first'],
    ['further ahead: is older than what comes after it', 6, 'updated', 'second'],
  ])('of a time %s', async (_how, ahead, outcome, text) => {
    const { world, ana, seen } = await ofOne();
    const publish = async (id: string, time: number) => {
      const data = { to: { conversation: ana.key }, text: id, delivery: { key: 'build' } };
      const event = anEvent({ id, time, data });
      await world.publish(event);
      await world.run();
      world.clock.advance(minutes(1));
      return notificationId(event.source, event.id);
    };
    await publish('first', world.clock.now() + minutes(ahead));
    const second = await publish('second', world.clock.now());
    expect(seen()).toEqual([text]);
    expect(await outcomeOf(world, second)).toBe(outcome);
  });

  it('shown under another key, or of another source: leaves it alone', async () => {
    const { world, tell, seen } = await ofOne();
    await tell();
    await tell({}, { key: 'other' });
    await tell({}, { source: 'urn:others' });
    await world.run();
    expect(seen()).toEqual(['state 1', 'state 2', 'state 3']);
  });
});

describe('a change', () => {
  it('of which nobody knows whether it was made is made again, and nobody is told twice', async () => {
    const { world, ana, tell } = await ofOne();
    await tell();
    await world.run();
    world.channel.nextChange(ana.conversationId, { result: broken, shown: true }, { result: broken });
    const second = await tell();
    await world.run();
    expect(world.channel.shown).toHaveLength(1);
    expect(world.channel.changes).toHaveLength(3);
    expect(await outcomeOf(world, second)).toBe('updated');
  });

  it.each([
    [
      'was answered 502 and made',
      { kind: 'failed', status: 502, code: 'BadGateway', surelyNotSent: false },
      true,
    ],
    ['broke off', broken, true],
    ['was answered 429', { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true }, false],
  ] as const)('that %s is, once it is cancelled, what is known of it', async (_how, result, shown) => {
    const { world, ana, tell, seen } = await ofOne();
    await tell();
    await world.run();
    world.channel.nextChange(ana.conversationId, { result, shown });
    const second = await tell();
    for (let steps = 0; world.channel.changes.length === 0 && steps < 50; steps += 1) {
      await world.run(world.clock.now() + 100);
      world.clock.set(world.clock.now() + 100);
    }
    expect(world.channel.changes).toHaveLength(1);
    await world.cancel(second);
    await world.run();
    expect(seen()).toEqual([shown ? 'state 2' : 'state 1']);
    expect(world.channel.changes).toHaveLength(1);
    expect(await outcomeOf(world, second)).toBe(shown ? 'unconfirmed' : 'cancelled');
  });

  it('whose worker died is made again', async () => {
    const { world, tell, seen } = await ofOne();
    await tell();
    await world.run();
    world.watch.failNext('messenger.updateActivity', { error: new Crash(), when: 'after' });
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toBe('updated');
  });

  it('is made once a second at most, and a burst collapses to the newest', async () => {
    const { world, tell, seen } = await ofOne();
    await tell();
    await world.run();
    const at: number[] = [];
    const { updateActivity: update } = world.channel;
    world.channel.updateActivity = (...asked) => {
      at.push(world.clock.now());
      return update.apply(world.channel, asked);
    };
    const begun = world.clock.now();
    const ids: NotificationId[] = [];
    for (let state = 0; state < 10; state += 1) ids.push(await tell());
    await world.run();
    expect(seen()).toEqual(['state 11']);
    expect(at.length).toBeLessThanOrEqual(2);
    expect(at.every((moment, place) => place === 0 || moment - (at[place - 1] ?? begun) >= seconds(1))).toBe(
      true,
    );
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(world, id)));
    expect(outcomes.at(-1)).toBe('updated');
    expect(outcomes.filter((outcome) => outcome === 'superseded').length).toBeGreaterThanOrEqual(8);
  });

  it.each(BUSY)('waits for %s', async (_what, isBusy) => {
    const { world, ana, tell, seen } = await ofOne();
    await tell();
    await world.run();
    world.clock.advance(seconds(5));
    const begin = world.clock.now();
    await isBusy(world, ana.key);
    const second = await tell();
    await world.run(begin + seconds(29));
    expect(seen()).toEqual(['state 1']);
    await world.run(begin + seconds(33));
    expect(seen()).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toBe('updated');
  });

  it('counts in the limits of the conversation, and not as a message for the burst guard', async () => {
    const { world, ana, tell } = await ofOne();
    await tell();
    await world.run();
    world.clock.advance(seconds(5));
    await tell();
    await world.run();
    const { windows } = await world.ledger.findDesk(ana.key);
    expect(windows.recent.length).toBe(2);
    expect(windows.bursts.length).toBe(1);
  });

  it('costs four operations of the store, a first message five', async () => {
    const { world, tell } = await ofOne();
    const ofDelivery = async () => {
      await tell();
      const before = world.watch.calls.length;
      await world.run();
      const stores = [
        'ledger',
        'living',
        'conversations',
        'addressees',
        'subscriptions',
        'dueIndex',
        'missed',
      ];
      return world.watch.calls
        .slice(before)
        .flatMap(({ port, method }) => (stores.includes(port) ? [`${port}.${method}`] : []));
    };
    expect(await ofDelivery()).toEqual([
      'living.findLiving',
      'ledger.findDesk',
      'ledger.claimDelivery',
      'living.changeLiving',
      'ledger.recordOutcome',
    ]);
    world.clock.advance(minutes(5));
    expect(await ofDelivery()).toEqual([
      'living.findLiving',
      'ledger.findDesk',
      'ledger.claimDelivery',
      'ledger.recordOutcome',
    ]);
    world.clock.advance(minutes(5));
    expect(await ofDelivery()).toEqual([
      'living.findLiving',
      'ledger.findDesk',
      'ledger.claimDelivery',
      'ledger.recordOutcome',
    ]);
  });
});

describe('what happens where something was told already', () => {
  it('reply: an answer to the first message, in its thread where the channel has threads', async () => {
    const { world, ana, tell } = await ofOne(
      {},
      { conversationType: 'channel', conversationId: '19:team@thread.tacv2' },
    );
    await tell({ onRepeat: 'reply' });
    await world.run();
    const root = world.channel.shown[0]?.activityId;
    await tell({ onRepeat: 'reply' });
    await world.run();
    await tell({ onRepeat: 'reply' });
    await world.run();
    expect(world.channel.shown.map(({ conversationId }) => conversationId)).toEqual([
      ana.conversationId,
      `${ana.conversationId};messageid=${root}`,
      `${ana.conversationId};messageid=${root}`,
    ]);
  });

  it('reply: quotes the first message where there are no threads', async () => {
    const { world, tell } = await ofOne();
    await tell({ onRepeat: 'reply' });
    await world.run();
    await tell({ onRepeat: 'reply' });
    await world.run();
    expect(world.channel.shown).toHaveLength(2);
    expect(JSON.stringify(world.channel.shown[1]?.message)).toContain('In answer to: state 1');
  });

  it('new: a new message, and the old one says so and has no buttons any more', async () => {
    const { world, tell, seen } = await ofOne();
    await tell({ onRepeat: 'new' });
    await world.run();
    await tell({ onRepeat: 'new' });
    await world.run();
    expect(seen().at(-1)).toBe('state 2');
    expect(seen()).toHaveLength(2);
    const old = JSON.stringify(world.channel.shown[0]?.message);
    expect(old).toContain('state 1');
    expect(old).toContain('See below');
    expect(old).not.toContain('Action.Submit');
  });

  it('new: the old one is closed although the channel had no time for it, or the worker died before', async () => {
    const { world, ana, tell } = await ofOne();
    await tell({ onRepeat: 'new' });
    await world.run();
    world.channel.nextChange(ana.conversationId, { result: throttled });
    world.watch.failNext('messenger.updateActivity', { error: new Crash(), when: 'before' });
    const second = await tell({ onRepeat: 'new' });
    await world.run();
    expect(JSON.stringify(world.channel.shown[0]?.message)).toContain('See below');
    expect(world.channel.shown).toHaveLength(2);
    expect(await outcomeOf(world, second)).toBe('delivered');
  });

  it('new: each old one is closed, also where another state comes while the channel has no time for the first', async () => {
    const { world, ana, tell } = await ofOne();
    await tell({ onRepeat: 'new' });
    await world.run();
    const busy = { ...throttled, retryAfter: minutes(2) } as SendResult;
    world.channel.nextChange(ana.conversationId, { result: busy });
    await tell({ onRepeat: 'new' });
    await world.run(world.clock.now() + seconds(5));
    await tell({ onRepeat: 'new' });
    await world.run();
    const isClosed = world.channel.shown.map(({ message }) => JSON.stringify(message).includes('See below'));
    expect(isClosed).toEqual([true, true, false]);
  });

  it('new: to close the old one takes a slot of the tenant', async () => {
    const { world, ana, tell } = await ofOne();
    await tell({ onRepeat: 'new' });
    await world.run();
    const taken: string[] = [];
    const reserve = world.pacer.reserve.bind(world.pacer);
    world.pacer.reserve = (tenant, ...more) => {
      taken.push(tenant);
      return reserve(tenant, ...more);
    };
    await tell({ onRepeat: 'new' });
    await world.run();
    expect(world.channel.changes).toHaveLength(1);
    expect(taken).toEqual([ana.tenant]);
  });
});
