/**
 * A request that is refused. The server answers it in the Bot Connector's own shape:
 * `{"error":{"code","message"}}`, with `details` beside them.
 */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { headers?: Record<string, string>; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.details = extra.details ?? {};
  }

  /** What the caller reads. */
  toBody(): Record<string, unknown> {
    return { error: { code: this.code, message: this.message, ...this.details } };
  }
}

/** A refusal by what stands before the connector: `{"message"}`, without a code. */
export class BareError extends HttpError {
  override toBody(): Record<string, unknown> {
    return { message: this.message };
  }
}

/** The request names something that is not there. */
export function notFound(message: string): HttpError {
  return new HttpError(404, 'NotFound', message);
}

/** The request cannot be understood. */
export function badRequest(message: string): HttpError {
  return new HttpError(400, 'BadArgument', message);
}
