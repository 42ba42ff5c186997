import type { Learned } from '../../domain/delivery/learned.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { Random } from '../../ports/random.ts';
import { comeBack } from './come-back.ts';

/**
 * A call that knows something is put off no further than for this step of the backoff, 15 s: once the lease is over,
 * a worker that knows nothing may take the delivery for one whose result is unknown.
 */
const LAST_STEP = 3;

/** What is known travels in a later call. */
export interface Travelling {
  readonly kind: 'put-off';
  readonly until: Instant;
  readonly why: 'record';
}

/** Does work that follows from something `learned`; while the store or the queue is away, that travels on instead. */
export type TravelOn = <Done>(
  call: WakeUpCall,
  learned: Learned,
  work: () => Promise<Done>,
) => Promise<Done | Travelling>;

/** Throws `QueueUnavailable` when the later call could not be made; what was learned is then forgotten. */
export function travelOn(deps: {
  readonly deliveries: DeliveryQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}): TravelOn {
  const back = comeBack(deps);
  return async (call, learned, work) => {
    try {
      return await work();
    } catch (cause) {
      // The work comes back with what is known, so nobody is told twice by it: the request is not made again.
      let until = deps.clock.now();
      await back(cause, Math.min(call.hop, LAST_STEP - 1), (at) => {
        until = at;
        return deps.deliveries.send([{ message: { ...call, hop: call.hop + 1, learned }, at }]);
      });
      return { kind: 'put-off', until, why: 'record' };
    }
  };
}
