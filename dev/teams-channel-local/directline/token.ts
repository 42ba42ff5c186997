import { isObject } from '../http/body.ts';

/** What a Direct Line token says. It is not signed: on this channel everybody is who they say. */
export interface TokenClaims {
  /** Channel user id. */
  readonly user: string;
  /** Key of the conversation. */
  readonly conversation: string;
}

/** The lifetime that is announced; clients refresh after half of it. Nothing here expires. */
export const EXPIRES_IN_SECONDS = 1800;

/** A token in the form of a JWT, because clients look into it for the user's id. */
export function makeToken(claims: TokenClaims): string {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ user: claims.user, conv: claims.conversation })}.`;
}

/** Reads a token; `undefined` for anything else, such as a secret, which this channel does not ask for. */
export function readToken(token: string | null | undefined): TokenClaims | undefined {
  const [, payload] = (token ?? '').split('.');
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!isObject(claims) || typeof claims.user !== 'string' || typeof claims.conv !== 'string')
      return undefined;
    return { user: claims.user, conversation: claims.conv };
  } catch {
    // Not one of ours; whoever holds it is treated like somebody without one.
    return undefined;
  }
}

/** Reads the token of an `Authorization: Bearer` header. */
export function readBearer(authorization: string | undefined): TokenClaims | undefined {
  return readToken(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1]);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
