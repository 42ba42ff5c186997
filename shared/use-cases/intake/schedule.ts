import { fromWall, parseWall } from '../../calendar/local-time.ts';
import type { DeliveryOptions } from '../../domain/event/notification.ts';
import type { Fault } from '../../domain/fault.ts';
import { type Duration, days, type Instant, toIso } from '../../domain/time.ts';

export type At = NonNullable<DeliveryOptions['at']>;

/** So far ahead a notification may be for. */
const FURTHEST: Duration = days(366);

/** When somebody whose clock is that of the zone is told; gaps and overlaps of the clock are read as reminders read them. */
export function dueIn(at: At, zone: string): Instant {
  return typeof at === 'number' ? at : fromWall(wallOf(at), zone);
}

/** Every instant at which it is time for somebody: the one, or that of each zone of the world; the earliest first. */
export function instantsOf(at: At): readonly Instant[] {
  if (typeof at === 'number') return [at];
  const known = instants.get(at.local);
  if (known !== undefined) return known;
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const found = [...new Set(zones.map((zone) => dueIn(at, zone)))].sort((a, b) => a - b);
  if (instants.size >= MOST_KEPT) instants.clear();
  instants.set(at.local, found);
  return found;
}

/** Local times of which it was asked last: each costs a few hundred zones. */
const instants = new Map<string, readonly Instant[]>();
const MOST_KEPT = 50;

/** When the first and the last people of the world are told; `undefined` where it is for now. */
export function spanOf(at: At | undefined): { readonly first: Instant; readonly last: Instant } | undefined {
  if (at === undefined) return undefined;
  const all = instantsOf(at);
  return { first: all.at(0) ?? 0, last: all.at(-1) ?? 0 };
}

/** Whether the time is still to come for somebody in the world. */
export function isScheduled(at: At | undefined, now: Instant): boolean {
  return (spanOf(at)?.last ?? 0) > now;
}

/** RFC 3339, or `{"local": "2026-12-01T09:00:00"}`. */
export function atOf(at: DeliveryOptions['at']): string | { readonly local: string } | undefined {
  return typeof at === 'number' ? toIso(at) : at;
}

/** What is wrong with the time that a notification is for, looked at from `now`. */
export function faultOfAt(
  { at, expiresAt }: Partial<Pick<DeliveryOptions, 'at' | 'expiresAt'>>,
  now: Instant,
): Fault | undefined {
  const span = spanOf(at);
  if (span === undefined) return undefined;
  const path = 'data.delivery.at';
  if (span.last > now + FURTHEST) {
    return {
      path,
      message: `must be at most 366 days ahead everywhere, by ${toIso(now + FURTHEST)}; send it later`,
      rule: 'too-far',
      values: { until: toIso(now + FURTHEST) },
    };
  }
  if (expiresAt !== undefined && span.last >= expiresAt) {
    return {
      path,
      message: `must be before "expiresAt" everywhere, and the last people have it at ${toIso(span.last)}; move either`,
      rule: 'after-expiry',
      values: { last: toIso(span.last) },
    };
  }
  return undefined;
}

function wallOf({ local }: Exclude<At, number>): number {
  const wall = parseWall(local);
  if (wall === undefined) throw new Error(`"${local}" was accepted and is no local time`);
  return wall;
}
