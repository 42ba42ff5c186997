import { median } from '../figures/median.ts';

/** One way to do the thing that is measured. */
export interface Variant {
  readonly name: string;
  readonly once: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface SlicePlan {
  readonly slices: number;
  readonly perSlice: number;
  readonly atOnce: number;
}

const WARM_UP_SLICES = 2;

/**
 * Microseconds of this process's CPU time for each variant's thing: the median of slices that take turns, so that
 * whatever else the machine does meets all variants alike. Closes the variants.
 */
export async function compareCpu(
  variants: readonly Variant[],
  plan: SlicePlan,
): Promise<ReadonlyMap<string, number>> {
  const costs = new Map(variants.map(({ name }) => [name, [] as number[]]));
  try {
    for (let slice = -WARM_UP_SLICES; slice < plan.slices; slice += 1) {
      for (const { name, once } of variants) {
        const cost = await cpuOfEach(once, plan);
        if (slice >= 0) costs.get(name)?.push(cost);
      }
    }
  } finally {
    for (const { close } of variants) await close();
  }
  return new Map([...costs].map(([name, values]) => [name, median(values)]));
}

/** Microseconds of this process's CPU time, user and system, for one of many. */
export async function cpuOfEach(
  once: () => Promise<unknown>,
  { perSlice, atOnce }: { readonly perSlice: number; readonly atOnce: number },
): Promise<number> {
  let left = perSlice;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await once();
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: atOnce }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / perSlice;
}
