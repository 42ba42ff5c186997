import { figure } from '../figures/figure.ts';
import type { Measurement } from '../measurement.ts';
import { startBenchStack } from '../parts/bench-stack.ts';
import { tellEveryone } from '../parts/tell-everyone.ts';

const MEGABYTE = 1024 * 1024;
const REQUESTS_PER_SECOND = 400;
const LONGEST_MS = 120_000;
/** Broadcasts until everything is loaded and the code is warm. */
const WARM_UP = 3;

export const memory: Measurement = {
  name: 'memory',
  about: 'the functions process on the smallest instance: memory after its start and after 10,000 deliveries',
  async run(bench) {
    const [broadcasts, people] = bench.quick ? [2, 50] : [20, 500];
    await using stack = await startBenchStack(bench, {
      people,
      requestsPerSecond: REQUESTS_PER_SECOND,
      smallest: true,
    });
    const started = await stack.usage('collect');
    for (let count = 0; count < WARM_UP; count += 1) await tellEveryone(stack, people, LONGEST_MS);
    const warm = await stack.usage('collect');
    await stack.usage('reset-peak');
    for (let count = 0; count < broadcasts; count += 1) {
      bench.signal.throwIfAborted();
      await tellEveryone(stack, people, LONGEST_MS);
      bench.onProgress(`${(count + 1) * people} of ${broadcasts * people} told`);
    }
    const { peak } = await stack.usage();
    const after = await stack.usage('collect');
    const megabytes = (name: string, bytes: number, floor: number, floorIs: string) =>
      figure(`memory.${name}`, 'MB', { value: bytes / MEGABYTE, floor: floor / MEGABYTE, floorIs });
    const told = broadcasts * people;
    const before = 'the same process, warm, before them';
    return [
      megabytes('warm.resident', warm.rss, started.rss, 'the same process, just started'),
      megabytes(`after-${told}.used`, after.used, warm.used, before),
      megabytes(`after-${told}.resident`, after.rss, warm.rss, before),
      megabytes(`after-${told}.peak`, peak, warm.rss, before),
    ];
  },
};
