import { type CryptoKey, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { type Duration, hours, type Instant, minutes } from '../../../domain/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { HttpClient } from '../connector/http-client.ts';
import { SigningKeysUnavailable } from './authentication-errors.ts';

/** Bot Framework asks bots to read the keys again at least once a day. */
const FRESH_FOR: Duration = hours(24);
/** A key that is not known makes them read sooner, but never more often than this, whoever sends what. */
const LEAST_INTERVAL: Duration = minutes(5);

export interface SigningKey {
  readonly key: CryptoKey;
  /** Channels that this key may sign for; empty means any. */
  readonly endorsements: readonly string[];
}

const metadataShape = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const keyShape = z.looseObject({
  kid: z.string(),
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).optional(),
});
const keysShape = z.object({ keys: z.array(z.unknown()) });

/** The Bot Connector's public keys, read from its OpenID metadata when first needed and kept. */
export class SigningKeys {
  readonly #url: string;
  readonly #http: HttpClient;
  readonly #clock: Clock;
  #keys: ReadonlyMap<string, SigningKey> | undefined;
  #readAt: Instant = Number.NEGATIVE_INFINITY;
  #triedAt: Instant = Number.NEGATIVE_INFINITY;
  #reading: Promise<ReadonlyMap<string, SigningKey>> | undefined;

  constructor(openIdMetadataUrl: string, deps: { readonly http: HttpClient; readonly clock: Clock }) {
    this.#url = openIdMetadataUrl;
    this.#http = deps.http;
    this.#clock = deps.clock;
  }

  /** The key with that id, or `undefined`. Throws `SigningKeysUnavailable` when no keys were ever read. */
  async find(kid: string): Promise<SigningKey | undefined> {
    const known = this.#keys?.get(kid);
    const now = this.#clock.now();
    const stale = known === undefined || isPast(this.#readAt, FRESH_FOR, now);
    const mayAsk = this.#keys === undefined || isPast(this.#triedAt, LEAST_INTERVAL, now);
    if (stale && mayAsk) return (await this.#renewed()).get(kid);
    // The keys that are being read may hold it.
    if (known === undefined && this.#reading !== undefined) return (await this.#renewed()).get(kid);
    return known;
  }

  /** One request however many tokens wait for it. Old keys serve on when new ones cannot be had. */
  async #renewed(): Promise<ReadonlyMap<string, SigningKey>> {
    this.#triedAt = this.#clock.now();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    try {
      return await this.#reading;
    } catch (error) {
      // Without any keys the channel is asked to repeat the activity, of which nothing was done yet.
      if (this.#keys === undefined) throw new SigningKeysUnavailable(this.#url, error);
      return this.#keys;
    }
  }

  async #read(): Promise<ReadonlyMap<string, SigningKey>> {
    const { jwks_uri } = metadataShape.parse(await this.#getJson(this.#url));
    if (this.#url.startsWith('https:') && !jwks_uri.startsWith('https:')) {
      throw new Error('the metadata leads to keys that are not behind https');
    }
    const keys = new Map<string, SigningKey>();
    for (const candidate of keysShape.parse(await this.#getJson(jwks_uri)).keys) {
      const jwk = keyShape.safeParse(candidate);
      // Keys of other kinds may stand beside those that sign tokens.
      if (!jwk.success) continue;
      const key = await importKey(jwk.data);
      if (key !== undefined) keys.set(jwk.data.kid, { key, endorsements: jwk.data.endorsements ?? [] });
    }
    this.#keys = keys;
    this.#readAt = this.#clock.now();
    return keys;
  }

  async #getJson(url: string): Promise<unknown> {
    const { origin, pathname, search } = new URL(url);
    const answer = await this.#http.exchange(origin, { method: 'GET', path: pathname + search });
    if (answer.kind === 'unanswered') throw new Error(`${url} gave no answer: ${answer.code}`);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    return JSON.parse(answer.body);
  }
}

/** Whether so much time has passed; when the clock was put back since, nobody knows, and it counts as passed. */
function isPast(since: Instant, span: Duration, now: Instant): boolean {
  return now < since || now - since >= span;
}

async function importKey(jwk: JWK): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK({ kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' }, 'RS256');
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    // A key that cannot be read signs nothing; a token that names it is refused for its unknown key.
    return undefined;
  }
}
