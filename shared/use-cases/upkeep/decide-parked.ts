import { defined } from '../../domain/defined.ts';
import type { Parking, ParkingReason } from '../../ports/event/parking.ts';
import type { Replay, ReplayParked } from './replay-parked.ts';

/** So many are decided about with one call. */
export const MOST_AT_ONCE = 200;

/** Which ones: named, or the first of a reason. */
export type Chosen =
  | { readonly ids: readonly string[] }
  | { readonly reason: ParkingReason; readonly after?: string };

export interface Decided {
  /** How many are parked no longer by this; what was not there is none of them. */
  readonly done: number;
  /** Whether there are more of the reason behind these; `after` goes on there. */
  readonly left: boolean;
  readonly after?: string;
  readonly items: readonly { readonly id: string; readonly outcome: Replay | { readonly kind: 'dropped' } }[];
}

/**
 * Replays what is parked, one after the other, so that whatever ends it is told of those before. Throws `StoreUnavailable` or
 * `QueueUnavailable`; repeating it does what one call does.
 */
export async function replayMany(
  deps: { readonly parking: Pick<Parking, 'listParked'>; readonly replay: ReplayParked },
  chosen: Chosen,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Decided> {
  return decide(deps, chosen, (id) => deps.replay(id, { dryRun }));
}

/** Removes what is parked for good. Throws `StoreUnavailable`; repeating it is harmless. */
export async function dropMany(
  deps: { readonly parking: Pick<Parking, 'listParked' | 'dropParked'> },
  chosen: Chosen,
): Promise<Decided> {
  return decide(deps, chosen, async (id) => ({
    kind: (await deps.parking.dropParked(id)) ? ('dropped' as const) : ('not-found' as const),
  }));
}

/** Whether nothing of it stays parked by this replay. */
export function isDecided(outcome: Replay | { readonly kind: 'dropped' }): boolean {
  switch (outcome.kind) {
    case 'queued':
    case 'handed-over':
    case 'reopened':
    case 'over':
    case 'dropped':
    case 'not-found':
      return true;
    case 'planned':
      return outcome.unknown === 0;
    case 'under-way':
    case 'unusable':
      return false;
  }
}

async function decide(
  { parking }: { readonly parking: Pick<Parking, 'listParked'> },
  chosen: Chosen,
  work: (id: string) => Promise<Decided['items'][number]['outcome']>,
): Promise<Decided> {
  const { ids, after } = await idsOf(parking, chosen);
  const items: Decided['items'][number][] = [];
  for (const id of ids) items.push({ id, outcome: await work(id) });
  const done = items.filter(({ outcome }) => isDecided(outcome) && outcome.kind !== 'not-found').length;
  return { done, left: after !== undefined, items, ...defined({ after }) };
}

async function idsOf(
  parking: Pick<Parking, 'listParked'>,
  chosen: Chosen,
): Promise<{ readonly ids: readonly string[]; readonly after?: string }> {
  if ('ids' in chosen) return { ids: [...new Set(chosen.ids)] };
  const page = await parking.listParked({ limit: MOST_AT_ONCE, ...chosen });
  return { ids: page.items.map(({ id }) => id), ...defined({ after: page.after }) };
}
