import type { FailedRequest } from './send-result.ts';

/**
 * Thrown within a turn when a request to the channel failed; `result` says what became of it. `statusCode` and
 * `code` stand where Bot Framework's own errors have them.
 */
export class ChannelError extends Error {
  readonly code: string;
  readonly statusCode: number | undefined;
  readonly result: FailedRequest;

  constructor(result: FailedRequest) {
    super(
      `the channel refused the request or did not answer: ${result.code}${result.status === undefined ? '' : ` (HTTP ${result.status})`}`,
    );
    this.name = 'ChannelError';
    this.code = result.code;
    this.statusCode = result.status;
    this.result = result;
  }
}
