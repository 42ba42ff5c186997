import { describe, expect, it } from 'vitest';
import { LONGEST_RETRY_AFTER, retryDelay } from '../../../shared/domain/delivery/backoff.ts';
import {
  type ChannelFailure,
  FailureMeaning,
  insistsOnActivity,
  judge,
  judgeChange,
  judgeCreation,
  sharedRefusal,
} from '../../../shared/domain/delivery/failure.ts';
import { hours, seconds } from '../../../shared/domain/time.ts';

const { failedToDecrypt, messageGone, splitsInTwo, tokenRefused } = FailureMeaning;

interface Row {
  readonly status?: number;
  readonly code: string;
  readonly meaning?: FailureMeaning;
  readonly send: string;
  readonly create: string;
  readonly change: string;
  /** Whether many of it in a row are no matter of the people. */
  readonly shared?: true;
}

/** `kind`, with the reason or `loud` where there is one. */
const table: readonly Row[] = [
  { code: 'ECONNRESET', send: 'unknown', create: 'retry', change: 'retry' },
  { code: 'timeout', send: 'unknown', create: 'retry', change: 'retry' },
  { status: 200, code: 'no-conversation-id', send: 'retry', create: 'retry', change: 'retry', shared: true },
  { status: 307, code: 'redirect', send: 'retry', create: 'retry', change: 'retry', shared: true },
  {
    status: 400,
    code: 'BadSyntax',
    send: 'final refused loud',
    create: 'final refused loud',
    change: 'final refused loud',
  },
  {
    status: 400,
    code: 'BadArgument',
    send: 'final refused loud',
    create: 'final refused loud',
    change: 'final refused loud',
  },
  {
    status: 400,
    code: 'MissingProperty',
    send: 'final refused loud',
    create: 'final refused loud',
    change: 'final refused loud',
  },
  {
    status: 400,
    code: 'BadArgument',
    meaning: failedToDecrypt,
    send: 'undeciphered',
    create: 'undeciphered',
    change: 'undeciphered',
  },
  {
    status: 400,
    code: 'BadArgument',
    meaning: splitsInTwo,
    send: 'final refused loud',
    create: 'final refused loud',
    change: 'message-gone',
  },
  {
    status: 400,
    code: 'BadArgument',
    meaning: messageGone,
    send: 'final refused loud',
    create: 'final refused loud',
    change: 'message-gone',
  },
  { status: 400, code: 'http-400', send: 'retry', create: 'retry', change: 'retry', shared: true },
  {
    status: 400,
    code: 'MessageSizeTooBig',
    send: 'final too-large',
    create: 'final too-large',
    change: 'final too-large',
  },
  {
    status: 401,
    code: 'http-401',
    meaning: tokenRefused,
    send: 'retry',
    create: 'retry',
    change: 'retry',
    shared: true,
  },
  { status: 401, code: 'http-401', send: 'retry', create: 'retry', change: 'retry', shared: true },
  {
    status: 401,
    code: 'BadArgument',
    meaning: failedToDecrypt,
    send: 'undeciphered',
    create: 'undeciphered',
    change: 'undeciphered',
  },
  {
    status: 401,
    code: 'BotNotRegistered',
    send: 'retry loud',
    create: 'retry loud',
    change: 'retry loud',
    shared: true,
  },
  {
    status: 401,
    code: 'AuthorizationError',
    send: 'retry loud',
    create: 'retry loud',
    change: 'retry loud',
    shared: true,
  },
  {
    status: 403,
    code: 'ConversationBlockedByUser',
    send: 'suppress blocked',
    create: 'suppress blocked',
    change: 'suppress blocked',
  },
  {
    status: 403,
    code: 'MessageWritesBlocked',
    send: 'suppress blocked',
    create: 'suppress blocked',
    change: 'suppress blocked',
  },
  {
    status: 403,
    code: 'BotNotInConversationRoster',
    send: 'suppress uninstalled',
    create: 'suppress uninstalled',
    change: 'suppress uninstalled',
  },
  {
    status: 404,
    code: 'BotNotInConversationRoster',
    send: 'suppress uninstalled',
    create: 'suppress uninstalled',
    change: 'message-gone',
  },
  {
    status: 403,
    code: 'ForbiddenOperationException',
    send: 'suppress uninstalled',
    create: 'suppress uninstalled',
    change: 'suppress uninstalled',
  },
  {
    status: 403,
    code: 'BotDisabledByAdmin',
    send: 'suppress disabled-by-admin',
    create: 'suppress disabled-by-admin',
    change: 'suppress disabled-by-admin',
  },
  {
    status: 403,
    code: 'BadArgument',
    meaning: failedToDecrypt,
    send: 'undeciphered',
    create: 'undeciphered',
    change: 'undeciphered',
  },
  {
    status: 403,
    code: 'InvalidBotApiHost',
    send: 'retry loud',
    create: 'retry loud',
    change: 'retry loud',
    shared: true,
  },
  { status: 403, code: 'NotEnoughPermissions', send: 'retry', create: 'retry', change: 'retry' },
  { status: 403, code: 'ServiceError', send: 'retry', create: 'retry', change: 'message-gone', shared: true },
  { status: 403, code: 'http-403', send: 'retry', create: 'retry', change: 'retry', shared: true },
  { status: 403, code: 'toString', send: 'retry', create: 'retry', change: 'retry', shared: true },
  { status: 404, code: 'ConversationNotFound', send: 'recreate', create: 'recreate', change: 'message-gone' },
  {
    status: 404,
    code: 'ActivityNotFoundInConversation',
    send: 'retry',
    create: 'retry',
    change: 'message-gone',
  },
  { status: 404, code: 'http-404', send: 'retry', create: 'retry', change: 'message-gone' },
  { status: 405, code: 'BadArgument', send: 'retry', create: 'retry', change: 'unsupported', shared: true },
  { status: 408, code: 'http-408', send: 'unknown', create: 'retry', change: 'retry' },
  { status: 409, code: 'Conflict', send: 'retry', create: 'retry', change: 'retry', shared: true },
  { status: 412, code: 'PreconditionFailed', send: 'retry', create: 'retry', change: 'retry' },
  {
    status: 413,
    code: 'http-413',
    send: 'final too-large',
    create: 'final too-large',
    change: 'final too-large',
  },
  { status: 418, code: 'Teapot', send: 'retry', create: 'retry', change: 'retry', shared: true },
  { status: 429, code: 'Throttled', send: 'retry', create: 'retry', change: 'retry' },
  {
    status: 429,
    code: 'TenantThrottled',
    send: 'retry tenant',
    create: 'retry tenant',
    change: 'retry tenant',
  },
  { status: 500, code: 'ServiceError', send: 'unknown', create: 'retry', change: 'retry', shared: true },
  { status: 502, code: 'http-502', send: 'unknown', create: 'retry', change: 'retry', shared: true },
  { status: 503, code: 'http-503', send: 'unknown', create: 'retry', change: 'retry', shared: true },
  { status: 504, code: 'http-504', send: 'unknown', create: 'retry', change: 'retry', shared: true },
  { status: 599, code: 'Odd', send: 'unknown', create: 'retry', change: 'retry', shared: true },
];

function failureOf({ status, code, meaning }: Row): ChannelFailure {
  return {
    code,
    surelyNotSent: status !== undefined && status < 500 && status !== 408,
    ...(status === undefined ? {} : { status }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}

function summaryOf(verdict: {
  readonly kind: string;
  readonly reason?: string;
  readonly loud?: boolean;
  readonly scope?: string;
}): string {
  const { kind, reason, loud, scope } = verdict;
  return [kind, reason, loud === true ? 'loud' : undefined, scope === 'tenant' ? 'tenant' : undefined]
    .filter((word) => word !== undefined)
    .join(' ');
}

describe('what a failure means', () => {
  it.each(table)('$status $code $meaning', (row) => {
    const failure = failureOf(row);
    expect({
      send: summaryOf(judge(failure)),
      create: summaryOf(judgeCreation(failure)),
      change: summaryOf(judgeChange(failure)),
      shared: sharedRefusal(failure) !== undefined,
    }).toEqual({ send: row.send, create: row.create, change: row.change, shared: row.shared ?? false });
  });

  it.each([
    [400, 'BadSyntax', true],
    [400, 'MissingProperty', true],
    [400, 'BadArgument', false],
    [403, 'BadSyntax', false],
    [404, 'ConversationNotFound', false],
    [undefined, 'ETIMEDOUT', false],
  ])('of a creation without a message asks for one, or does not: %s %s, %s', (status, code, isAsked) => {
    const failure = failureOf({ code, ...(status === undefined ? {} : { status }) } as Row);
    expect(insistsOnActivity(failure)).toBe(isAsked);
  });

  it('ends nothing that is not in the list of what is proved to stay so', () => {
    for (let status = 300; status < 600; status += 1) {
      for (const code of ['Whatever', `http-${status}`, 'ServiceError', 'Unknown']) {
        const verdict = judge({ status, code, surelyNotSent: status < 500 && status !== 408 });
        // A size is the message's own, whatever the words.
        if (status !== 413) expect(['retry', 'unknown']).toContain(verdict.kind);
      }
    }
  });

  it('is a retry where surely nothing was sent and no answer came', () => {
    expect(judge({ code: 'ECONNREFUSED', surelyNotSent: true })).toEqual({
      kind: 'retry',
      scope: 'conversation',
      loud: false,
    });
    expect(judge({ status: 503, code: 'x', surelyNotSent: true }).kind).toBe('retry');
  });

  it('passes on the wait that the channel asks for', () => {
    expect(judge({ status: 429, code: 'Throttled', surelyNotSent: true, retryAfter: 20_000 })).toMatchObject({
      after: 20_000,
    });
  });
});

describe('the wait before a retry', () => {
  it('is at most 2 s before the first and 5 s before the second, and never nothing', () => {
    expect([retryDelay(1, 0), retryDelay(1, 0.999_999), retryDelay(2, 0.999_999)]).toEqual([100, 2000, 5000]);
  });

  it('grows to a quarter of an hour and no further', () => {
    expect(retryDelay(7, 0.999_999_999)).toBe(900_000);
    expect(retryDelay(100, 0.999_999_999)).toBe(900_000);
  });

  it('is at least what the channel asks for, within reason', () => {
    expect(retryDelay(1, 0, seconds(20))).toBe(20_000);
    expect(retryDelay(1, 0.5, seconds(20))).toBe(20_500);
    expect(retryDelay(1, 0, hours(200))).toBe(LONGEST_RETRY_AFTER);
  });

  it('is more than a moment for a channel that asks for a moment again and again', () => {
    const waits = [1, 2, 3, 4, 7].map((attempts) => retryDelay(attempts, 0.5, seconds(1)));
    expect(waits).toEqual([1500, 1500, 1500, 22_550, 450_050]);
    expect(retryDelay(7, 0.5, seconds(1000))).toBe(1_000_500);
  });
});
