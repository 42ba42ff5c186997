import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** Signs tokens as the Bot Connector does; `alg` RS256, `kid` its own, unless told otherwise. */
export interface TokenSigner {
  sign(claims: JWTPayload, header?: { readonly kid?: string; readonly alg?: string }): Promise<string>;
  readonly publicJwk: JWK;
}

/** An OpenID provider with its metadata document and keys. */
export interface OpenIdServer extends TokenSigner {
  readonly issuer: string;
  readonly metadataUrl: string;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
  /** Publishes the keys of another signer too, with these endorsements. */
  publish(signer: TokenSigner, endorsements?: readonly string[]): void;
  /** Answers everything with this status; `undefined` for good answers again. */
  fail(status: number | undefined): void;
  close(): Promise<void>;
}

let signers = 0;

/** A signer whose key nobody publishes. */
export async function newSigner(): Promise<TokenSigner> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  signers += 1;
  const kid = `key-${signers}`;
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, use: 'sig' };
  return {
    publicJwk,
    sign: (claims, header) => signed(privateKey, claims, { alg: 'RS256', kid, ...header }),
  };
}

export async function startOpenIdServer(): Promise<OpenIdServer> {
  const signer = await newSigner();
  const keys: JWK[] = [signer.publicJwk];
  const requests: string[] = [];
  let failure: number | undefined;

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    response.setHeader('content-type', 'application/json');
    if (failure !== undefined) response.writeHead(failure).end('{}');
    else if (path === '/keys') response.end(JSON.stringify({ keys }));
    else response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...signer,
    issuer: url,
    metadataUrl: `${url}/.well-known/openidconfiguration`,
    requests,
    publish: ({ publicJwk }, endorsements) =>
      keys.push({ ...publicJwk, ...(endorsements === undefined ? {} : { endorsements: [...endorsements] }) }),
    fail: (status) => {
      failure = status;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function signed(
  key: CryptoKey | Uint8Array,
  claims: JWTPayload,
  header: { readonly alg: string; readonly kid: string },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', ...header }).sign(key);
}

/** A token with any header and payload, and the given signature part: none by default. */
export function unsignedToken(header: object, claims: object, signature = ''): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode(claims)}.${signature}`;
}
