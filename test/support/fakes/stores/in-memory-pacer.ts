import type { TenantKey } from '../../../../shared/domain/ids.ts';
import type { Slots } from '../../../../shared/domain/pace.ts';
import type { Duration, Instant } from '../../../../shared/domain/time.ts';
import type { Pacer } from '../../../../shared/ports/pacer.ts';

export class InMemoryPacer implements Pacer {
  readonly #spacing: Duration;
  readonly #next = new Map<TenantKey, Instant>();

  constructor(options: { readonly requestsPerSecond: number }) {
    this.#spacing = 1000 / options.requestsPerSecond;
  }

  async reserve(
    tenant: TenantKey,
    count: number,
    now: Instant,
    ahead: Duration,
  ): Promise<{ readonly slots: Slots } | { readonly askAgainAt: Instant }> {
    if (!Number.isInteger(count) || count < 1) throw new RangeError('"count" must be a whole number from 1');
    const first = Math.max(this.#next.get(tenant) ?? now, now);
    if (first > now + ahead) return { askAgainAt: Math.ceil(first - ahead / 2) };
    this.#next.set(tenant, first + count * this.#spacing);
    return { slots: { first, spacing: this.#spacing, count } };
  }

  async holdBack(tenant: TenantKey, until: Instant): Promise<void> {
    this.#next.set(tenant, Math.max(this.#next.get(tenant) ?? until, until));
  }
}
