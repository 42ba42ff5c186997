/** One HTTP request to a channel, ready to be written. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with a slash; its parts are percent-encoded. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  /** Bearer token. */
  readonly token?: string;
}

/** How one HTTP request ended. Nothing is thrown for what a network or a server does. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The header as it came. */
      readonly retryAfter?: string;
      /** The body's beginning, up to `MOST_BODY_BYTES`; what had come when the answer was cut off. */
      readonly body: string;
    }
  | {
      readonly kind: 'unanswered';
      /** The network's code (`ECONNREFUSED`), undici's (`UND_ERR_SOCKET`), or `timeout`. */
      readonly code: string;
      /** Whether the request had been put on a connection: then the other side may have acted on it. */
      readonly written: boolean;
    };

/** Rosters and lists of keys are the longest answers; the rest of a longer one is read and thrown away. */
export const MOST_BODY_BYTES = 1024 * 1024;
