import { expect, it } from 'vitest';
import { usualLatency } from '../../../dev/simulate/paper/paper-run.ts';
import { paperWorld } from '../../../dev/simulate/paper/paper-world.ts';

it('a page that runs twice changes nothing in who is addressed', async () => {
  const begin = Date.UTC(2026, 0, 1);
  const world = paperWorld(
    {
      recipients: 500,
      requestsPerSecond: 50,
      threadLimits: [],
      singleEvery: 0,
      instances: 2,
      tenants: 1,
      seed: 1,
      latency: usualLatency,
    },
    begin,
  );
  const { time } = world;
  const notification = world.publish({ everyone: true });
  const tenant = world.people[0]?.tenant ?? expect.fail('there are people');
  const walk = { notification, group: { kind: 'everyone' }, tenant, done: false } as const;
  // The same job again and again, beside the one that goes on by itself: copies, and one that stood still for long.
  for (const second of [1, 1, 2, 5]) {
    const again = [{ message: { kind: 'walk', walk, hop: 0 } }] as const;
    time.at(begin + second * 1000, () => void world.read().queues.jobs.send(again));
  }
  await time.run(undefined, () => world.isOver());
  world.rethrow();
  const { bulk, stores } = world.read();
  expect(stores.countAddressed(notification)).toBe(500);
  expect(bulk.told.size).toBe(500);
  expect(bulk.repeated).toBe(0);
  expect(bulk.outcomes).toEqual({ delivered: 500 });
});
