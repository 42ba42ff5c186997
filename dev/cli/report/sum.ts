import { defined } from '../../../shared/domain/defined.ts';
import { Outcome } from '../../../shared/domain/delivery/delivery.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';

export interface Sum {
  readonly outcomes: Counts;
  readonly pending: Counts;
  readonly addressed: number;
  /** RFC 3339; absent while nobody has an outcome. */
  readonly firstAt?: string;
  readonly lastAt?: string;
}
/** Recipients who were not shown it, although they have an outcome. */
export function notTold({ outcomes }: Pick<Sum, 'outcomes'>): number {
  const { [Outcome.delivered]: _told, ...rest } = outcomes;
  return Object.values(rest).reduce((sum, each) => sum + each, 0);
}

export type Counts = { readonly [name: string]: number };

/** Several reports taken as one. */
export function sumOf(reports: readonly Report[]): Sum {
  const firsts = reports.flatMap(({ firstAt }) => firstAt ?? []).sort();
  const lasts = reports.flatMap(({ lastAt }) => lastAt ?? []).sort();
  const [firstAt] = firsts;
  const lastAt = lasts.at(-1);
  return {
    outcomes: added(reports.map(({ outcomes }) => outcomes)),
    pending: added(reports.map(({ pending }) => pending)),
    addressed: reports.reduce((sum, { addressed }) => sum + addressed, 0),
    ...defined({ firstAt, lastAt }),
  };
}

function added(all: readonly Counts[]): Counts {
  const sum: { [name: string]: number } = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
