import { describe, expect, it } from 'vitest';
import { noTurns } from '../../../shared/domain/conversation/turn-state.ts';
import { personKey } from '../../../shared/domain/ids.ts';
import { days, minutes } from '../../../shared/domain/time.ts';
import { BITE, forgetDisappeared } from '../../../shared/use-cases/privacy/forget-disappeared.ts';
import { aConversation } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

const AFTER = days(90);

function forgetting(world: World) {
  return forgetDisappeared({ ...world, after: AFTER });
}

/** Whether nothing is stored of a conversation any more, after everything under way came to rest. */
async function isForgotten(world: World, { key }: ReturnType<typeof aConversation>): Promise<boolean> {
  await world.run(world.clock.now());
  return (await world.conversations.findConversation(key)) === undefined;
}

describe('somebody who disappeared', () => {
  it.each(['uninstalled', 'gone'] as const)('is forgotten when the time is over: %s', async (reason) => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    await world.conversations.suppressConversation(ada.key, reason);
    world.clock.advance(AFTER - 1);
    expect(await forgetting(world)()).toBe(0);
    expect(await isForgotten(world, ada)).toBe(false);
    world.clock.advance(days(1));
    expect(await forgetting(world)()).toBe(1);
    expect(await isForgotten(world, ada)).toBe(true);
    expect(world.log.of('people.disappeared')).toMatchObject([{ fields: { forgotten: 1 } }]);
  });

  it.each(['blocked', 'disabled-by-admin'] as const)(
    'is not forgotten by a refusal that may pass: %s',
    async (reason) => {
      const world = aWorld();
      const ada = aConversation();
      await world.knows(ada);
      await world.conversations.suppressConversation(ada.key, reason);
      world.clock.advance(days(3650));
      expect(await forgetting(world)()).toBe(0);
      expect(await isForgotten(world, ada)).toBe(false);
    },
  );

  it('is not forgotten while there is another conversation with them', async () => {
    const world = aWorld();
    const user = { id: '29:ada', name: 'Ada' };
    const [old, live] = [aConversation({ user }), aConversation({ user })];
    await world.knows(old, live);
    await world.conversations.suppressConversation(old.key, 'gone');
    world.clock.advance(days(365));
    expect(await forgetting(world)()).toBe(0);
    expect(await isForgotten(world, old)).toBe(false);
    expect(await isForgotten(world, live)).toBe(false);
  });

  it('is not forgotten while they turn to the bot in a group', async () => {
    const world = aWorld();
    const user = { id: '29:ada', name: 'Ada' };
    const ada = aConversation({ user });
    const group = aConversation({ conversationType: 'groupChat', user });
    await world.knows(ada, group);
    await world.conversations.suppressConversation(ada.key, 'uninstalled');
    world.clock.advance(days(365));
    const place = { conversation: group.key, speaker: personKey(user.id) };
    await world.turns.saveTurns(place, { ...noTurns, spokeAt: world.clock.now() - days(1) });
    expect(await forgetting(world)()).toBe(0);
    world.clock.advance(AFTER);
    expect(await forgetting(world)()).toBe(1);
  });

  it('leaves everybody else alone, and is found however many there are, a bite at a time', async () => {
    const world = aWorld();
    const many = Array.from({ length: BITE + 5 }, () => aConversation());
    await world.knows(...many);
    const last = many.toSorted((a, b) => (`${a.tenant}.${a.key}` < `${b.tenant}.${b.key}` ? -1 : 1)).at(-1);
    if (last === undefined) throw new Error('there are some');
    await world.conversations.suppressConversation(last.key, 'uninstalled');
    world.clock.advance(AFTER);
    expect(await forgetting(world)()).toBe(0);
    world.clock.advance(minutes(1));
    expect(await forgetting(world)()).toBe(1);
    world.clock.advance(minutes(1));
    // Everybody was looked at: nothing is read until the next day.
    expect(await forgetting(world)()).toBe(0);
    await world.run(world.clock.now());
    expect(await Promise.all(many.map(({ key }) => world.conversations.findConversation(key)))).toEqual(
      many.map((one) => (one === last ? undefined : expect.objectContaining({ key: one.key }))),
    );
  });
});
