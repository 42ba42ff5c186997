import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectorError, throttled } from '../connector/errors.ts';
import { answerJson, resetConnection } from '../http/answer.ts';
import type { Fault } from './fault.ts';

/** What a request would be answered without a fault. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that a fault has met. */
export interface Victim {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Does what the request asks for: after it the person sees the message. */
  readonly perform: () => Answer;
  readonly closing: AbortSignal;
  /** Where a redirect leads. */
  readonly elsewhere: string;
}

const SLOW_MS = 2000;
const HUGE_ID = 900_000;
const TRICKLE_MS = 100;

/** The kinds that show the message unless something else is said. */
const SHOWING: readonly string[] = ['garbage', 'huge-id', 'trickle', 'reset-after'];

/** The kinds that are a plain refusal: nothing is done, and the caller is told why. */
const REFUSALS: readonly string[] = ['401', '403', '404', '412', '413', '429'];

/**
 * Fails a request in the fault's way.
 *
 * Throws HttpError for a fault that is answered with a status.
 */
export async function misbehave(fault: Fault, victim: Victim): Promise<void> {
  const { kind, delayMs } = fault;
  const { req, res, perform, closing } = victim;
  if (kind === 'slow') {
    const early = fault.shown ? perform() : undefined;
    await sleep(delayMs ?? SLOW_MS, undefined, { signal: closing });
    const { status, body } = early ?? perform();
    return answerJson(res, status, body);
  }
  if (isShown(fault)) perform();
  if (kind === 'hang') return hang(victim, delayMs);
  if (delayMs !== undefined) await sleep(delayMs, undefined, { signal: closing });
  switch (kind) {
    case 'reset':
    case 'reset-after':
      return resetConnection(req);
    case 'garbage':
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end('<html><body>An upstream proxy answers in your service\u2019s place.</body></html>');
      return;
    case 'huge-id':
      return answerJson(res, 200, { id: 'x'.repeat(HUGE_ID) });
    case 'trickle':
      return trickle(victim);
    case 'redirect':
      res.writeHead(307, { Location: victim.elsewhere, 'Content-Length': 0 });
      res.end();
      return;
    default:
      throw refusal(fault);
  }
}

function refusal({ kind, code, retryAfterSeconds }: Fault): Error {
  const waitMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000;
  if (kind === '429') return throttled(waitMs, code);
  const headers = waitMs === undefined ? {} : { 'Retry-After': String(Math.ceil(waitMs / 1000)) };
  return connectorError(Number(kind), code, headers);
}

function isShown({ kind, shown }: Fault): boolean {
  if (REFUSALS.includes(kind) || kind === 'reset' || kind === 'redirect') return false;
  return shown ?? SHOWING.includes(kind);
}

/** Answers a character at a time, until the caller goes. */
async function trickle({ res, closing }: Victim): Promise<void> {
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.write('{"id":"');
  while (!res.destroyed && !closing.aborted) {
    res.write('x');
    await sleep(TRICKLE_MS);
  }
  res.destroy();
}

/** Leaves the caller without an answer until it goes, or until `delayMs` are over. */
async function hang({ req, res, closing }: Victim, delayMs: number | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = delayMs === undefined ? undefined : setTimeout(resolve, delayMs);
    const settle = () => {
      clearTimeout(timer);
      resolve();
    };
    res.once('close', settle);
    closing.addEventListener('abort', settle, { once: true });
  });
  resetConnection(req);
}
