import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import type { Preferences } from '../../../shared/domain/conversation/preferences.ts';
import { noTurns } from '../../../shared/domain/conversation/turn-state.ts';
import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { type Duration, seconds } from '../../../shared/domain/time.ts';
import type { ParkedItem } from '../../../shared/ports/event/parking.ts';
import { reopenDelivery } from '../../../shared/use-cases/upkeep/reopen-delivery.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

export const BURST = { count: 3, window: seconds(60) };

/** Somebody to whom notifications are sent, with what they do meanwhile. */
export async function aPersonWhoIsTold(fields: Partial<Conversation> = {}) {
  const world = aWorld({ burst: BURST });
  const ana = aConversation(fields);
  await world.knows(ana);
  const place = { conversation: ana.key };

  /** Publishes a notification for her and gives its id. */
  async function tell(
    text: string,
    delivery: { readonly [name: string]: unknown } = {},
  ): Promise<NotificationId> {
    const event = anEvent({ data: { to: { conversation: ana.key }, text, delivery } });
    await world.publish(event);
    // No two come in the same millisecond, so that it is plain which is newer.
    world.clock.advance(1);
    return notificationId(event.source, event.id);
  }

  async function turnsTo(dialog: boolean): Promise<void> {
    const { state, tag } = await world.turns.loadTurns(place);
    const { dialog: _over, ...rest } = { ...noTurns, ...state };
    const prompt = { text: 'Where to?' };
    const begun = { name: 'book travel', title: 'your travel booking', version: 1, state: {}, prompt };
    await world.turns.saveTurns(
      place,
      { ...rest, spokeAt: world.clock.now(), ...(dialog ? { dialog: begun } : {}) },
      tag,
    );
  }

  return {
    world,
    ana,
    tell,
    /** She begins a dialog, or says something in it. */
    speaks: () => turnsTo(true),
    /** Her dialog ends, and what waited for it is looked at. */
    async finishes() {
      await turnsTo(false);
      await world.release(ana.key);
    },
    prefers: async (preferences: Partial<Preferences>) => {
      const { tag } = await world.preferences.findPreferences(ana.key);
      await world.preferences.savePreferences(ana.key, { mutes: [], ...preferences }, tag);
    },
    /** As an operator replays what is parked. */
    async replay(items: readonly ParkedItem[]) {
      const reopen = reopenDelivery(world);
      for (const item of items) await reopen(item, false);
    },
    texts: () => world.channel.textsIn(ana.conversationId),
    /** Lets everything happen that is due within so long; the clock stands at its end. */
    async passes(span: Duration) {
      const end = world.clock.now() + span;
      await world.run(end);
      world.clock.set(end);
    },
  };
}

/** How each of some notifications stands: `delivered`, `deferred waiting`. */
export async function statesOf(world: World, ids: readonly NotificationId[]): Promise<readonly string[]> {
  return Promise.all(
    ids.map(async (id) => {
      const [recipient] = (await world.report(id, {}))?.recipients ?? [];
      return [recipient?.state, recipient?.reason].filter((word) => word !== undefined).join(' ');
    }),
  );
}
