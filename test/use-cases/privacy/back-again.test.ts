import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { newsOf } from '../../support/reading.ts';

/** Ana was told something, with the button to put it off. */
async function told() {
  const chat = aChat();
  const { world } = chat;
  await chat.says('hello');
  const event = anEvent({ data: { to: { user: '29:ana' }, text: 'The canteen closes' } });
  await world.publish(event);
  await world.run();
  /** Has her forgotten, and lives on for so long with all that is done by itself. */
  const forgottenFor = async (span: number) => {
    await chat.says('forget me now');
    for (const end = world.clock.now() + span; world.clock.now() < end; ) {
      await world.run(world.clock.now() + hours(1));
      world.clock.set(Math.max(world.clock.now(), Math.min(end, world.clock.now() + hours(1))));
      await world.sweep();
    }
  };
  const news = () => world.channel.shown.map(({ message }) => newsOf(message));
  return { chat, world, id: notificationId(event.source, event.id), forgottenFor, news };
}

describe('somebody who was forgotten, and is back', () => {
  it('after more than a day, is not told what they had put off for longer, nor an empty message', async () => {
    const { chat, world, id, forgottenFor, news } = await told();
    await chat.says(`snooze notification ${id} for 3 days`);
    await forgottenFor(days(1) + hours(2));
    await chat.says('hello');
    const before = news();
    expect(await world.personalData.deliveriesOf(chat.key)).toEqual([]);
    await world.run(world.clock.now() + days(4));
    expect(news()).toEqual(before);
  });

  it('within the day, cannot put off what was told to the one whom they were', async () => {
    const { chat, world, id, forgottenFor, news } = await told();
    await forgottenFor(minutes(10));
    await chat.says('hello');
    expect(await chat.hears(`snooze notification ${id} for 1 hour`)).toContain('do not have');
    const before = news();
    await world.run(world.clock.now() + hours(2));
    expect(news()).toEqual(before);
  });
});
