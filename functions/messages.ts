import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { defined } from '../shared/domain/defined.ts';
import type { Log } from '../shared/ports/log.ts';
import { problem } from './problem.ts';

const NO_ACTIVITY = problem(400, {
  code: 'invalid-request',
  title: 'The activity was not read',
  faults: [{ path: 'body', message: 'must be an activity as a JSON object' }],
});

const NOT_HANDLED = problem(500, {
  code: 'not-handled',
  title: 'The activity could not be handled; send it again',
  faults: [],
});

/** The part of the bot adapter that takes activities in. */
export interface Inbound {
  /** Authenticates the activity, runs the bot's logic on it, and says what to answer. */
  process(request: {
    readonly headers: { readonly [name: string]: string };
    readonly body: unknown;
  }): Promise<{ readonly status: number; readonly body?: unknown }>;
}

/** `POST /api/messages`: activities from the Bot Connector. */
export function messages(deps: { readonly inbound: Inbound; readonly log: Log }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      let body: unknown;
      try {
        body = await request.json();
      } catch {
        // Answered with its rule; nothing was stored.
        return NO_ACTIVITY;
      }
      try {
        const answer = await deps.inbound.process({ headers: Object.fromEntries(request.headers), body });
        if (answer.status === 401) deps.log.warn('messages.unauthenticated');
        return { status: answer.status, ...defined({ jsonBody: answer.body }) };
      } catch (cause) {
        // The channel sends the activity again; what was stored of it is stored once.
        deps.log.error('messages.failed', { cause: cause instanceof Error ? cause.name : 'unknown' });
        return NOT_HANDLED;
      }
    });
}
