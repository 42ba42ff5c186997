import { defined } from '../../../../shared/domain/defined.ts';
import { heldBackUntil, nextSlot } from '../../../../shared/domain/delivery/pace.ts';
import { FIRST_SLACK, isSameSlack, type Slack } from '../../../../shared/domain/delivery/slack.ts';
import { spacingOf } from '../../../../shared/domain/delivery/tenant-window.ts';
import type { TenantKey } from '../../../../shared/domain/ids.ts';
import { type Duration, type Instant, isFarAhead, seconds } from '../../../../shared/domain/time.ts';
import type {
  LateRequest,
  Pacer,
  Reservation,
  TenantCursor,
  TenantCursors,
} from '../../../../shared/ports/delivery/pacer.ts';

export class InMemoryPacer implements Pacer, TenantCursors {
  readonly #perSecond: number;
  readonly #slack = new Map<TenantKey, Slack>();
  readonly #late = new Map<TenantKey, Map<string, Told>>();
  readonly #next = new Map<TenantKey, Instant>();
  readonly #taken = new Map<TenantKey, number>();

  constructor(options: { readonly requestsPerSecond: number }) {
    this.#perSecond = options.requestsPerSecond;
  }

  async reserve(tenant: TenantKey, count: number, now: Instant, ahead: Duration): Promise<Reservation> {
    if (!Number.isInteger(count) || count < 1) throw new RangeError('"count" must be a whole number from 1');
    const next = nextSlot(this.#next.get(tenant) ?? Number.NEGATIVE_INFINITY, now);
    const first = Math.max(next, now);
    if (first > now + ahead) return { laterAt: Math.ceil(first - ahead / 2) };
    const spacing = spacingOf(this.#perSecond, this.#slack.get(tenant)?.span ?? FIRST_SLACK);
    this.#next.set(tenant, first + count * spacing);
    this.#taken.set(tenant, (this.#taken.get(tenant) ?? 0) + count);
    return { slots: { first, spacing, count }, idle: first - next };
  }

  async holdBack(tenant: TenantKey, asked: Instant, now: Instant): Promise<void> {
    const until = heldBackUntil(asked, now);
    this.#next.set(tenant, Math.max(nextSlot(this.#next.get(tenant) ?? until, now), until));
  }

  async cursors(since: Instant, most: number): Promise<readonly TenantCursor[]> {
    return [...this.#next]
      .filter(([, next]) => next >= since)
      .slice(0, most)
      .map(([tenant, next]) => ({ tenant, next, ...defined({ taken: this.#taken.get(tenant) }) }));
  }

  async compareLate(
    tenant: TenantKey,
    instance: string,
    late: readonly LateRequest[] | undefined,
    now: Instant,
  ): ReturnType<Pacer['compareLate']> {
    const told = this.#late.get(tenant) ?? new Map<string, Told>();
    this.#late.set(tenant, told);
    if (late !== undefined) told.set(instance, { late, at: now });
    const others = [...told].flatMap(([teller, said]) =>
      teller === instance || said.at <= now - THERE_FOR || isFarAhead(said.at, now)
        ? []
        : [said.at > now - TOLD_FOR ? said.late : []],
    );
    const slack = this.#slack.get(tenant);
    return { late: others.flat(), others: others.length, ...(slack === undefined ? {} : { slack }) };
  }

  async adjust(
    tenant: TenantKey,
    { known, next }: { readonly known: Slack | undefined; readonly next: Slack },
  ): Promise<Slack | undefined> {
    if (isSameSlack(this.#slack.get(tenant), known)) this.#slack.set(tenant, next);
    return this.#slack.get(tenant);
  }
}

const TOLD_FOR: Duration = seconds(5);
const THERE_FOR: Duration = seconds(15);

interface Told {
  readonly late: readonly LateRequest[];
  readonly at: Instant;
}
