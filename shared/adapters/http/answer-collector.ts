import type { Dispatcher } from 'undici';

/** What has come of an answer. */
export interface CollectedAnswer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: string;
}

/**
 * Follows one request through undici and collects its answer: without the stream that undici's own `request` makes of a
 * body, as answers here are whole and small. Whoever extends it says what the end of the request means, and how long one
 * waits for it.
 */
export abstract class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #mostBytes: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status: number | undefined;
  #headers: Dispatcher.ResponseData['headers'] = {};

  /** @param mostBytes of the body; the rest of a longer one is read and thrown away */
  constructor(mostBytes = Number.POSITIVE_INFINITY) {
    this.#mostBytes = mostBytes;
  }

  /** A connection is there, and the request is about to be written to it. */
  abstract onRequestStart(controller: Dispatcher.DispatchController): void;

  /**
   * Called once. `answer` is what came, whole or, beside an `error`, up to where it was cut off; `undefined` where not even
   * a status came.
   */
  protected abstract ended(answer: CollectedAnswer | undefined, error?: Error & { code?: unknown }): void;

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Dispatcher.ResponseData['headers'],
  ): void {
    // What comes before the answer itself, such as 103.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#bytes >= this.#mostBytes) return;
    const part = chunk.subarray(0, this.#mostBytes - this.#bytes);
    this.#bytes += part.length;
    this.#chunks.push(part);
  }

  onResponseEnd(): void {
    this.ended(this.#answer());
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.ended(this.#answer(), error);
  }

  #answer(): CollectedAnswer | undefined {
    if (this.#status === undefined) return undefined;
    return { status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks).toString() };
  }
}
