import { expect, it } from 'vitest';
import type { Activity } from '../../../shared/domain/conversation/activity.ts';
import { anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { faultsOfShape } from '../../support/one-message.ts';
import { aHotelWorld } from './support/hotel-world.ts';

/** With what a command is told for as much of an answer as it has. */
const told: { readonly [name: string]: readonly string[] } = {
  watch: ['watch', 'watch Vegas Grand', 'watch Plaza', 'watch nothing'],
  unwatch: ['unwatch', 'unwatch Vegas Grand'],
  watches: ['watches'],
  'snooze watch': ['snooze watch', 'snooze watch Vegas Grand for 1 hour'],
  'price report': ['price report', 'price report Vegas Grand'],
};

const names = ((await aHotelWorld().openedHotels.commands?.()) ?? []).map(({ name }) => name);

it.each(names)('is one message each: %s', async (name) => {
  const world = aHotelWorld();
  const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
  const hotel = { hotelId: 'h', hotelName: 'Vegas Grand', city: 'Las Vegas', price: 199, currency: 'USD' };
  await world.publish(anEvent({ type: 'hotel.price.changed', data: hotel }));
  for (const at of ['Madrid', 'New York', 'Rome', 'Vienna']) {
    await world.publish(
      anEvent({
        type: 'hotel.price.changed',
        data: { ...hotel, hotelId: at, hotelName: 'Plaza', city: at },
      }),
    );
  }
  await world.run();
  await chat.says('hello');
  const before = chat.replies.length;
  const asked = told[name] ?? [];
  expect(asked).not.toEqual([]);
  for (const text of asked) await chat.says(text);
  expect(chat.replies.length).toBeGreaterThanOrEqual(before + asked.length);
  const faults = (replies: readonly Partial<Activity>[]) => replies.flatMap(faultsOfShape);
  expect(faults(chat.replies)).toEqual([]);
});
