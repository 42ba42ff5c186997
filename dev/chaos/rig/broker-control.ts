import { z } from 'zod';
import { queueNames } from '../../../shared/manifest.ts';
import type { FaultPlan } from '../../servicebus-local/faults.ts';
import { getJson, request } from './http.ts';

const planShape = z.object({ refuseSends: z.number(), dropAfterSends: z.number() });
const countsShape = z.record(
  z.string(),
  z.looseObject({ active: z.number(), scheduled: z.number(), deadLetter: z.number() }),
);

/** Disturbs the local broker over its HTTP control. */
export class BrokerControl {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Cuts every client off; gives how many there were. */
  async dropConnections(): Promise<number> {
    const answer = await request(`${this.#origin}/drop-connections`, { method: 'POST' });
    return z.object({ dropped: z.number() }).parse(await answer.json()).dropped;
  }

  /** Ends all locks, so that what is in work anywhere is delivered again; gives how many there were. */
  async expireLocks(): Promise<number> {
    let expired = 0;
    for (const queue of [queueNames.events, queueNames.deliveries, queueNames.jobs]) {
      const answer = await request(`${this.#origin}/queues/${queue}/expire-locks`, { method: 'POST' });
      expired += z.object({ expired: z.number() }).parse(await answer.json()).expired;
    }
    return expired;
  }

  /** Replaces the counts that the plan names; gives what is planned. An empty plan only asks. */
  async planFaults(plan: FaultPlan): Promise<Required<FaultPlan>> {
    const answer = await request(`${this.#origin}/faults`, { method: 'POST', json: plan });
    return planShape.parse(await answer.json());
  }

  /** Messages that the broker gave up on, over all queues. */
  async deadLetters(): Promise<number> {
    return (await this.#counts()).reduce((sum, { deadLetter }) => sum + deadLetter, 0);
  }

  /** Messages that are still to be handled, now or later, over all queues. */
  async waiting(): Promise<number> {
    return (await this.#counts()).reduce((sum, { active, scheduled }) => sum + active + scheduled, 0);
  }

  async #counts() {
    return Object.values(countsShape.parse(await getJson(`${this.#origin}/queues`)));
  }
}
