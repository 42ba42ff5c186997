import { days, type Instant } from '../../../../shared/domain/time.ts';
import type { AuditEntry, AuditTrail } from '../../../../shared/ports/audit-trail.ts';
import { byKey, pageOf } from './in-memory-directory.ts';

export class InMemoryAuditTrail implements AuditTrail {
  readonly #entries = new Map<string, AuditEntry>();

  async beginEntry(entry: AuditEntry): Promise<void> {
    this.#entries.set(placeOf(entry), structuredClone(entry));
  }

  async endEntry(entry: AuditEntry & { readonly outcome: string }): Promise<void> {
    this.#entries.set(placeOf(entry), structuredClone(entry));
  }

  async listEntries(page: {
    readonly from: Instant;
    readonly since: Instant;
    readonly limit: number;
    readonly after?: string;
  }): Promise<{ readonly items: readonly AuditEntry[]; readonly after?: string }> {
    if (page.after !== undefined && !/^\d{16}:[\w-]+$/.test(page.after))
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    const entries = [...this.#entries.values()]
      .filter(({ at }) => at >= page.since && (page.after !== undefined || at <= page.from))
      .sort((a, b) => byKey(placeOf(a), placeOf(b)));
    return structuredClone(pageOf(entries, page, placeOf));
  }

  async removeOlderEntries(before: Instant, most: number): Promise<number> {
    const start = Math.floor(before / days(1)) * days(1);
    const old = [...this.#entries].filter(([, { at }]) => at < start).slice(0, most);
    for (const [place] of old) this.#entries.delete(place);
    return old.length;
  }
}

function placeOf({ at, id }: AuditEntry): string {
  return `${String(Number.MAX_SAFE_INTEGER - at).padStart(16, '0')}:${id}`;
}
