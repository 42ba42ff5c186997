import { defined } from '../../../domain/defined.ts';
import type { Log } from '../../../ports/log.ts';
import { TokenUnavailable } from '../token/authentication-errors.ts';
import type { OutboundTokens } from '../token/outbound-tokens.ts';
import type { Exchange, HttpRequest } from './exchange.ts';
import type { HttpClient } from './http-client.ts';
import { type ServiceEndpoints, UntrustedServiceUrl } from './service-endpoints.ts';

/** A request to the Bot Connector; `path` is below `/v3/conversations` and made by `conversationPath`. */
export type ConnectorRequest = Pick<HttpRequest, 'method' | 'path'> & { readonly json?: unknown };

/**
 * The Bot Connector REST API: the only way out of this process to a channel. Asks whether a service URL is trusted
 * before it asks for a token, and makes one request a call.
 */
export class ConnectorApi {
  readonly #endpoints: ServiceEndpoints;
  readonly #http: HttpClient;
  readonly #tokens: OutboundTokens | undefined;
  readonly #audience: string;
  readonly #log: Log;

  constructor(deps: {
    readonly endpoints: ServiceEndpoints;
    readonly http: HttpClient;
    /** Absent in the local stack, which asks for no token. */
    readonly tokens?: OutboundTokens;
    readonly audience: string;
    readonly log: Log;
  }) {
    this.#endpoints = deps.endpoints;
    this.#http = deps.http;
    this.#tokens = deps.tokens;
    this.#audience = deps.audience;
    this.#log = deps.log;
  }

  /** Throws `UntrustedServiceUrl` and nothing else. */
  async call(serviceUrl: string, request: ConnectorRequest): Promise<Exchange> {
    const endpoint = this.#endpoints.find(serviceUrl);
    if (endpoint === undefined) throw new UntrustedServiceUrl();
    let token: string | undefined;
    try {
      token = await this.#tokens?.get(this.#audience);
    } catch (error) {
      if (!(error instanceof TokenUnavailable)) throw error;
      // Nothing was sent, so the work comes back and nobody is told twice.
      this.#log.error('token.unavailable', { cause: String(error.cause) });
      return { kind: 'unanswered', code: error.code, written: false };
    }
    const exchange = await this.#http.exchange(endpoint.origin, {
      method: request.method,
      path: `${endpoint.basePath}/v3/conversations${request.path}`,
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
      ...defined({ token }),
    });
    // Not asked again here: whoever makes the next request does so with another token.
    if (token !== undefined && exchange.kind === 'answered' && exchange.status === 401) {
      this.#tokens?.refused(this.#audience, token);
    }
    return exchange;
  }
}

/** `/<id>/activities`: each part percent-encoded, so that no id reaches beyond its place in the path. */
export function conversationPath(...parts: readonly string[]): string {
  let path = '';
  for (const part of parts) {
    // A lone surrogate cannot be encoded; a part of dots would be taken for a way up.
    const encoded = encodeURIComponent(part.toWellFormed());
    path += `/${/^\.{1,2}$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded}`;
  }
  return path;
}
