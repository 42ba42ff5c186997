import { toJsonText } from '../../domain/event/json-depth.ts';
import type { Fault } from '../../domain/fault.ts';
import { hashOf } from '../../domain/hash.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Parking, ParkingReason } from '../../ports/event/parking.ts';
import type { Log } from '../../ports/log.ts';

/** Keeps a message of one of our own queues that this version of the app cannot read. Throws `StoreUnavailable`. */
export type ParkMessage = (queue: string, body: unknown, faults: readonly Fault[]) => Promise<void>;

export function parkMessage(deps: {
  readonly parking: Parking;
  readonly clock: Clock;
  readonly log: Log;
}): ParkMessage {
  return async (queue, body, faults) => {
    const original = typeof body === 'string' ? body : toJsonText(body);
    await deps.parking.parkItem({
      id: hashOf(`${queue}\n${original}`),
      kind: 'message',
      reason: ParkingReason.invalidEnvelope,
      faults,
      original,
      properties: { queue },
      parkedAt: deps.clock.now(),
    });
    deps.log.error('message.parked', { queue, faults: faults.length });
  };
}
