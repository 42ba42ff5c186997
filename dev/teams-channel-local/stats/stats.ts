/** The breaches that are listed by name; those of further threads are only in the total. */
const LISTED_THREADS = 100;

/** What happened on the connector since the start or the last reset. All are counts. */
export interface StatsReport {
  readonly since: string;
  readonly inFlight: number;
  readonly peakInFlight: number;
  /** Requests of the bot that ended in the last second, all together. */
  readonly requestsLastSecond: number;
  /** By what was asked for: send, reply, update, delete, create, members, other. */
  readonly requests: Record<string, number>;
  /** By status; `reset` and `hang` where there was none. */
  readonly statuses: Record<string, number>;
  /** Requests that came faster than the limits allow. */
  readonly breaches: {
    readonly total: number;
    readonly tenants: Record<string, number>;
    readonly threads: Record<string, number>;
  };
  readonly faults: Record<string, number>;
  /** Messages of the bot that people were shown. */
  readonly shown: number;
  /** Activities that were posted to the bot, by status; `unreachable` and `timeout` where there was none. */
  readonly toBot: Record<string, number>;
  /** Requests that followed a `redirect` fault to the other host, and how many of them brought a token there. */
  readonly redirects: { readonly followed: number; readonly withToken: number };
}

/** Counts requests while they come and go. */
export class Stats {
  readonly #now: () => number;
  #since: number;
  #inFlight = 0;
  #peakInFlight = 0;
  #requests = new Map<string, number>();
  #statuses = new Map<string, number>();
  #tenantBreaches = new Map<string, number>();
  #threadBreaches = new Map<string, number>();
  #breaches = 0;
  #faults = new Map<string, number>();
  #toBot = new Map<string, number>();
  #shown = 0;
  #redirectsFollowed = 0;
  #redirectsWithToken = 0;
  #second = 0;
  #inThisSecond = 0;
  #inLastSecond = 0;
  /** Counts up with every change; tells a watcher that there is something new. */
  version = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  begin(): void {
    this.version++;
    this.#inFlight++;
    if (this.#inFlight > this.#peakInFlight) this.#peakInFlight = this.#inFlight;
  }

  end(kind: string, status: number | string): void {
    this.version++;
    this.#inFlight--;
    count(this.#requests, kind);
    count(this.#statuses, String(status));
    this.#turnSecond();
    this.#inThisSecond++;
  }

  breach(scope: 'tenant' | 'thread', of: string): void {
    this.#breaches++;
    if (scope === 'tenant') count(this.#tenantBreaches, of);
    else if (this.#threadBreaches.has(of) || this.#threadBreaches.size < LISTED_THREADS)
      count(this.#threadBreaches, of);
  }

  fault(kind: string): void {
    count(this.#faults, kind);
  }

  shown(): void {
    this.#shown++;
  }

  postedToBot(status: number | string): void {
    this.version++;
    count(this.#toBot, String(status));
  }

  redirectFollowed(withToken: boolean): void {
    this.#redirectsFollowed++;
    if (withToken) this.#redirectsWithToken++;
  }

  /** Counts from nothing again; what is in flight stays. */
  clear(): void {
    this.version++;
    this.#since = this.#now();
    this.#peakInFlight = this.#inFlight;
    for (const counts of [this.#requests, this.#statuses, this.#tenantBreaches, this.#threadBreaches])
      counts.clear();
    this.#faults.clear();
    this.#toBot.clear();
    this.#breaches = 0;
    this.#shown = 0;
    this.#redirectsFollowed = 0;
    this.#redirectsWithToken = 0;
  }

  report(): StatsReport {
    this.#turnSecond();
    return {
      since: new Date(this.#since).toISOString(),
      inFlight: this.#inFlight,
      peakInFlight: this.#peakInFlight,
      requestsLastSecond: this.#inLastSecond,
      requests: Object.fromEntries(this.#requests),
      statuses: Object.fromEntries(this.#statuses),
      breaches: {
        total: this.#breaches,
        tenants: Object.fromEntries(this.#tenantBreaches),
        threads: Object.fromEntries(this.#threadBreaches),
      },
      faults: Object.fromEntries(this.#faults),
      shown: this.#shown,
      toBot: Object.fromEntries(this.#toBot),
      redirects: { followed: this.#redirectsFollowed, withToken: this.#redirectsWithToken },
    };
  }

  #turnSecond(): void {
    const second = Math.floor(this.#now() / 1000);
    if (second === this.#second) return;
    this.#inLastSecond = second === this.#second + 1 ? this.#inThisSecond : 0;
    this.#inThisSecond = 0;
    this.#second = second;
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
