import { describe, expect, it } from 'vitest';
import { answer } from '../../../shared/chat/answer.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { hotelCommands } from '../../../shared/kinds/hotels/commands/hotel-commands.ts';
import { anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { aHotelWorld } from './support/hotel-world.ts';

const grand = { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', currency: 'USD' };
const plaza = { hotelId: 'plaza', hotelName: 'Plaza', city: 'Madrid', currency: 'EUR' };

/** Somebody who watches two hotels, and was told of one. */
async function told() {
  const world = aHotelWorld();
  const commands = hotelCommands({ ...world, askForPriceReport: async () => undefined });
  const chat = aChat({
    world,
    more: { answer: answer({ ...world, defaultTimeZone: 'UTC', dialogs: [], commands: [...commands] }) },
  });
  const costs = async (hotel: object, price: number) => {
    world.clock.advance(minutes(1));
    await world.publish(
      anEvent({ type: 'hotel.price.changed', time: world.clock.now(), data: { ...hotel, price } }),
    );
    await world.run();
  };
  await chat.says('hello');
  await costs(grand, 200);
  await costs(plaza, 200);
  await chat.says('watch Vegas Grand');
  await chat.says('watch Plaza');
  await costs(grand, 100);
  const alert = () => chat.world.channel.shown.findLast(({ message }) => message.card !== undefined);
  expect(JSON.stringify(alert()?.message)).toContain('Action.Submit');
  return { chat, alert };
}

describe('the card that tells of a price', () => {
  it.each([
    ['pressed', 'unwatch Vegas Grand, Las Vegas'],
    ['said', 'unwatch Vegas Grand'],
    ['said', 'unwatch all'],
    ['pressed', 'snooze watch Vegas Grand, Las Vegas for 1 day'],
    ['said', 'snooze watch Vegas Grand for 1 day'],
  ])('%s, %s: has no buttons any more, and says what became of the watch', async (how, command) => {
    const { chat, alert } = await told();
    if (how === 'said') await chat.says(command);
    else
      await chat.says('', {
        value: { notifier: command, notifierPress: 'a' },
        ...(alert()?.activityId === undefined ? {} : { replyToId: alert()?.activityId ?? '' }),
      });
    const shown = JSON.stringify(alert()?.message);
    expect(alert()?.states).toHaveLength(2);
    expect(shown).not.toContain('Action.Submit');
    expect(shown).toContain('Vegas Grand');
    const outcome = chat.world.channel.shown.at(-1)?.message.text ?? '';
    expect(shown).toContain(JSON.stringify(outcome).slice(1, -1));
  });

  it('of another hotel stays as it is', async () => {
    const { chat, alert } = await told();
    await chat.says('unwatch Plaza');
    expect(alert()?.states).toHaveLength(1);
  });
});
