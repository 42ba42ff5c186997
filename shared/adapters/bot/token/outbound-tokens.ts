import type { TokenCredential } from '@azure/identity';
import { LONGEST_TOKEN_WAIT } from '../../../domain/delivery/claim-span.ts';
import { type Duration, hours, type Instant, minutes, seconds } from '../../../domain/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import { TokenUnavailable } from './authentication-errors.ts';

/** A token is renewed this long before it ends. Until then the old one serves, and no send waits for the new one. */
const RENEW_BEFORE_END: Duration = minutes(5);
/** A token this close to its end is not used any more: it has to live until the channel reads it. */
const SPENT_BEFORE_END: Duration = minutes(1);
/** The least time between two requests for the same token, whatever its lifetime and however they end. */
const LEAST_INTERVAL: Duration = seconds(30);

/** No token of Microsoft Entra ID lives longer; what says so has a wrong clock or a fault. */
const LONGEST_LIFE: Duration = hours(28);
/** What fits a header, and holds nothing that ends it. */
const USABLE = /^[\x21-\x7e]{1,16384}$/;

interface HeldToken {
  readonly token: string;
  readonly askedAt: Instant;
  readonly renewAt: Instant;
  readonly endsAt: Instant;
}

/**
 * Tokens to call the Bot Connector with, one an audience, asked for once however many sends need it at the same
 * moment.
 */
export class OutboundTokens {
  #credential: TokenCredential;
  readonly #anew: () => TokenCredential;
  readonly #clock: Clock;
  readonly #held = new Map<string, HeldToken>();
  readonly #asked = new Map<string, Promise<string>>();

  /** @param anew gives the credential; another one in the place of one whose token was refused, because it may keep that */
  constructor(anew: () => TokenCredential, clock: Clock) {
    this.#anew = anew;
    this.#credential = anew();
    this.#clock = clock;
  }

  /** Throws `TokenUnavailable`; the next call then asks anew. */
  get(audience: string): string | Promise<string> {
    const held = this.#held.get(audience);
    const now = this.#clock.now();
    if (held !== undefined && now < held.renewAt) return held.token;

    let asked = this.#asked.get(audience);
    if (asked === undefined) {
      asked = this.#ask(audience).finally(() => this.#asked.delete(audience));
      this.#asked.set(audience, asked);
    }
    if (held === undefined || now >= held.endsAt - SPENT_BEFORE_END) return asked;
    // A renewal that fails is tried again after a while; once the old token is spent, its failure reaches the sends.
    asked.catch(() => this.#held.set(audience, { ...held, renewAt: this.#clock.now() + LEAST_INTERVAL }));
    return held.token;
  }

  /**
   * The channel refused this token: the next call asks for another one. Not more often than every half a minute, because
   * a channel that refuses every token says so to each of many requests.
   */
  refused(audience: string, token: string): void {
    const held = this.#held.get(audience);
    if (held?.token !== token) return;
    const age = this.#clock.now() - held.askedAt;
    if (age >= 0 && age < LEAST_INTERVAL) return;
    this.#held.delete(audience);
    this.#credential = this.#anew();
  }

  async #ask(audience: string): Promise<string> {
    try {
      const answer = await this.#answer(audience);
      const { token, refreshAfterTimestamp } = answer;
      if (!USABLE.test(token)) throw new Error('the credential gave a token that no header can carry');
      const now = this.#clock.now();
      // Without a usable end it serves for the shortest time.
      const endsAt = Number.isFinite(answer.expiresOnTimestamp)
        ? Math.min(answer.expiresOnTimestamp, now + LONGEST_LIFE)
        : now + SPENT_BEFORE_END + LEAST_INTERVAL;
      const renewAt = Math.min(refreshAfterTimestamp ?? endsAt, endsAt - RENEW_BEFORE_END);
      this.#held.set(audience, {
        token,
        askedAt: now,
        endsAt,
        renewAt: Math.max(renewAt, Math.min(now + LEAST_INTERVAL, endsAt)),
      });
      return token;
    } catch (error) {
      // No request was made with it, so the work comes back and nobody is told twice.
      throw new TokenUnavailable(error);
    }
  }

  async #answer(audience: string): Promise<{
    readonly token: string;
    readonly expiresOnTimestamp: Instant;
    readonly refreshAfterTimestamp?: Instant;
  }> {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        abort.abort();
        reject(new Error(`no answer within ${LONGEST_TOKEN_WAIT} ms`));
      }, LONGEST_TOKEN_WAIT);
    });
    try {
      const asking = this.#credential.getToken(`${audience}/.default`, { abortSignal: abort.signal });
      const answer = await Promise.race([asking, late]);
      if (answer === null) throw new Error('the credential gave no token');
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }
}
