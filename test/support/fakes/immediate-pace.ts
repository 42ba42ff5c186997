import type { TenantKey } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Pace, TurnLater } from '../../../shared/ports/delivery/pace.ts';

/** Lets every request through at once, and records who asked; `answers` come first, one each. */
export class ImmediatePace implements Pace {
  readonly turns: { readonly tenant: TenantKey; readonly slotAt?: Instant }[] = [];
  readonly answers: ('go' | TurnLater)[] = [];

  async takeTurn(tenant: TenantKey, slotAt?: Instant): Promise<'go' | TurnLater> {
    this.turns.push({ tenant, ...(slotAt === undefined ? {} : { slotAt }) });
    return this.answers.shift() ?? 'go';
  }
}
