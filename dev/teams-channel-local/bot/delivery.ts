import type { Conversation } from '../conversations/conversation.ts';
import type { Faults } from '../faults/faults.ts';
import type { Stats } from '../stats/stats.ts';
import type { InboundActivity } from './activities.ts';
import type { BotClient, PostResult } from './client.ts';

/** What came of handing an activity to the bot. `status` is what Direct Line answers its client. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly body: unknown }
  | { readonly kind: 'failed'; readonly status: 502 | 504; readonly reason: string };

/** What the channel last learned about the bot. */
export interface BotState {
  readonly url: string;
  /** `undefined` until something was posted or looked up. */
  readonly isReachable: boolean | undefined;
  /** Why the last post failed. */
  readonly lastError?: string | undefined;
}

/** Hands activities to the bot as a channel does: once more when no answer comes in time, twice when told to. */
export class BotDelivery {
  readonly #client: BotClient;
  readonly #faults: Faults;
  readonly #stats: Stats;
  readonly #resends: number;
  readonly #renew: (activity: InboundActivity) => InboundActivity;
  readonly #renewAfterMs: number;
  readonly #closing: AbortSignal;
  #state: BotState;
  /** Called when what is known about the bot changes. */
  onChange: () => void = () => {};

  /**
   * `resends` is how often an activity is posted again when no answer came in time; Teams does it once. A press that was
   * answered by then neither comes once more, `renewAfterMs` later and as another activity: `renew` gives it an id and a
   * time of its own.
   */
  constructor(parts: {
    client: BotClient;
    faults: Faults;
    stats: Stats;
    resends: number;
    renew: (activity: InboundActivity) => InboundActivity;
    renewAfterMs: number;
    closing: AbortSignal;
  }) {
    this.#client = parts.client;
    this.#faults = parts.faults;
    this.#stats = parts.stats;
    this.#resends = parts.resends;
    this.#renew = parts.renew;
    this.#renewAfterMs = parts.renewAfterMs;
    this.#closing = parts.closing;
    this.#state = { url: parts.client.url, isReachable: undefined };
  }

  get state(): BotState {
    return this.#state;
  }

  /** Every repeat carries the same activity id, but for what Teams makes of a press. */
  async deliver(activity: InboundActivity, conversation: Conversation): Promise<Delivery> {
    const twice = this.#faults.takeResend([conversation.id, conversation.key]);
    if (twice) {
      this.#stats.fault('resend');
      this.#postLater(() => (twice.renewed ? this.#renew(activity) : activity), twice.delayMs ?? 0);
    }
    let result = await this.#post(activity);
    for (let again = 0; again < this.#resends && result.kind === 'timeout'; again++) {
      result = await this.#post(activity);
    }
    const isPress = activity.type === 'invoke';
    if (isPress && result.kind === 'timeout' && this.#resends > 0) {
      this.#postLater(() => this.#renew(activity), this.#renewAfterMs);
    }
    return this.#judge(result);
  }

  /** The client has given up by then: nobody hears what the bot answers. */
  #postLater(activity: () => InboundActivity, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#closing.removeEventListener('abort', stop);
      void this.#post(activity());
    }, delayMs);
    const stop = () => clearTimeout(timer);
    this.#closing.addEventListener('abort', stop, { once: true });
  }

  /** Looks whether the bot listens, without posting anything. */
  async look(): Promise<void> {
    const isReachable = await this.#client.isListening();
    if (isReachable !== this.#state.isReachable) this.#know({ url: this.#client.url, isReachable });
  }

  async #post(activity: InboundActivity): Promise<PostResult> {
    const result = await this.#client.post(activity);
    this.#stats.postedToBot(result.kind === 'answered' ? result.status : result.kind);
    return result;
  }

  #judge(result: PostResult): Delivery {
    const { url } = this.#client;
    if (result.kind === 'answered' && result.status < 300) {
      this.#know({ url, isReachable: true });
      return { kind: 'accepted', body: result.body };
    }
    const reason =
      result.kind === 'answered'
        ? `The bot at ${url} answered ${result.status}.`
        : result.kind === 'timeout'
          ? `The bot at ${url} did not answer in time.`
          : `The bot at ${url} cannot be reached (${result.reason}).`;
    this.#know({ url, isReachable: result.kind !== 'unreachable', lastError: reason });
    return { kind: 'failed', status: result.kind === 'timeout' ? 504 : 502, reason };
  }

  #know(state: BotState): void {
    this.#state = state;
    this.onChange();
  }
}
