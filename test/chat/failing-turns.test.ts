import { describe, expect, it } from 'vitest';
import type { Command } from '../../shared/chat/commands/command.ts';
import type { Dialogs } from '../../shared/chat/dialogs/dialogs.ts';
import { seconds } from '../../shared/domain/time.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { Watch } from '../support/fakes/watch.ts';
import { tripBook } from '../support/trip.ts';
import { aWorld } from '../support/world.ts';

const dialogs = await tripBook.load();
const bug = () => Promise.reject(new TypeError('a bug'));
const failing = (command: Command): Command => ({ ...command, run: bug });
const away = () => new StoreUnavailable('a test', new Error('503'));
const SORRY = 'Sorry, something went wrong here';

/** What makes each of them a whole command. */
const told: { readonly [name: string]: string } = {
  'remind me': 'remind me to stretch in 1 hour',
  'cancel reminder': 'cancel reminder 1',
  'edit reminder': 'edit reminder 1 tomorrow',
  'mute reminder': 'mute reminder 1',
  'unmute reminder': 'unmute reminder 1',
  done: 'done 1',
  snooze: 'snooze 1 1 hour',
  timezone: 'timezone Berlin',
  'snooze notification': `snooze notification ${'n'.repeat(43)} for 1 hour`,
  'set reminder': 'set reminder "stretch" in 1 hour',
  'show all': `show all ${'n'.repeat(43)}`,
  'quiet hours': 'quiet hours 22:00-07:00',
};
const ofTheStore = (await everyCommand(aWorld())).names.slice(6);

describe('a command that fails', () => {
  it.each(ofTheStore)('is answered, and nobody asks for it again: %s', async (name) => {
    const world = aWorld();
    const { says, hears } = aChat({ world, more: { answer: (await everyCommand(world, failing)).answer } });
    await says('hello');
    const text = told[name] ?? name;
    expect(await hears(text)).toContain(SORRY);
    expect(await hears(text, { locale: 'de-DE' })).toContain('schiefgegangen');
    expect(world.log.of('turn.failed')).toMatchObject([
      { level: 'error', fields: { code: 'TypeError' } },
      { level: 'error' },
    ]);
  });

  it.each(ofTheStore)('leaves the dialog that is open, and its question is asked again: %s', async (name) => {
    const world = aWorld();
    const { says, hears, state } = aChat({
      world,
      more: { answer: (await everyCommand(world, failing)).answer },
    });
    await says('hello');
    await says('book travel');
    const heard = await hears(told[name] ?? name);
    expect(heard).toContain(SORRY);
    expect(heard).toContain('Where');
    expect((await state()).dialog?.name).toBe('book travel');
  });

  it.each(['subscribe builds', 'unsubscribe all', 'subscriptions', 'topics', 'status'])(
    'because the store answers what nobody can read is answered too: %s',
    async (text) => {
      const watch = new Watch();
      const world = aWorld();
      const more = {
        subscriptions: watch.over('subscriptions', world.subscriptions),
        topicActivity: watch.over('topicActivity', world.topicActivity),
      };
      const { says, hears } = aChat({
        world,
        more: { answer: (await everyCommand({ ...world, ...more })).answer },
      });
      await says('hello');
      const error = Object.assign(new Error('a row cannot be read'), { code: 'corrupt-row' });
      for (const call of [
        'subscriptions.subscriptionsOf',
        'subscriptions.subscribe',
        'topicActivity.topicsLately',
      ])
        watch.failNext(call, { error, when: 'before' });
      expect(await hears(text)).toContain(SORRY);
      expect(world.log.of('turn.failed')).toMatchObject([{ fields: { code: 'corrupt-row' } }]);
    },
  );
});

describe('a dialog that fails', () => {
  const broken = (continues: Dialogs['continue']) => ({
    dialogs: { ...tripBook, load: async () => ({ ...dialogs, continue: continues }) },
  });

  it.each(['London', 'cancel', 'help', 'back'])('is left, and the person told: "%s"', async (text) => {
    const { says, hears, state, world } = aChat({ more: broken(bug) });
    await says('hello');
    await says('book travel');
    expect(await hears(text)).toContain('lost track');
    expect((await state()).dialog).toBeUndefined();
    expect(world.log.of('dialog.dropped')).toMatchObject([
      { level: 'error', fields: { cause: 'TypeError' } },
    ]);
    expect(await hears('help')).toContain('I tell you when something happens');
  });

  it('stays for the repeat where the store is away', async () => {
    let isAway = true;
    const continues: Dialogs['continue'] = (...given) =>
      isAway ? Promise.reject(away()) : dialogs.continue(...given);
    const { says, hears } = aChat({ more: broken(continues) });
    await says('hello');
    await says('book travel');
    await expect(says('London', { id: 'the same' })).rejects.toThrow(StoreUnavailable);
    isAway = false;
    expect(await hears('London', { id: 'the same' })).toContain('When');
  });

  it('does not begin, and says so', async () => {
    const { says, hears, state } = aChat({
      more: { dialogs: { ...tripBook, load: async () => ({ ...dialogs, begin: bug }) } },
    });
    await says('hello');
    expect(await hears('book travel')).toContain(SORRY);
    expect((await state()).dialog).toBeUndefined();
  });
});

describe('a turn that fails outside of any command', () => {
  it.each<readonly [string, Parameters<typeof aChat>[0]]>([
    ['capturing', { more: { capture: bug } }],
    ['counting', { more: { countReplies: bug } }],
    [
      'looking who it is',
      {
        more: {
          sight: () => {
            throw new TypeError('a bug');
          },
        },
      },
    ],
  ])('in %s is answered and not asked for again', async (_name, given) => {
    const { says, sees, replies, world } = aChat(given);
    await says('status');
    expect(replies.at(-1)?.text).toContain(SORRY);
    expect(sees().length).toBeGreaterThan(0);
    expect(world.log.of('turn.failed')).toMatchObject([
      { level: 'error', fields: { type: 'message', code: 'TypeError' } },
    ]);
  });

  it('and cannot be answered either ends there', async () => {
    const { says, refusals, world } = aChat();
    refusals.push(new TypeError('one bug'), new RangeError('another'));
    await says('hello');
    expect(world.log.of('turn.unanswered')).toMatchObject([{ fields: { code: 'RangeError' } }]);
  });

  it('says nothing to what nobody said', async () => {
    const { says, sees, world } = aChat({ more: { capture: bug } });
    await says('', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot', name: 'Notifier' }] });
    expect(sees()).toEqual([]);
    expect(world.log.of('turn.failed')).toHaveLength(1);
  });
});

describe('where the store is away', () => {
  const chat = () => aChat({ more: { capture: () => Promise.reject(away()) } });

  it('the activity comes again, and nothing is said', async () => {
    const { says, sees, world } = chat();
    const timestamp = new Date(world.clock.now() - seconds(9));
    await expect(says('status', { timestamp })).rejects.toThrow(StoreUnavailable);
    expect(sees()).toEqual([]);
  });

  it('the person is told when ten seconds after they said it the repeat fails too', async () => {
    const { says, sees, world } = chat();
    const timestamp = new Date(world.clock.now() - seconds(10));
    await says('status', { timestamp });
    expect(sees()).toEqual([expect.stringContaining('that did not work')]);
    expect(world.log.of('turn.failed')).toMatchObject([{ fields: { code: 'store-unavailable' } }]);
  });
});
