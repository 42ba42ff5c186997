import { RecentTimes } from './recent-times.ts';
import type { Rule } from './rules.ts';

/** What a channel accepts. The defaults are what Teams publishes. */
export interface LimitSettings {
  readonly isEnforced: boolean;
  /** Of one tenant, all requests together. */
  readonly requestsPerSecond: number;
  /** Of one conversation: sends and updates; and, counted by themselves, creations for one person or channel. */
  readonly threadRules: readonly Rule[];
  /** The largest message, in bytes as its channel counts them: UTF-16 on Teams. */
  readonly maxMessageBytes: number;
}

export const TEAMS_LIMITS: LimitSettings = {
  isEnforced: true,
  requestsPerSecond: 50,
  threadRules: [
    { count: 7, windowMs: 1000 },
    { count: 8, windowMs: 2000 },
    { count: 60, windowMs: 30_000 },
    { count: 1800, windowMs: 3_600_000 },
  ],
  maxMessageBytes: 100 * 1024,
};

/** A request as the limits see it. */
export interface LimitedRequest {
  /** The tenant, or the channel where there is none. */
  readonly tenant: string;
  /** `send <conversation id>` or `create <who for>`; absent for requests that only the tenant's limit counts. */
  readonly thread?: string | undefined;
}

/** A request beyond a limit: whose limit it is, and when one more would fit. */
export interface Breach {
  readonly scope: 'tenant' | 'thread';
  readonly of: string;
  readonly waitMs: number;
}

/** Teams' limits, in sliding windows. A refused request uses up nothing. */
export class Limits {
  #settings: LimitSettings;
  #tenantRules: readonly Rule[] = [];
  #threadCapacity = 0;
  readonly #tenants = new Map<string, RecentTimes>();
  readonly #threads = new Map<string, RecentTimes>();

  constructor(settings: LimitSettings) {
    this.#settings = settings;
    this.change({});
  }

  get settings(): LimitSettings {
    return this.#settings;
  }

  /** Changes some settings; all windows begin again, empty. */
  change(settings: Partial<LimitSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#tenantRules = [{ count: this.#settings.requestsPerSecond, windowMs: 1000 }];
    this.#threadCapacity = Math.max(...this.#settings.threadRules.map((rule) => rule.count));
    this.#tenants.clear();
    this.#threads.clear();
  }

  /** Lets a request in and counts it, or says which limit it is beyond. */
  admit({ tenant, thread }: LimitedRequest, now: number): Breach | undefined {
    if (!this.#settings.isEnforced) return undefined;
    const ofTenant = windowOf(this.#tenants, tenant);
    const ofThread = thread === undefined ? undefined : windowOf(this.#threads, thread);
    const threadWait = ofThread?.waitMs(this.#settings.threadRules, now) ?? 0;
    if (thread !== undefined && threadWait > 0) return { scope: 'thread', of: thread, waitMs: threadWait };
    const tenantWait = ofTenant.waitMs(this.#tenantRules, now);
    if (tenantWait > 0) return { scope: 'tenant', of: tenant, waitMs: tenantWait };
    ofTenant.add(now, this.#settings.requestsPerSecond);
    ofThread?.add(now, this.#threadCapacity);
    return undefined;
  }
}

function windowOf(windows: Map<string, RecentTimes>, name: string): RecentTimes {
  const known = windows.get(name);
  if (known) return known;
  const window = new RecentTimes();
  windows.set(name, window);
  return window;
}
