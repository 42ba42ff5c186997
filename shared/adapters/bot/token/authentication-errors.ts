/** Why a request's token was refused. For logs: the sender only learns that it was. */
export type RefusalReason =
  | 'missing'
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'claims'
  | 'endorsement'
  | 'service-url';

/** The request does not come from the Bot Connector. Nothing of it may be used or stored. */
export class Unauthenticated extends Error {
  readonly code = 'unauthenticated';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, cause?: unknown) {
    super(`the request's bearer token was refused: ${reason}`, { cause });
    this.name = 'Unauthenticated';
    this.reason = reason;
  }
}

/** The Bot Connector's keys cannot be had at the moment, so nobody can say whether a token is good. Comes back by itself. */
export class SigningKeysUnavailable extends Error {
  readonly code = 'signing-keys-unavailable';

  constructor(url: string, cause: unknown) {
    super(`the Bot Connector's signing keys could not be read from ${url}`, { cause });
    this.name = 'SigningKeysUnavailable';
  }
}

/** No token for the Bot Connector could be had, so nothing was sent. */
export class TokenUnavailable extends Error {
  readonly code = 'token-unavailable';

  constructor(cause: unknown) {
    super(
      'no token for the Bot Connector could be had; check MicrosoftAppId, MicrosoftAppType and the identity behind them',
      { cause },
    );
    this.name = 'TokenUnavailable';
  }
}
