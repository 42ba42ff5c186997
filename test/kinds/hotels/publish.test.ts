import { expect, it } from 'vitest';
import { aBroker, jsonOf } from '../../dev/cli/broker.ts';
import { notifier } from '../../dev/cli/command-line.ts';

const { connection, takeAll } = await aBroker();

it('publish has a flag for every field of a price', async () => {
  const type = 'hotel.price.changed';
  const named = ['--hotel-id', 'h', '--hotel-name', 'Grand', '--city', 'Rome'];
  const flags = [...named, '--price', '99.5', '--currency', 'EUR', '--connection', connection];
  const { status, err } = await notifier(['publish', '--type', type, ...flags]);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const [message] = await takeAll('events');
  const data = { hotelId: 'h', hotelName: 'Grand', city: 'Rome', price: 99.5, currency: 'EUR' };
  expect(jsonOf(message)).toMatchObject({ type, data });
});
