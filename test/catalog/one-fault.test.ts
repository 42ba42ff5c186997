import { expect, it } from 'vitest';
import { anEvent } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';

const DURATION =
  'must be an ISO 8601 duration of weeks, days, hours, minutes or seconds, of 36525 days at most, such as "PT10M"; years and months have no length of their own';

it.each([
  [{ to: [] }, 'data.to', 'must have at least 1 entry'],
  [{ to: [], except: { user: 'ana' } }, 'data.to', 'must have at least 1 entry'],
  [{ to: [{ except: true }] }, 'data.to', 'must name somebody: "except" alone takes away from nobody'],
  [{ delivery: { maxWait: 'P1Y' } }, 'data.delivery.maxWait', DURATION],
  [{ delivery: { maxWait: 'P1M' } }, 'data.delivery.maxWait', DURATION],
  [{ delivery: { maxWait: 'P36526D' } }, 'data.delivery.maxWait', DURATION],
  [{ delivery: { maxWait: '10 minutes' } }, 'data.delivery.maxWait', DURATION],
])('%j has one fault', async (more, path, message) => {
  const world = aWorld();
  const data = { to: { everyone: true }, text: 'x', ...more };
  await world.publish(anEvent({ type: 'notification.requested', data }));
  const { items } = await world.parking.listParked({ limit: 10 });
  expect(
    items.map((item) => item.faults?.map((fault) => ({ path: fault.path, message: fault.message }))),
  ).toEqual([[{ path, message }]]);
});

it('a wait of a hundred years is none too long', async () => {
  const world = aWorld();
  const data = { to: { everyone: true }, text: 'x', delivery: { maxWait: 'P36525D' } };
  await world.publish(anEvent({ type: 'notification.requested', data }));
  expect((await world.parking.listParked({ limit: 10 })).items).toEqual([]);
});
