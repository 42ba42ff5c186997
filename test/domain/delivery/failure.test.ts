import { describe, expect, it } from 'vitest';
import { LONGEST_RETRY_AFTER, retryDelay } from '../../../shared/domain/delivery/backoff.ts';
import { judge } from '../../../shared/domain/delivery/failure.ts';
import { hours, seconds } from '../../../shared/domain/time.ts';

describe('what a failed request means', () => {
  it.each([
    ['refused connection', { code: 'ECONNREFUSED', surelyNotSent: true }, 'retry'],
    ['reset after the request was written', { code: 'ECONNRESET', surelyNotSent: false }, 'unknown'],
    ['401', { status: 401, code: 'BotNotRegistered', surelyNotSent: true }, 'final'],
    ['403 blocked', { status: 403, code: 'ConversationBlockedByUser', surelyNotSent: true }, 'suppress'],
    ['403 blocked, old code', { status: 403, code: 'MessageWritesBlocked', surelyNotSent: true }, 'suppress'],
    ['403 uninstalled', { status: 403, code: 'BotNotInConversationRoster', surelyNotSent: true }, 'suppress'],
    ['403 disabled', { status: 403, code: 'BotDisabledByAdmin', surelyNotSent: true }, 'suppress'],
    ['403 of an unknown kind', { status: 403, code: 'Whatever', surelyNotSent: true }, 'final'],
    ['404', { status: 404, code: 'ConversationNotFound', surelyNotSent: true }, 'recreate'],
    ['408', { status: 408, code: 'RequestTimeout', surelyNotSent: false }, 'unknown'],
    ['412', { status: 412, code: 'PreconditionFailed', surelyNotSent: true }, 'retry'],
    ['413', { status: 413, code: 'MessageSizeTooBig', surelyNotSent: true }, 'final'],
    ['429', { status: 429, code: 'Throttled', surelyNotSent: true }, 'retry'],
    ['500', { status: 500, code: 'ServiceError', surelyNotSent: false }, 'unknown'],
    ['502', { status: 502, code: 'BadGateway', surelyNotSent: false }, 'unknown'],
    ['503', { status: 503, code: 'Unavailable', surelyNotSent: false }, 'unknown'],
    ['504', { status: 504, code: 'GatewayTimeout', surelyNotSent: false }, 'unknown'],
    ['an unheard-of 4xx', { status: 418, code: 'Teapot', surelyNotSent: true }, 'final'],
    ['an unheard-of 5xx', { status: 599, code: 'Odd', surelyNotSent: false }, 'unknown'],
  ])('%s', (_name, failure, kind) => {
    expect(judge(failure).kind).toBe(kind);
  });

  it('an unknown code is final for the person and loud for the operator', () => {
    expect(judge({ status: 403, code: 'Whatever', surelyNotSent: true })).toMatchObject({
      kind: 'final',
      loud: true,
    });
    expect(judge({ status: 413, code: 'MessageSizeTooBig', surelyNotSent: true })).toMatchObject({
      loud: false,
    });
  });

  it('a wait that the channel asks for is passed on', () => {
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
});
