import type { InvocationOutcome, TriggerInput } from './core/invocation.ts';
import { childTraceContext } from './core/trace-context.ts';
import type { RouteValues } from './http/route.ts';
import { toRpcRequest } from './http/rpc-request.ts';
import { fromRpcResponse } from './http/rpc-response.ts';
import type { ReceivedMessage } from './service-bus/received-message.ts';
import { serviceBusTriggerInput } from './service-bus/trigger-input.ts';
import type { ScheduleStatus } from './timer/schedule-status.ts';
import { timerInput as toTimerInput } from './timer/timer-input.ts';

/** An HTTP request for a test: everything but what matters to it has a default. */
export interface HttpInput {
  /** Default GET. */
  method?: string;
  /** Absolute, or a path. */
  url?: string;
  headers?: Record<string, string>;
  /** Route parameters; a test without a port has no router to find them. */
  params?: RouteValues;
  /** An object is sent as JSON. */
  body?: string | Uint8Array | object;
}

/** What an HTTP function gets for a request. */
export function httpInput({
  method = 'GET',
  url = '/',
  headers = {},
  params = {},
  body,
}: HttpInput): TriggerInput {
  const names = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
  if (isJson && !names.has('content-type')) names.set('content-type', 'application/json');
  const text = isJson ? JSON.stringify(body) : body;
  const http = toRpcRequest({
    method,
    url: new URL(url, 'http://localhost:7071').href,
    rawHeaders: [...names].flat(),
    params,
    body: typeof text === 'string' ? Buffer.from(text) : text,
  });
  return {
    data: { http },
    traceContext: childTraceContext(names.get('traceparent'), names.get('tracestate')),
  };
}

/** What an HTTP function answered. */
export function toResponse({ response }: InvocationOutcome): Response {
  const { status, rawHeaders, body } = fromRpcResponse(response);
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return new Response(body ? new Uint8Array(body) : null, { status, headers });
}

/** What a Service Bus function gets for a message: by default the first delivery of one that was just sent. */
export function serviceBusInput({
  body,
  ...rest
}: Partial<ReceivedMessage> & { body: unknown }): TriggerInput {
  const asSent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return serviceBusTriggerInput({
    messageId: crypto.randomUUID(),
    lockToken: crypto.randomUUID(),
    deliveryCount: 0,
    enqueuedTime: new Date(),
    sequenceNumber: '1',
    applicationProperties: {},
    ...rest,
    body: asSent,
  });
}

/** What a timer function gets. */
export function timerInput(timer: { isPastDue?: boolean; status?: ScheduleStatus } = {}): TriggerInput {
  return toTimerInput(timer.status, timer.isPastDue ?? false);
}
