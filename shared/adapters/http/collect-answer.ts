import type { Dispatcher } from 'undici';

/** What has come of an answer. */
export interface CollectedAnswer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: string;
}

/** How a request ended. */
export interface Ended {
  /** What came, whole or, beside an `error`, up to where it was cut off; `undefined` where not even a status came. */
  readonly answer: CollectedAnswer | undefined;
  readonly error?: Error & { readonly code?: unknown };
}

/** Says when nobody waits for the answer any more: an `AbortSignal`, or what the SDKs take for one. */
export interface GivenUp {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Makes one request and collects its answer: without the stream that undici's own `request` makes of a body, as answers here
 * are whole and small. Never rejects.
 *
 * @param how.onStart called when a connection is there, and the request is about to be written to it
 * @param how.signal what still waits for a connection is given up at once; what undici has begun, it ends itself
 * @param how.mostBytes of the body; the rest of a longer one is read and thrown away
 */
export function collectAnswer(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  how: {
    readonly onStart?: (controller: Dispatcher.DispatchController) => void;
    readonly signal?: GivenUp | undefined;
    readonly mostBytes?: number;
  },
): Promise<Ended> {
  const { onStart, signal, mostBytes = Number.POSITIVE_INFINITY } = how;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let head: Omit<CollectedAnswer, 'body'> | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    const end = (error?: Error): void => {
      signal?.removeEventListener('abort', giveUp);
      const answer = head && { ...head, body: Buffer.concat(chunks).toString() };
      resolve({ answer, ...(error && { error }) });
    };
    const giveUp = (): void => {
      const reason = reasonOf(signal);
      if (controller === undefined) end(reason);
      else controller.abort(reason);
    };
    signal?.addEventListener('abort', giveUp);
    dispatcher.dispatch(request, {
      onRequestStart(given) {
        controller = given;
        if (signal?.aborted === true) giveUp();
        onStart?.(given);
      },
      onResponseStart(_controller, status, headers) {
        // What comes before the answer itself, such as 103, is none.
        if (status >= 200) head = { status, headers };
      },
      onResponseData(_controller, chunk) {
        if (bytes >= mostBytes) return;
        const part = chunk.subarray(0, mostBytes - bytes);
        bytes += part.length;
        chunks.push(part);
      },
      onResponseEnd: () => end(),
      onResponseError: (_controller, error) => end(error),
    });
  });
}

/** A timeout's own reason says that it was one. */
function reasonOf(signal: GivenUp | undefined): Error {
  const reason = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('The request was aborted', 'AbortError');
}
