import { setTimeout as delay } from 'node:timers/promises';
import { nameOfChannelFault } from '../faults/channel-faults.ts';
import type { Rig } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';
import { type Disturbance, FREEZE_MS, type RoundPlan, STALL_MS } from './plan.ts';

/** What is disturbed, where it is counted, and when it is too late for it. */
export interface Disturbing {
  readonly rig: Rig;
  readonly injected: Tally;
  /** Aborted when the round is over: what has not happened by then does not. */
  readonly over: AbortSignal;
}

/** Does something to the broker or to a process, at its time. */
export async function disturb({ rig, injected, over }: Disturbing, planned: Disturbance): Promise<void> {
  await pause(planned.afterMs, over);
  if (over.aborted) return;
  if (planned.kind !== 'kill') rig.journal.add('chaos', planned.kind);
  switch (planned.kind) {
    case 'drop connections':
      await rig.broker.dropConnections();
      return injected.add('broker drops connections');
    case 'cut the wire':
      rig.amqp.cut();
      return injected.add('broker connections reset');
    case 'expire locks':
      return injected.add('broker delivers again', await rig.broker.expireLocks());
    case 'refuse sends':
      await rig.broker.planFaults({ refuseSends: planned.count });
      return injected.add('broker refuses a send', planned.count);
    case 'drop after sends':
      await rig.broker.planFaults({ dropAfterSends: planned.count });
      return injected.add('broker stores and drops the connection', planned.count);
    case 'kill':
      await kill(rig, planned.host, 'at a random moment');
      return injected.add('host killed at a random moment');
    case 'freeze':
      await freeze(rig, planned.host);
      return injected.add('host stands still');
    case 'stall':
      await (rig.hosts[planned.host] ?? rig.hosts[0])?.freeze(STALL_MS);
      return injected.add('host stands still for longer than a send may take');
    case 'wave':
      await wave(rig, planned, over);
      return injected.add(`${nameOfChannelFault(planned.fault)}, everybody`);
  }
}

/** Kills a host at a table request: the tables have done it, and the app has not heard of it. */
export async function killAtRequest(
  { rig, injected, over }: Disturbing,
  { operations, host }: RoundPlan['killAfterOperations'][number],
): Promise<void> {
  const reached = Promise.withResolvers<boolean>();
  const dead = Promise.withResolvers<void>();
  let left = operations;
  const stop = rig.tables.onResponse(() => {
    left -= 1;
    if (left !== 0) return undefined;
    reached.resolve(true);
    return dead.promise;
  });
  over.addEventListener('abort', () => reached.resolve(false), { once: true });
  try {
    if (!(await reached.promise)) return;
    await kill(rig, host, `at table request ${operations} of the round`);
    injected.add('host killed at a table request');
  } finally {
    stop();
    dead.resolve();
  }
}

/** Everybody is refused alike, and then nobody is: also when the round is over before. */
async function wave(
  rig: Rig,
  { fault, forMs }: Extract<Disturbance, { readonly kind: 'wave' }>,
  over: AbortSignal,
): Promise<void> {
  const id = await rig.channel.fault(fault);
  await pause(forMs, over);
  await rig.channel.clearFault(id);
}

async function kill(rig: Rig, place: 0 | 1, why: string): Promise<void> {
  const host = rig.hosts[place] ?? rig.hosts[0];
  if (host !== undefined) await rig.kill(why, [host]);
}

/** What the frozen host holds is handed to the other one meanwhile. */
async function freeze(rig: Rig, place: 0 | 1): Promise<void> {
  const frozen = (rig.hosts[place] ?? rig.hosts[0])?.freeze(FREEZE_MS);
  await delay(FREEZE_MS / 4);
  await rig.broker.expireLocks();
  await frozen;
}

async function pause(milliseconds: number, over: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal: over });
  } catch {
    // The round ended before it came to this.
  }
}
