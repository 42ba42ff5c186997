import { createHttpHeaders, type HttpClient, RestError } from '@azure/core-rest-pipeline';
import { Agent, type Dispatcher } from 'undici';
import { type CollectedAnswer, collectAnswer } from '../../http/collect-answer.ts';

/** What sends the SDK's requests. */
export type TableHttpClient = HttpClient;

type SdkRequest = Parameters<TableHttpClient['sendRequest']>[0];
type SdkResponse = Awaited<ReturnType<TableHttpClient['sendRequest']>>;

export interface UndiciHttpClientOptions {
  /** Default: an agent of its own, 128 connections to an origin, kept alive. */
  readonly dispatcher?: Dispatcher;
}

/**
 * Sends the Table SDK's requests by `undici`: about a third less CPU an operation than `node:http`.
 *
 * For requests and answers as the Table service has them: bodies of text or bytes, answers of text. It follows the
 * request's abort signal; proxies, progress and TLS settings of the SDK are not supported.
 */
export function undiciHttpClient(options: UndiciHttpClientOptions = {}): TableHttpClient {
  const dispatcher =
    options.dispatcher ?? new Agent({ connections: 128, keepAliveTimeout: 30_000, pipelining: 1 });
  return {
    async sendRequest(request) {
      const url = new URL(request.url);
      if (url.protocol !== 'https:' && request.allowInsecureConnection !== true) {
        throw new Error(
          `cannot connect to ${url.origin}: it is not https; set allowInsecureConnection for a local one`,
        );
      }
      const { answer, error } = await collectAnswer(
        dispatcher,
        {
          origin: url.origin,
          path: url.pathname + url.search,
          // The SDK's methods are those of HTTP that undici knows.
          method: request.method,
          headers: sentHeaders(request),
          body: bodyOf(request),
          ...(request.timeout > 0 ? { headersTimeout: request.timeout, bodyTimeout: request.timeout } : {}),
        },
        { signal: request.abortSignal },
      );
      // Half an answer is none: the SDK asks again.
      if (answer === undefined || error !== undefined) throw translated(error, request);
      const { status, headers, body } = answer;
      return { request, status, headers: receivedHeaders(headers), bodyAsText: body };
    },
  };
}

function sentHeaders(request: SdkRequest): Record<string, string> {
  const headers = request.headers.toJSON();
  // Nothing here unpacks an answer, and the few kilobytes of a row are not worth packing.
  delete headers['accept-encoding'];
  // undici sets them itself.
  delete headers['content-length'];
  delete headers.connection;
  return headers;
}

function bodyOf(request: SdkRequest): string | Uint8Array | null {
  const { body } = request;
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError('the body of a table request must be text or bytes');
}

/** The SDK repeats a request only for errors of its own class with the codes of `node:http`. */
function translated(error: unknown, request: SdkRequest): unknown {
  if (!(error instanceof Error) || isAbort(error)) return error;
  return new RestError(error.message, { code: nodeCode(error), request });
}

function isAbort(error: Error): boolean {
  return error.name === 'AbortError' || error.name === 'TimeoutError';
}

function nodeCode(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'ETIMEDOUT';
    case 'UND_ERR_SOCKET':
    case 'EPIPE':
      return 'ECONNRESET';
    case '':
      return RestError.REQUEST_SEND_ERROR;
    default:
      return code;
  }
}

function receivedHeaders(headers: CollectedAnswer['headers']): SdkResponse['headers'] {
  const received = createHttpHeaders();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) received.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return received;
}
