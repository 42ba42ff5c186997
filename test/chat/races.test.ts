import { describe, expect, it } from 'vitest';
import { statusOf } from '../../shared/domain/conversation/turn-state.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import { sendToPerson } from '../../shared/use-cases/delivery/send-to-person.ts';
import { aNotification } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { Interleaving } from '../support/interleaving.ts';
import { aWorld } from '../support/world.ts';

const SEEDS = 200;
/** The other meetings have fewer steps that can cross. */
const FEWER = 60;

/** Somebody who is asked when they leave, and everything that moves around them, in an order that `seed` decides. */
async function meeting(seed: number) {
  const world = aWorld();
  await prepare(world);
  const steps = new Interleaving(seed, { onStep: () => world.clock.advance(1) });
  const turns = steps.over(world.turns);
  const chat = aChat({
    world,
    more: {
      turns,
      countReplies: async () => {},
      // Between the decision and what is said of it, anything may come.
      wait: async () => {
        world.clock.advance(50);
        await steps.turn();
      },
    },
  });
  const send = sendToPerson({
    ...world,
    turns,
    messenger: steps.over(world.channel),
    particulars: world.particulars,
    defaultTimeZone: 'UTC',
    dialogIdle: minutes(15),
  });
  /** A worker that brings a notification, and comes again as long as it is told to. */
  const delivers = (notification: ReturnType<typeof aNotification>) => async () => {
    const conversation = await world.conversations.findConversation(chat.key);
    if (conversation === undefined) throw new Error('the person is unknown');
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const answer = await send(notification, conversation);
      if (answer.kind === 'sent') return;
      world.clock.advance(seconds(1));
      await steps.turn();
    }
    throw new Error('the notification never came through');
  };
  return { world, steps, chat, delivers, before: chat.sees().length };
}

async function prepare(world: ReturnType<typeof aWorld>): Promise<void> {
  const chat = aChat({ world });
  for (const text of ['hello', 'book travel', 'London']) await chat.says(text, { id: `prepared-${text}` });
  world.clock.advance(seconds(5));
}

function count(texts: readonly string[], part: string): number {
  return texts.filter((text) => text.includes(part)).length;
}

describe.each(Array.from({ length: SEEDS }, (_, seed) => seed))('in the order of seed %i', (seed) => {
  it('a turn and an interruption lose nothing, and say nothing twice', async () => {
    const { steps, chat, delivers, world, before } = await meeting(seed);
    const notification = aNotification({
      data: { to: { everyone: true }, text: 'The hotel is cheaper' },
      delivery: { mode: 'interrupt' },
    });
    await steps.run(
      delivers(notification),
      () => chat.says('next friday', { id: 'answer' }),
      // The channel lost patience, and sends it again.
      () => chat.says('next friday', { id: 'answer' }),
    );
    const seen = chat.sees().slice(before);
    expect(count(seen, 'Let us change the topic')).toBe(1);
    const state = await chat.state();
    expect(statusOf(state)).toMatchObject({ active: true, interruption: notification.id });
    const isTaken = count(seen, 'When do you come back?') === 1;
    // Else it came after the notification was shown, and was no answer to it.
    expect(count(seen, 'The hotel is cheaper')).toBe(isTaken ? 1 : 2);
    expect(state.dialog?.prompt.text).toBe(
      isTaken ? 'When do you come back?' : 'When do you leave for London?',
    );
    expect(state.turns.every(({ sayingUntil }) => sayingUntil === undefined)).toBe(true);

    world.clock.advance(seconds(5));
    await steps.run(() => chat.says('done', { id: 'done' }));
    expect(chat.sees().slice(before + seen.length)).toEqual([
      'All right. Back to your travel booking.',
      state.dialog?.prompt.text,
    ]);
  });
});

describe.each(Array.from({ length: FEWER }, (_, seed) => seed))('in the order of seed %i', (seed) => {
  it('two answers of the person and two interruptions come one after the other', async () => {
    const { steps, chat, delivers, world, before } = await meeting(seed);
    const [one, two] = ['one', 'two'].map((text) =>
      aNotification({ data: { to: { everyone: true }, text }, delivery: { mode: 'interrupt' } }),
    );
    if (one === undefined || two === undefined) throw new Error('two are needed');
    await steps.run(
      delivers(one),
      () => chat.says('next friday', { id: 'first' }),
      async () => {
        // Each is seen in its time, and makes room for the other.
        for (let look = 0; look < 60; look += 1) {
          await steps.turn();
          world.clock.advance(seconds(1));
          if ((await chat.state()).interruptions.some(({ shownAt }) => shownAt !== undefined))
            await chat.says('done', { id: `done-${look}` });
        }
      },
      delivers(two),
    );
    const seen = chat.sees().slice(before);
    for (const text of ['one', 'two']) {
      const announced = seen.filter((shown) => shown.startsWith(`${text}\n\n*Let us change`)).length;
      expect([text, announced]).toEqual([text, 1]);
    }
    const { dialog } = await chat.state();
    expect(dialog?.name).toBe('book travel');
    expect((await world.ledger.findDesk(chat.key)).dialog?.active).toBe(true);
  });

  it('a booking that is cancelled while a notification replaces it ends once', async () => {
    const { steps, chat, delivers, before } = await meeting(seed);
    const notification = aNotification({
      data: { to: { everyone: true }, text: 'All off' },
      delivery: { mode: 'replace' },
    });
    await steps.run(delivers(notification), () => chat.says('cancel', { id: 'cancel' }));
    const seen = chat.sees().slice(before);
    expect(count(seen, 'All off')).toBe(1);
    const byPerson = count(seen, 'The travel booking is cancelled');
    const byNotification = count(seen, 'I left your travel booking');
    expect(byPerson + byNotification).toBe(1);
    expect((await chat.state()).dialog).toBeUndefined();
  });
});
