import type { Admitted } from './channel.ts';

/** Requests let in as a share of the limit, from the first to the last; of several tenants, all together. */
export function measured({ times }: Admitted, requestsPerSecond: number): number {
  let pauses = 0;
  let span = 0;
  for (const ofTenant of times.values()) {
    pauses += ofTenant.length - 1;
    span += (ofTenant.at(-1) ?? 0) - (ofTenant[0] ?? 0);
  }
  return span === 0 ? 0 : Number((pauses / (span / 1000) / requestsPerSecond).toFixed(4));
}
