import { errors, type JWTPayload, jwtVerify } from 'jose';
import { minutes } from '../../../domain/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type RefusalReason, SigningKeysUnavailable, Unauthenticated } from './authentication-errors.ts';
import type { ChannelCloud } from './channel-cloud.ts';
import type { SigningKey, SigningKeys } from './signing-keys.ts';

/** Bot Framework's protocol allows clocks to differ by five minutes. */
const CLOCK_TOLERANCE_SECONDS = minutes(5) / 1000;

/** The channel's tokens have about 1,200 characters; their claims go along with the turn. */
const LONGEST_HEADER = 16 * 1024;

/** A token whose signature, issuer, audience and lifetime are good; whether it belongs to the activity is still open. */
export interface InboundToken {
  readonly claims: JWTPayload;
  readonly endorsements: readonly string[];
}

/** What a token has to vouch for. */
export interface TokenSubject {
  readonly channelId: string;
  readonly serviceUrl: string;
}

/**
 * Checks the tokens that the Bot Connector sends along, by the rules of its protocol ("Authenticate requests from
 * the Bot Connector service to your bot"), and by two more: a token has to say when it ends, and it has to name the
 * activity's service URL. Only the Bot Connector's own tokens count: those of emulators and of other bots, which
 * carry no service URL, are refused.
 */
export class InboundTokens {
  readonly #appId: string;
  readonly #cloud: ChannelCloud;
  readonly #keys: SigningKeys;
  readonly #clock: Clock;

  constructor(
    appId: string,
    deps: { readonly cloud: ChannelCloud; readonly keys: SigningKeys; readonly clock: Clock },
  ) {
    this.#appId = appId;
    this.#cloud = deps.cloud;
    this.#keys = deps.keys;
    this.#clock = deps.clock;
  }

  /** Takes an `Authorization` header. Throws `Unauthenticated`, or `SigningKeysUnavailable`. */
  async check(authorization: string | undefined): Promise<InboundToken> {
    if (authorization === undefined || authorization.trim() === '') throw new Unauthenticated('missing');
    if (authorization.length > LONGEST_HEADER) throw new Unauthenticated('malformed');
    const token = /^Bearer +([\w.-]+)$/i.exec(authorization.trim())?.[1];
    if (token === undefined) throw new Unauthenticated('malformed');

    let signedBy: SigningKey | undefined;
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          signedBy = kid === undefined ? undefined : await this.#keys.find(kid);
          if (signedBy === undefined) throw new Unauthenticated('unknown-key');
          return signedBy.key;
        },
        {
          algorithms: ['RS256'],
          issuer: this.#cloud.issuer,
          audience: this.#appId,
          requiredClaims: ['exp', 'serviceurl'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(this.#clock.now()),
        },
      );
      return { claims: payload, endorsements: signedBy?.endorsements ?? [] };
    } catch (error) {
      // Nothing was done for the activity yet: what passes is repeated by the channel, what is forged is not.
      if (error instanceof SigningKeysUnavailable || error instanceof Unauthenticated) throw error;
      throw new Unauthenticated(reasonOf(error), error);
    }
  }
}

/** Throws `Unauthenticated` when the token was not made for an activity of that channel and service URL. */
export function requireTokenFor(token: InboundToken, subject: TokenSubject): void {
  if (token.endorsements.length > 0 && !token.endorsements.includes(subject.channelId)) {
    throw new Unauthenticated('endorsement');
  }
  if (token.claims.serviceurl !== subject.serviceUrl) throw new Unauthenticated('service-url');
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWTClaimValidationFailed) {
    switch (error.claim) {
      case 'iss':
        return 'issuer';
      case 'aud':
        return 'audience';
      case 'nbf':
        return 'not-yet-valid';
      default:
        return 'claims';
    }
  }
  return 'malformed';
}
