import type { BotDelivery } from './bot/delivery.ts';
import type { ActivityIds } from './conversations/activity-ids.ts';
import type { Conversations } from './conversations/conversations.ts';
import type { Membership } from './conversations/membership.ts';
import type { Faults } from './faults/faults.ts';
import type { Latency } from './limits/latency.ts';
import type { Limits } from './limits/limits.ts';
import type { People } from './people/people.ts';
import type { BotAccount } from './people/person.ts';
import type { Stats } from './stats/stats.ts';
import type { Journal } from './transcript/journal.ts';
import type { Transcripts } from './transcript/transcripts.ts';

/** What the routes of the channel share. `channel.ts` puts them together. */
export interface ChannelParts {
  readonly bot: BotAccount;
  /** What the page proposes to say. */
  readonly hints: readonly string[];
  /** Where the page leads besides. */
  readonly links: readonly { readonly name: string; readonly url: string }[];
  readonly people: People;
  readonly conversations: Conversations;
  readonly membership: Membership;
  readonly transcripts: Transcripts;
  readonly faults: Faults;
  readonly limits: Limits;
  /** Of one way between bot and channel; absent: none beyond the machine's own. */
  readonly latency?: Latency | undefined;
  readonly stats: Stats;
  readonly ids: ActivityIds;
  readonly delivery: BotDelivery;
  readonly journal: Journal;
  /** Aborted when the channel closes: whatever waits, stops waiting. */
  readonly closing: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** `http://127.0.0.1:<port>`; known once the server listens. */
  readonly baseUrl: () => string;
  /** What the bot is told to answer to: the base URL with a slash at its end, as Teams' service URLs have one. */
  readonly serviceUrl: () => string;
}
