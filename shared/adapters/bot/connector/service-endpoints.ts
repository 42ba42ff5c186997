import type { TrustedServiceUrls } from '../../../domain/conversation/trusted-service-urls.ts';
import { withoutTail } from '../../../domain/text.ts';

/** A trusted service URL, taken apart for requests. */
export interface ServiceEndpoint {
  readonly origin: string;
  /** Without a slash at its end, `/emea/<tenant>`; empty when there is none. */
  readonly basePath: string;
}

/** Thrown within a turn that would send to a service URL that the configuration does not trust. */
export class UntrustedServiceUrl extends Error {
  readonly code = 'untrusted-service-url';

  constructor() {
    super('the service URL is not one that NOTIFIER_TRUSTED_SERVICE_URLS trusts; nothing is sent there');
    this.name = 'UntrustedServiceUrl';
  }
}

const MOST_REMEMBERED = 1000;

/** The only way from a service URL to something a request can be made to: through the list of trusted ones. */
export class ServiceEndpoints {
  readonly #trusted: TrustedServiceUrls;
  readonly #remembered = new Map<string, ServiceEndpoint>();

  constructor(trusted: TrustedServiceUrls) {
    this.#trusted = trusted;
  }

  /** `undefined` when the service URL is not trusted. */
  find(serviceUrl: string): ServiceEndpoint | undefined {
    const remembered = this.#remembered.get(serviceUrl);
    if (remembered !== undefined) return remembered;
    if (!this.#trusted.trusts(serviceUrl)) return undefined;
    const url = new URL(serviceUrl);
    const endpoint = { origin: url.origin, basePath: withoutTail(url.pathname, /\//) };
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(serviceUrl, endpoint);
    return endpoint;
  }
}
