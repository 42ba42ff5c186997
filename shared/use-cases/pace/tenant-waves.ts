import { type ChannelFailure, sharedRefusal } from '../../domain/delivery/failure.ts';
import { admit, afterAnswer, calm, type Wave } from '../../domain/delivery/wave.ts';
import type { TenantKey } from '../../domain/ids.ts';
import { type Duration, type Instant, milliseconds, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { Log } from '../../ports/log.ts';

/** Tenants that are remembered; whoever was heard of the longest ago is forgotten first. */
const MOST_TENANTS = 1000;

/** Those who are held back ask again one after the other, and those who are many within two minutes and a half. */
const BETWEEN_QUESTIONS: Duration = milliseconds(20);
const QUESTIONS_IN_A_ROUND = 7500;

/** A hold that an operator should know of. Shorter ones mend themselves. */
const LONG: Duration = seconds(40);

interface Tenant {
  wave: Wave;
  /** Who was told to ask again since the wave last changed. */
  questions: number;
}

/**
 * Waves of refusals, by tenant, as this process sees them: what its requests are answered, and whether further ones may
 * go. The other processes see their own, and hear of the hold by the tenant's cursor.
 */
export class TenantWaves {
  readonly #tenants = new Map<TenantKey, Tenant>();
  readonly #pacer: Pick<Pacer, 'holdBack'>;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(deps: {
    readonly pacer: Pick<Pacer, 'holdBack'>;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#pacer = deps.pacer;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** `go`, counted as a probe where one is wanted; else when to ask again. */
  admit(tenant: TenantKey): 'go' | Instant {
    const known = this.#tenants.get(tenant);
    if (known === undefined) return 'go';
    const admitted = admit(known.wave, this.#clock.now());
    if (admitted.kind === 'go') {
      known.wave = admitted.wave;
      return 'go';
    }
    const place = known.questions % QUESTIONS_IN_A_ROUND;
    known.questions += 1;
    return admitted.until + place * BETWEEN_QUESTIONS;
  }

  /** What a request was answered; `failure` is absent where it was served. `conversation` tells the people apart. */
  note(tenant: TenantKey, conversation: string, failure?: ChannelFailure): void {
    const remembered = this.#tenants.get(tenant);
    // Served, as before.
    if (remembered === undefined && failure === undefined) return;
    const known = remembered ?? { wave: calm, questions: 0 };
    const refusal = failure === undefined ? undefined : sharedRefusal(failure);
    // Nobody knows whether the channel would have served it.
    if (failure !== undefined && failure.status === undefined) return;
    const before = known.wave;
    known.wave = afterAnswer(before, { conversation, refusal, at: this.#clock.now() });
    if (known.wave === before) return;
    known.questions = 0;
    this.#remember(tenant, known);
    if (known.wave.kind === 'held') this.#holdBack(tenant, known.wave, failure);
    else if (before.kind === 'held') this.#log.info('tenant.served-again', { tenant });
  }

  #holdBack(
    tenant: TenantKey,
    { until, span }: Extract<Wave, { readonly kind: 'held' }>,
    failure: ChannelFailure | undefined,
  ): void {
    const { status, code, meaning } = failure ?? {};
    if (span < LONG) this.#log.warn('tenant.held-back', { tenant, spanMs: span, status, code, meaning });
    else this.#log.error('tenant.held-back', { tenant, spanMs: span, status, code, meaning });
    this.#pacer.holdBack(tenant, until, this.#clock.now()).catch(() => {
      // Beside the calls and not before them: who does not hear of it by the cursor meets the wave itself.
    });
  }

  #remember(tenant: TenantKey, known: Tenant): void {
    const { wave } = known;
    this.#tenants.delete(tenant);
    if (wave.kind === 'calm' && wave.refused.length === 0) return;
    this.#tenants.set(tenant, known);
    const [oldest] = this.#tenants.keys();
    if (this.#tenants.size > MOST_TENANTS && oldest !== undefined) this.#tenants.delete(oldest);
  }
}
