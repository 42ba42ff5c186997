import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Target } from '../http/path.ts';

/** A request to steer the channel, from its own page or from a test. */
export interface ControlRequest {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly target: Target;
}
