import type { RateLimit } from '../../../shared/domain/delivery/pace.ts';
import type { TenantKey } from '../../../shared/domain/ids.ts';
import { tenantKey } from '../../../shared/domain/ids.ts';
import type { Duration, Instant } from '../../../shared/domain/time.ts';
import type { Messenger } from '../../../shared/ports/delivery/messenger.ts';
import type { Latency } from '../../teams-channel-local/limits/latency.ts';
import { Limits, TEAMS_LIMITS } from '../../teams-channel-local/limits/limits.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A network that is slow at times: each `every`, a way takes `extra` longer for as long as `length`. */
export interface Spells {
  readonly every: Duration;
  readonly length: Duration;
  readonly extra: Duration;
}

/** When requests reached the channel and were let in, and how many were refused. */
export interface Admitted {
  readonly times: Map<TenantKey, Instant[]>;
  throttled: number;
}

function slowerBy(spells: Spells | undefined, now: Instant): Duration {
  return spells !== undefined && now % spells.every < spells.length ? spells.extra : 0;
}

/** A channel with the very limits that the local one enforces, some network away. */
export function paperChannel(deps: {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly network: Latency;
  readonly spells?: Spells | undefined;
  readonly requestsPerSecond: number;
  readonly threadLimits: readonly RateLimit[];
}): { readonly messenger: Messenger; readonly admitted: Admitted } {
  const { time, chance, network, spells } = deps;
  const way = () => time.wait(chance.duration(network) + slowerBy(spells, time.now()));
  const limits = new Limits({
    ...TEAMS_LIMITS,
    requestsPerSecond: deps.requestsPerSecond,
    threadRules: deps.threadLimits.map(({ count, window }) => ({ count, windowMs: window })),
  });
  const admitted: Admitted = { times: new Map(), throttled: 0 };
  const messenger: Messenger = {
    async sendActivity(reference) {
      await way();
      const tenant = tenantKey(reference);
      const now = time.now();
      const breach = limits.admit({ tenant, thread: `send ${reference.conversationId}` }, now);
      if (breach === undefined) {
        const times = admitted.times.get(tenant) ?? [];
        times.push(time.exactly());
        admitted.times.set(tenant, times);
      } else admitted.throttled += 1;
      await way();
      if (breach === undefined) return { kind: 'sent' };
      const retryAfter = Math.ceil(breach.waitMs / 1000) * 1000;
      return { kind: 'failed', status: 429, code: 'Throttled', retryAfter, surelyNotSent: true };
    },
    async updateActivity() {
      throw new Error('nothing changes in this model');
    },
    async removeActivity() {
      throw new Error('nothing is taken back in this model');
    },
    async createConversation() {
      throw new Error('everybody in this model has a conversation');
    },
  };
  return { messenger, admitted };
}
