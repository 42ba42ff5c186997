import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelErrorCode } from '../../../shared/adapters/bot/connector/channel-error-code.ts';
import { parseRetryAfter, toSendResult } from '../../../shared/adapters/bot/connector/send-result.ts';
import { days } from '../../../shared/domain/time.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['20', 20_000],
    [' 3 ', 3000],
    ['1.5', 1500],
    ['Sun, 22 Nov 2026 10:00:07 GMT', 7000],
    ['Sunday, 22-Nov-26 10:00:07 GMT', 7000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['Sun, 22 Nov 2099 09:00:00 GMT', 86_400_000],
  ])('%s is %d ms', (header, wait) => {
    expect(parseRetryAfter(header, now)).toBe(wait);
  });

  it.each(['', '-1', 'soon', 'NaN', '1e3', '0x10', '99999999999', 'Mon, 99 Foo 2026', '1,2'])(
    '"%s" says nothing',
    (header) => {
      expect(parseRetryAfter(header, now)).toBeUndefined();
    },
  );

  it('is never negative and never endless', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.date().map(String)), (header) => {
        const wait = parseRetryAfter(header, now);
        if (wait !== undefined) expect(Number.isSafeInteger(wait) && wait >= 0 && wait <= days(1)).toBe(true);
      }),
    );
  });
});

describe('the channel’s error code', () => {
  it.each([
    [
      'the code',
      { error: { code: 'ConversationBlockedByUser', message: 'words' } },
      'ConversationBlockedByUser',
    ],
    [
      'the code although there is a subCode',
      { error: { code: 'BotDisabledByAdmin', subCode: 'MessageWritesBlocked' } },
      'BotDisabledByAdmin',
    ],
    ['a subCode beside the error', { subCode: 'MessageWritesBlocked' }, 'MessageWritesBlocked'],
    ['a subCode within it', { error: { subCode: 'MessageWritesBlocked' } }, 'MessageWritesBlocked'],
    [
      'a subCode rather than the status over again',
      { error: { code: 'Forbidden', subCode: 'MessageWritesBlocked' } },
      'MessageWritesBlocked',
    ],
    [
      'a subCode in JSON within a string',
      { errorCode: 209, message: '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "words"\r\n}' },
      'MessageWritesBlocked',
    ],
    ['the number of a blocked conversation', { errorCode: 209, message: 'words' }, 'MessageWritesBlocked'],
    ['another number', { errorCode: 1001 }, '1001'],
    ['the status over again where there is nothing else', { error: { code: 'Forbidden' } }, 'Forbidden'],
    [
      'a code without an error around it',
      { code: 'BotNotInConversationRoster' },
      'BotNotInConversationRoster',
    ],
  ])('is %s', (_what, body, code) => {
    expect(channelErrorCode(403, JSON.stringify(body))).toBe(code);
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html>Forbidden</html>'],
    ['half of a JSON', '{"error":{"code":"Conv'],
    ['null', 'null'],
    ['a list', '[{"error":{"code":"x"}}]'],
    ['no code', '{"error":"words"}'],
    ['an empty code', '{"error":{"code":""}}'],
    ['a code of many words', '{"error":{"code":"Ada said: hello"}}'],
    ['a code with a line feed', '{"error":{"code":"a\\nb"}}'],
    ['a very long code', JSON.stringify({ error: { code: 'a'.repeat(65) } })],
  ])('is made of the status where the body holds %s', (_what, body) => {
    expect(channelErrorCode(403, body)).toBe('http-403');
  });

  it('is short and of harmless letters, whatever the body is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (body) => {
        expect(channelErrorCode(500, body)).toMatch(/^[\w.-]{1,64}$/);
      }),
    );
  });
});

describe('what is known of a send', () => {
  it.each([
    [100, 'failed', true],
    [200, 'sent', undefined],
    [204, 'sent', undefined],
    [299, 'sent', undefined],
    [300, 'failed', true],
    [304, 'failed', true],
    [399, 'failed', true],
    [400, 'failed', true],
    [408, 'failed', false],
    [409, 'failed', true],
    [412, 'failed', true],
    [429, 'failed', true],
    [499, 'failed', true],
    [500, 'failed', false],
    [501, 'failed', false],
    [599, 'failed', false],
  ])('after %d: %s, surely not sent: %s', (status, kind, surelyNotSent) => {
    const result = toSendResult({ kind: 'answered', status, body: '' }, now);
    expect(result).toMatchObject({ kind, ...(surelyNotSent === undefined ? {} : { surelyNotSent }) });
  });

  it('follows from whether the request was written where there was no answer', () => {
    for (const written of [true, false]) {
      expect(toSendResult({ kind: 'unanswered', code: 'ECONNRESET', written }, now)).toEqual({
        kind: 'failed',
        code: 'ECONNRESET',
        surelyNotSent: !written,
      });
    }
  });
});
