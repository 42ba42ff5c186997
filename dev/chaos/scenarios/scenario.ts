import type { FaultRuleInput } from '../../tables/faults.ts';
import type { ChannelFault } from '../faults/channel-faults.ts';

/** How a delivery has to end: on the report and before the person's eyes. */
export interface Ending {
  readonly outcome: string;
  readonly reason?: string;
  /** How often the person is shown the message. */
  readonly shown: number;
  readonly attempts?: number;
  readonly repeats?: number;
}

/** One fault, or a few in a row, that meet one delivery, and how it has to end under either policy. */
export interface Scenario {
  readonly name: string;
  /** What the channel does to the requests about this person, in this order. */
  readonly channel?: readonly ChannelFault[];
  /** What the tables do; `of` names the rows of this delivery. */
  readonly tables?: (of: {
    readonly notification: string;
    readonly conversation: string;
  }) => FaultRuleInput[];
  /** Takes longer than ten seconds by its nature; the short form leaves it out. */
  readonly slow?: true;
  /** How the bot met the person; default: in the conversation that the channel has for them. */
  readonly met?: 'in-a-conversation-that-is-gone' | 'in-a-group';
  readonly resend: Ending;
  readonly park: Ending;
}

/** A scenario that ends alike under both policies, because its result is known. */
export function alike(scenario: Omit<Scenario, 'resend' | 'park'>, ending: Ending): Scenario {
  return { ...scenario, resend: { repeats: 0, ...ending }, park: { repeats: 0, ...ending } };
}

/** A scenario whose first request has an unknown result; `shown` by it already. */
export function unknown(scenario: Omit<Scenario, 'resend' | 'park'>, shown: 0 | 1): Scenario {
  return {
    ...scenario,
    resend: { outcome: 'delivered', shown: shown + 1, repeats: 1 },
    park: { outcome: 'unconfirmed', shown, repeats: 0 },
  };
}
