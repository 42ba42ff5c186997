import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type Pipeline,
  RestError,
} from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import type { TableHttpClient } from './undici-http-client.ts';

/**
 * Policies of the SDK's pipeline that do nothing for requests written here: what they convert, unpack, log or trace
 * comes from its own operations. Signing, retries, the user agent and the request id stay.
 */
export const policiesLeftOut: readonly string[] = [
  'serializationPolicy',
  'deserializationPolicy',
  'proxyPolicy',
  'decompressResponsePolicy',
  'formDataPolicy',
  'multipartPolicy',
  'redirectPolicy',
  'tracingPolicy',
  'logPolicy',
  'wrapAbortSignalLikePolicy',
];

/** The version of the service's protocol that is spoken. */
export const PROTOCOL = {
  accept: 'application/json;odata=minimalmetadata',
  'x-ms-version': '2019-02-02',
  dataserviceversion: '3.0',
};

export interface WireRequest {
  readonly method: HttpMethods;
  /** Behind the account's address: `/people(PartitionKey='a',RowKey='b')?$select=name`, percent-encoded. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly abortSignal: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  /** By a name in lower case. */
  header(name: string): string | undefined;
  /** The service's code of an error: in its body, or beside it in a header. */
  code(): string | undefined;
  /** The answer as the error of the SDK. */
  toError(code?: string): RestError;
}

/**
 * Requests to one account's Table service. The SDK signs them and repeats what got no answer or a 408, 429 or 5xx;
 * every answer in the end is a return value, and only its absence is an error.
 *
 * The SDK's own operations build each request and read each answer by a description of the whole service, and for a
 * transaction a client of its own: four times the CPU time of what they ask for (docs/performance.md).
 */
export class TableWire {
  readonly #pipeline: Pipeline;
  readonly #httpClient: TableHttpClient;
  /** Address of the account, without a slash at its end. */
  readonly #account: string;
  /** What a shared access signature puts at the end of each address. */
  readonly #signature: string;

  /** @param connected one of the SDK's clients: who it signs for, and its address */
  constructor(connected: { readonly pipeline: Pipeline; readonly url: string }, httpClient: TableHttpClient) {
    this.#pipeline = connected.pipeline.clone();
    for (const name of policiesLeftOut) this.#pipeline.removePolicy({ name });
    this.#httpClient = httpClient;
    const [account = '', signature = ''] = connected.url.split('?');
    this.#account = account.endsWith('/') ? account.slice(0, -1) : account;
    this.#signature = signature;
  }

  /** The whole address of a path, as a transaction names its rows; without a signature. */
  addressOf(path: string): string {
    return `${this.#account}${path}`;
  }

  async send({ method, path, headers, body, abortSignal }: WireRequest): Promise<WireAnswer> {
    const signed =
      this.#signature === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${this.#signature}`;
    const request = createPipelineRequest({
      method,
      url: this.addressOf(signed),
      headers: createHttpHeaders({ ...PROTOCOL, ...headers }),
      ...defined({ body }),
      abortSignal,
      // Where the connection string says so; with an identity the SDK refuses to show its token there.
      allowInsecureConnection: this.#account.startsWith('http://'),
    });
    const response = await this.#pipeline.sendRequest(this.#httpClient, request);
    const { status } = response;
    const text = response.bodyAsText ?? '';
    const code = () => errorCodeOf(text) ?? response.headers.get('x-ms-error-code');
    return {
      status,
      text,
      header: (name) => response.headers.get(name),
      code,
      toError: (name = code()) =>
        new RestError(`the table service answered ${status}${name === undefined ? '' : ` (${name})`}`, {
          statusCode: status,
          ...defined({ code: name }),
          request,
          response,
        }),
    };
  }
}

const errorSchema = z.object({ 'odata.error': z.object({ code: z.string() }) });

/** The service's code in the body of an error; `undefined` when it is none. */
export function errorCodeOf(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return errorSchema.safeParse(JSON.parse(text)).data?.['odata.error'].code;
  } catch {
    // Cut off on its way: the status alone says what happened.
    return undefined;
  }
}
