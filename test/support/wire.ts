import type { TableHttpClient } from '../../shared/adapters/table/wire/undici-http-client.ts';
import { undiciHttpClient } from '../../shared/adapters/table/wire/undici-http-client.ts';

type SdkRequest = Parameters<TableHttpClient['sendRequest']>[0];
type SdkResponse = Awaited<ReturnType<TableHttpClient['sendRequest']>>;

/** What one request asks of the table service: `query conversations`, `transaction notifications`. */
export type Operation = string;

/** Meets a request on its way: passes it on by `send`, or answers in its place. */
export type Intercept = (
  operation: Operation,
  send: () => Promise<SdkResponse>,
  request: SdkRequest,
) => Promise<SdkResponse>;

/** A way to the table service that sees every request and can make it go wrong. */
export class Wire {
  readonly httpClient: TableHttpClient;
  #operations: Operation[] = [];
  #intercept: Intercept | undefined;

  constructor(inner: TableHttpClient = undiciHttpClient()) {
    this.httpClient = {
      sendRequest: async (request) => {
        const operation = operationOf(request);
        this.#operations.push(operation);
        const send = () => inner.sendRequest(request);
        return this.#intercept === undefined ? send() : this.#intercept(operation, send, request);
      },
    };
  }

  /** The operations since the last time, in order. */
  take(): readonly Operation[] {
    const taken = this.#operations;
    this.#operations = [];
    return taken;
  }

  /** Lets `intercept` meet every request from now on; without one they pass. */
  onRequest(intercept: Intercept | undefined): void {
    this.#intercept = intercept;
  }

  /** The next request for `operation` fails; `after`: when it was done, `before`: without having been. */
  loseNext(operation: Operation, when: 'before' | 'after', error: Error): void {
    let open = true;
    this.#intercept = async (one, send) => {
      if (one !== operation || !open) return send();
      open = false;
      if (when === 'after') await send();
      throw error;
    };
  }
}

function operationOf(request: SdkRequest): Operation {
  const { pathname } = new URL(request.url);
  const [, , resource = ''] = pathname.split('/');
  // Tests have a prefix of `t` and 12 hexadecimal digits before the names of their tables.
  const withoutPrefix = (name: string) => name.replace(/^t[0-9a-f]{12}/, '');
  if (resource === '$batch') {
    const inside = /\/(t[0-9a-f]{12}[a-z]+)/.exec(typeof request.body === 'string' ? request.body : '');
    return `transaction ${withoutPrefix(inside?.[1] ?? '')}`;
  }
  const [, name = '', parameters] = /^([A-Za-z0-9]+)(\(.*\))?$/.exec(decodeURIComponent(resource)) ?? [];
  return `${verbOf(request.method, parameters, request.headers.has('if-match'))} ${withoutPrefix(name)}`;
}

function verbOf(method: string, parameters: string | undefined, isConditional: boolean): string {
  switch (method) {
    case 'GET':
      return parameters === undefined || parameters === '()' ? 'query' : 'get';
    case 'POST':
      return 'insert';
    case 'DELETE':
      return 'delete';
    case 'PUT':
      return isConditional ? 'replace' : 'put';
    default:
      return isConditional ? 'update' : 'merge';
  }
}
