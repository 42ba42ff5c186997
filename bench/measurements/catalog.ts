import type { Measurement } from '../measurement.ts';
import { consoleLists } from './console.ts';
import { cost } from './cost.ts';
import { deliveries } from './deliveries.ts';
import { delivery } from './delivery.ts';
import { extent } from './extent.ts';
import { fanOut } from './fan-out.ts';
import { latency } from './latency.ts';
import { living } from './living.ts';
import { memory } from './memory.ts';
import { networks } from './networks.ts';
import { pacing } from './pacing.ts';
import { peopleFind } from './people-find.ts';
import { reminderTick } from './reminder-tick.ts';
import { sdk } from './sdk.ts';
import { send } from './send.ts';
import { start } from './start.ts';

/** Every measurement, in the order in which they are made. */
export const measurements: readonly Measurement[] = [
  send,
  start,
  delivery,
  extent,
  deliveries,
  living,
  memory,
  latency,
  fanOut,
  reminderTick,
  peopleFind,
  consoleLists,
  networks,
  pacing,
  cost,
  sdk,
];
