import { type Dispatcher, Pool } from 'undici';
import { defined } from '../../../domain/defined.ts';
import { type Duration, milliseconds, seconds } from '../../../domain/time.ts';
import { collectAnswer } from '../../http/collect-answer.ts';
import { type Exchange, type HttpRequest, MOST_BODY_BYTES } from './exchange.ts';

const USER_AGENT = 'proactive-notifier (Microsoft-BotFramework/3.1)';

/** A timer that fires so much behind its time says that the process stood still: nobody listened meanwhile. */
const STOOD_STILL: Duration = milliseconds(250);

/** After standing still an answer that is on its way gets as long again as the process stood still, and no longer than this. */
const LONGEST_GRACE: Duration = seconds(5);

/**
 * Makes HTTP requests, one a call: nothing is ever sent a second time, and no redirect is followed, so a token
 * reaches the origin that it was asked for and none else.
 *
 * Connections are kept open and reused, one pool an origin. Connecting and answering may each take `timeout`.
 * An idle connection is closed on our side after four seconds, or sooner than the other side says it will do it: a
 * request that meets a closing connection has an unknown result. (undici looks for the other side's goodbye before it
 * uses an idle connection, so also after this process stood still.)
 *
 * No request is given up for a timer alone: while this process stands still (a long parse, a machine short of memory), an
 * answer may have come, and the timers run before anybody reads it. So the connection is looked at first.
 */
export class HttpClient {
  readonly #pools = new Map<string, Pool>();
  readonly #timeout: Duration;

  constructor({ timeout }: { readonly timeout: Duration }) {
    this.#timeout = timeout;
  }

  /** `origin`: scheme, host and port, `https://smba.trafficmanager.net`. */
  async exchange(origin: string, request: HttpRequest): Promise<Exchange> {
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': USER_AGENT };
    if (request.body !== undefined) headers['content-type'] = 'application/json; charset=utf-8';
    if (request.token !== undefined) headers.authorization = `Bearer ${request.token}`;
    let endWait: (() => void) | undefined;
    const { answer, error } = await collectAnswer(
      this.#pool(origin),
      { method: request.method, path: request.path, headers, body: request.body ?? null },
      {
        mostBytes: MOST_BODY_BYTES,
        onStart: (controller) => {
          endWait = waitFor(controller, this.#timeout);
        },
      },
    );
    endWait?.();
    if (answer === undefined) {
      const code = typeof error?.code === 'string' ? error.code : (error?.name ?? 'no-answer');
      return { kind: 'unanswered', code, written: endWait !== undefined };
    }
    // A body that is cut off takes nothing from the status: the other side had decided.
    const { status, body } = answer;
    const retryAfter = answer.headers['retry-after'];
    const [first] = Array.isArray(retryAfter) ? retryAfter : [retryAfter];
    return { kind: 'answered', status, body, ...defined({ retryAfter: first }) };
  }

  /** Closes every connection; what is under way ends first. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.close()));
  }

  #pool(origin: string): Pool {
    let pool = this.#pools.get(origin);
    if (pool === undefined) {
      pool = new Pool(origin, {
        // One request at a time on a connection, so that one failure is the failure of one request.
        pipelining: 1,
        allowH2: false,
        connectTimeout: this.#timeout,
        keepAliveTimeout: seconds(4),
        // The handler's own timer covers the whole answer; undici's would begin anew with each part of it.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      this.#pools.set(origin, pool);
    }
    return pool;
  }
}

/** Gives up an answer that takes too long; gives what ends the wait when it is there. */
function waitFor(controller: Dispatcher.DispatchController, timeout: Duration): () => void {
  let timer: NodeJS.Timeout;
  let isOver = false;
  let hadGrace = false;
  giveUpAfter(timeout);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };

  function giveUpAfter(delay: Duration): void {
    const due = performance.now() + delay;
    timer = setTimeout(() => {
      const late = performance.now() - due;
      // Between the two the event loop reads whatever has come in.
      setImmediate(() => setImmediate(() => giveUp(late)));
    }, delay);
  }

  function giveUp(late: Duration): void {
    if (isOver) return;
    if (late < STOOD_STILL || hadGrace) {
      controller.abort(new AnswerTimeout());
    } else {
      hadGrace = true;
      giveUpAfter(Math.min(late, LONGEST_GRACE));
    }
  }
}

class AnswerTimeout extends Error {
  readonly code = 'timeout';
}
