import { describe, expect, it } from 'vitest';
import { noPreferences } from '../../../shared/domain/conversation/preferences.ts';
import { noTurns } from '../../../shared/domain/conversation/turn-state.ts';
import { livingIdOf } from '../../../shared/domain/living/living.ts';
import { hours, minutes, seconds, toIso } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { findTold } from '../../../shared/use-cases/conversation/find-told.ts';
import { aConversation } from '../../support/builders.ts';
import type { World } from '../../support/world.ts';
import { ofOne, outcomeOf } from './of-one.ts';

// What else may become of a message, or of the person, before the next state. The clock begins on a Monday at 09:00 UTC.

async function lives(world: World, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await world.run(world.clock.now() + minutes(1));
    world.clock.advance(minutes(1));
    await world.sweep();
  }
}

const conversationGone: SendResult = {
  kind: 'failed',
  status: 404,
  code: 'ConversationNotFound',
  surelyNotSent: true,
};

describe('a state whose first message is held back', () => {
  it('by a dialog: only the newest is told, when the dialog ends', async () => {
    const { world, ana, tell, seen } = await ofOne();
    const place = { conversation: ana.key };
    const prompt = { text: 'Where to?' };
    const dialog = { name: 'book travel', title: 'travel booking', version: 1, state: {}, prompt };
    const { tag } = await world.turns.loadTurns(place);
    await world.turns.saveTurns(place, { ...noTurns, spokeAt: world.clock.now(), dialog }, tag);
    const first = await tell();
    await world.run(world.clock.now() + seconds(5));
    const second = await tell();
    await world.run(world.clock.now() + seconds(5));
    expect(seen()).toEqual([]);
    const open = await world.turns.loadTurns(place);
    await world.turns.saveTurns(place, { ...noTurns, spokeAt: world.clock.now() }, open.tag);
    await world.release(ana.key);
    await world.run();
    expect(seen()).toEqual(['state 2']);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual([
      'superseded',
      'delivered',
    ]);
  });

  it('by quiet hours: only the newest is told, when they end', async () => {
    const { world, ana, tell, seen } = await ofOne();
    await world.preferences.savePreferences(ana.key, {
      ...noPreferences,
      quietHours: { from: 8 * 60, to: 10 * 60 },
    });
    const first = await tell();
    await world.run(world.clock.now() + minutes(1));
    const second = await tell();
    await world.run(world.clock.now() + minutes(1));
    expect(seen()).toEqual([]);
    await world.run(world.clock.now() + hours(2));
    expect(seen()).toEqual(['state 2']);
    expect([await outcomeOf(world, first), await outcomeOf(world, second)]).toEqual([
      'superseded',
      'delivered',
    ]);
  });

  it('until its time (`at`): an earlier one of the key is told at its time, a later one changes it at its own', async () => {
    const { world, tell, seen } = await ofOne();
    const now = world.clock.now();
    const later = await tell({ at: toIso(now + minutes(20)) }, { sequence: '2' });
    const sooner = await tell({ at: toIso(now + minutes(10)) }, { sequence: '1' });
    await lives(world, 15);
    expect(seen()).toEqual(['state 2']);
    await lives(world, 10);
    expect(seen()).toEqual(['state 1']);
    expect([await outcomeOf(world, sooner), await outcomeOf(world, later)]).toEqual(['delivered', 'updated']);
  });

  it('until its time: a newer one that is due at once is told, and the older one is superseded at its time', async () => {
    const { world, tell, seen } = await ofOne();
    const old = await tell({ at: toIso(world.clock.now() + minutes(10)) }, { sequence: '1' });
    const newer = await tell({}, { sequence: '2' });
    await lives(world, 15);
    expect(seen()).toEqual(['state 2']);
    expect([await outcomeOf(world, old), await outcomeOf(world, newer)]).toEqual(['superseded', 'delivered']);
  });

  it('until its time, replaced by another event of the key for the same time: told once, the newer', async () => {
    const { world, tell, seen } = await ofOne();
    const at = toIso(world.clock.now() + minutes(10));
    const ids = [await tell({ at }), await tell({ at }), await tell({ at })];
    await lives(world, 15);
    expect(seen()).toEqual(['state 3']);
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(world, id)));
    expect(outcomes.filter((outcome) => outcome === 'deferred')).toEqual([]);
    expect(outcomes.at(-1)).toMatch(/delivered|updated/);
  });
});

describe('a state whose message', () => {
  it('is in a conversation that was replaced: a new message where the person is told now, which later ones change', async () => {
    const { world, ana, tell } = await ofOne();
    await tell();
    await world.run();
    world.channel.nextChange(ana.conversationId, { result: conversationGone });
    world.channel.next(ana.conversationId, { result: conversationGone });
    const second = await tell();
    await world.run();
    const now = `personal-with-${ana.user?.id}`;
    expect(world.channel.textsIn(now)).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toBe('delivered');
    const third = await tell();
    await world.run();
    expect(world.channel.textsIn(now)).toEqual(['state 3']);
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['state 1']);
    expect(await outcomeOf(world, third)).toBe('updated');
  });

  it('was deleted, of somebody who muted everything meanwhile: nobody is told', async () => {
    const { world, ana, tell, seen } = await ofOne();
    await tell();
    await world.run();
    await world.channel.removeActivity(ana, world.channel.shown[0]?.activityId ?? '');
    await world.preferences.savePreferences(ana.key, { ...noPreferences, mutes: [{}] });
    const second = await tell();
    await world.run();
    expect(seen()).toEqual([]);
    expect(await outcomeOf(world, second)).toBe('suppressed');
  });

  it('is of somebody who was forgotten: nothing, and the row went with the person', async () => {
    const { world, ana, tell, seen } = await ofOne();
    const first = await tell();
    await world.run();
    const told = await world.notifications.findNotification(first);
    const id = told && livingIdOf(told, ana.key);
    expect(id && (await world.living.findLiving(id))).toBeDefined();
    await world.forgetMe({ conversation: ana, speaker: ana.user ?? { id: '' }, turn: 'turn' });
    await lives(world, 5);
    expect(id && (await world.living.findLiving(id))).toBeUndefined();
    const second = await tell();
    await world.run();
    expect(seen()).toEqual(['state 1']);
    expect(world.channel.changes).toEqual([]);
    expect(await outcomeOf(world, second)).toMatch(/suppressed|no-such-recipient/);
  });

  it('was part of a digest that is taken back: stays, and says why', async () => {
    const { world, tell } = await ofOne({ burst: { count: 1, window: seconds(60) } });
    await tell({}, { key: 'fills the window' });
    await world.run(world.clock.now() + seconds(1));
    const part = await tell();
    await tell({}, { key: 'another' });
    await world.run();
    const before = JSON.stringify(world.channel.shown);
    await world.cancel(part, { recall: true });
    await lives(world, 6);
    expect(JSON.stringify(world.channel.shown)).toBe(before);
    expect((await world.report(part, {}))?.recipients).toMatchObject([
      { state: 'delivered', notRecalled: 'no-message-of-its-own' },
    ]);
  });

  it.each(['before the request', 'during the request'])(
    'is on its way in a digest (%s): is not followed by the older state of the digest',
    async (when) => {
      const { world, tell } = await ofOne({ burst: { count: 1, window: seconds(60) } });
      await tell({}, { key: 'fills the window' });
      await world.run(world.clock.now() + seconds(1));
      const first = await tell();
      await tell({}, { key: 'another' });
      await world.run(world.clock.now() + seconds(1));
      const send = world.channel.sendActivity.bind(world.channel);
      let second: Awaited<ReturnType<typeof tell>> | undefined;
      world.channel.sendActivity = async (place, message, isOff) => {
        if (second !== undefined) return send(place, message, isOff);
        const tellNext = async () => {
          second = await tell({ urgent: true });
          await world.run(world.clock.now());
        };
        if (when === 'before the request') {
          await tellNext();
          return send(place, message, isOff);
        }
        if ((await isOff?.()) === true) return send(place, message, isOff);
        await tellNext();
        return send(place, message);
      };
      await world.run(world.clock.now() + minutes(3));
      const told = world.channel.shown.map(({ message }) => JSON.stringify(message));
      const old = told.findLastIndex((message) => message.includes('state 2'));
      const newer = told.findLastIndex((message) => message.includes('state 4'));
      expect(newer).toBeGreaterThan(old);
      expect(second && (await outcomeOf(world, second))).toBe('delivered');
      expect(await outcomeOf(world, first)).toMatch(/delivered|superseded/);
    },
  );
});

describe('a digest of which nobody knows whether it was shown', () => {
  it('is sent again before a newer state of a part of it is told', async () => {
    const { world, ana, tell } = await ofOne({ burst: { count: 1, window: seconds(60) } });
    await tell({}, { key: 'fills the window' });
    await world.run(world.clock.now() + seconds(1));
    const first = await tell();
    const beside = await tell({}, { key: 'another' });
    await world.run(world.clock.now() + seconds(1));
    const broken: SendResult = { kind: 'failed', code: 'ECONNRESET', surelyNotSent: false };
    world.channel.next(ana.conversationId, { result: broken, shown: true });
    let second: Awaited<ReturnType<typeof tell>> | undefined;
    const send = world.channel.sendActivity.bind(world.channel);
    world.channel.sendActivity = async (...asked) => {
      world.channel.sendActivity = send;
      const answer = await send(...asked);
      second = await tell({ urgent: true });
      return answer;
    };
    await world.run();
    const told = world.channel.shown.map(({ message }) => JSON.stringify(message));
    const old = told.findLastIndex((message) => message.includes('state 2'));
    expect(told.findLastIndex((message) => message.includes('state 4'))).toBeGreaterThan(old);
    expect(second && (await outcomeOf(world, second))).toBe('delivered');
    expect(await Promise.all([first, beside].map((id) => outcomeOf(world, id)))).toEqual([
      'delivered',
      'delivered',
    ]);
  });
});

describe('of two addressees who turn out to be one person', () => {
  /** A younger one beside Ana, and how both become one. */
  async function two() {
    const one = await ofOne({}, { conversationId: 'a:1' });
    const { world, ana } = one;
    const younger = aConversation({ conversationId: 'a:2', ...(ana.user && { user: ana.user }) });
    await world.conversations.saveConversation({ ...younger, capturedAt: ana.capturedAt + minutes(1) });
    const merges = () => world.merge(younger.key, ana.key, { latest: ana.key, locale: 'en' });
    return { ...one, younger, merges, toYounger: { to: { conversation: younger.key } } };
  }

  it('a key that only the younger one had goes on in its message, and an older state is told no more', async () => {
    const { world, ana, younger, tell, merges, toYounger } = await two();
    const ids = [await tell({}, { ...toYounger })];
    await world.run();
    await merges();
    for (let state = 2; state <= 3; state += 1) {
      ids.push(await tell({}, { ...toYounger }));
      await world.run();
    }
    expect(world.channel.textsIn('a:2')).toEqual(['state 3']);
    expect(world.channel.textsIn('a:1')).toEqual([]);
    expect(await Promise.all(ids.map((id) => outcomeOf(world, id)))).toEqual([
      'delivered',
      'updated',
      'updated',
    ]);
    const [first] = ids;
    if (first === undefined) throw new Error('three were told');
    // Whoever asks what the message is, is given what it tells of now.
    const found = await findTold(world).message(ana.key, first);
    expect(found).toMatchObject({ notification: { id: ids.at(-1) }, toldAs: younger.key });
    await world.cancel(first, { recall: true });
    await lives(world, 3);
    expect(world.channel.textsIn('a:2')).toEqual(['state 3']);
  });

  it('a state waits for the one before it that is on its way under the other key', async () => {
    const { world, tell, merges, toYounger } = await two();
    const send = world.channel.sendActivity.bind(world.channel);
    world.channel.sendActivity = async (...asked) => {
      world.channel.sendActivity = send;
      await merges();
      await tell({}, { ...toYounger });
      await world.run(world.clock.now());
      return send(...asked);
    };
    await tell({}, { ...toYounger });
    await world.run();
    const seen = world.channel.shown.map(({ message }) => message.text ?? message.summary);
    expect(seen).toEqual(['state 1', 'state 2']);
  });

  it.each([
    ['the younger', 'a:2', ['1', '2']],
    ['the elder', 'a:1', ['2', '1']],
  ])(
    'with one state under each key, the message of the newer (%s one’s) goes on, and the other one stays as it is',
    async (_whose, place, [elders = '', youngers = '']) => {
      const { world, tell, merges, toYounger } = await two();
      await tell({}, { sequence: elders });
      await tell({}, { ...toYounger, sequence: youngers });
      await world.run();
      await merges();
      const older = await tell({}, { sequence: '1' });
      const newer = await tell({}, { sequence: '3' });
      await world.run();
      expect(await outcomeOf(world, newer)).toBe('updated');
      expect(await outcomeOf(world, older)).toBe('superseded');
      expect(world.channel.textsIn(place)).toEqual(['state 4']);
      expect(world.channel.shown).toHaveLength(2);
    },
  );

  it('a key that the elder one had goes on in its message', async () => {
    const { world, ana, tell } = await ofOne({}, { conversationId: 'a:1' });
    await tell();
    await world.run();
    const younger = aConversation({ conversationId: 'a:2', ...(ana.user && { user: ana.user }) });
    await world.conversations.saveConversation({ ...younger, capturedAt: ana.capturedAt + minutes(1) });
    await world.merge(younger.key, ana.key, { latest: younger.key, locale: 'en' });
    const second = await tell({}, { to: { conversation: younger.key } });
    await world.run();
    expect(world.channel.textsIn('a:1')).toEqual(['state 2']);
    expect(await outcomeOf(world, second)).toBe('updated');
  });
});
