import { isChannelId, isServiceUrl, LONGEST_CODE } from '../../../domain/conversation/channel-text.ts';
import { defined } from '../../../domain/defined.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import { type Duration, days, type Instant, seconds } from '../../../domain/time.ts';
import type { CreateResult, SendResult } from '../../../ports/delivery/messenger.ts';
import { channelErrorCode, failureMeaning } from './channel-error-code.ts';
import type { Exchange } from './exchange.ts';

export type FailedRequest = Extract<SendResult, { readonly kind: 'failed' }>;

/**
 * What a request's end says about the message.
 *
 * | What happened | Result | Why |
 * |---|---|---|
 * | 2xx | sent, with the id if the body is JSON and has one that can be kept | the channel took it; the body only adds the id |
 * | 3xx | failed `redirect`, surely not sent | a connector does not redirect; whatever answered is none, and the token goes nowhere else |
 * | 408 | failed, perhaps sent | the other side gave up waiting, or a proxy did |
 * | other 4xx (412 and 429 too) | failed, surely not sent | refused before it was processed |
 * | 5xx | failed, perhaps sent | the channel may have failed after it showed the message |
 * | no connection: refused, unknown host, TLS, connect timeout | failed, surely not sent | the request was never written |
 * | no answer once a connection was there: reset, timeout, garbage | failed, perhaps sent | nobody knows how far it got |
 * | no token could be had | failed `token-unavailable`, surely not sent | there was no request |
 *
 * A kept connection that the other side closes at the very moment of use belongs to "perhaps sent": on this side it
 * cannot be told from one that broke after the request had been read.
 */
export function toSendResult(exchange: Exchange, now: Instant): SendResult {
  const failed = toFailure(exchange, now);
  if (failed !== undefined) return failed;
  const activityId = exchange.kind === 'answered' ? field(exchange.body, 'id') : undefined;
  return isChannelId(activityId) ? { kind: 'sent', activityId } : { kind: 'sent' };
}

/** As `toSendResult`; a 2xx that names no conversation that can be kept is a failure, since there is nothing to send to. */
export function toCreateResult(exchange: Exchange, now: Instant): CreateResult {
  const failed = toFailure(exchange, now);
  if (failed !== undefined) return failed;
  // Without a failure there was an answer.
  const { status, body } = exchange as Extract<Exchange, { kind: 'answered' }>;
  const [conversationId, activityId] = [field(body, 'id'), field(body, 'activityId')];
  if (!isChannelId(conversationId)) {
    return { kind: 'failed', status, code: 'no-conversation-id', surelyNotSent: false };
  }
  const serviceUrl = field(body, 'serviceUrl');
  return {
    kind: 'created',
    conversationId,
    ...(isServiceUrl(serviceUrl) ? { serviceUrl } : {}),
    ...(isChannelId(activityId) ? { activityId } : {}),
  };
}

/** `undefined` for a 2xx. */
export function toFailure(exchange: Exchange, now: Instant): FailedRequest | undefined {
  if (exchange.kind === 'unanswered') {
    return { kind: 'failed', code: exchange.code.slice(0, LONGEST_CODE), surelyNotSent: !exchange.written };
  }
  const { status, body } = exchange;
  if (status >= 200 && status < 300) return undefined;
  const retryAfter = parseRetryAfter(exchange.retryAfter, now);
  const meaning = status < 400 ? undefined : failureMeaning(body);
  return {
    kind: 'failed',
    status,
    code: status < 400 ? 'redirect' : channelErrorCode(status, body),
    ...defined({ meaning, retryAfter }),
    surelyNotSent: status < 500 && status !== 408,
  };
}

/** No date is longer. */
const LONGEST_HEADER = 100;

/** A channel that asks for more than this has no use for the message any more, or made a mistake. */
const LONGEST_RETRY_AFTER: Duration = days(1);

/**
 * Seconds or an HTTP date (RFC 9110, 10.2.3); a date that is past means now, and none counts for more than a day.
 * `undefined` when it is neither.
 */
export function parseRetryAfter(header: string | undefined, now: Instant): Duration | undefined {
  if (header === undefined) return undefined;
  if (header.length > LONGEST_HEADER) return undefined;
  const text = header.trim();
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) {
    return Math.min(Math.ceil(seconds(Number(text))), LONGEST_RETRY_AFTER);
  }
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now), LONGEST_RETRY_AFTER);
}

function field(body: string, name: string): unknown {
  try {
    const answer: unknown = JSON.parse(body);
    return isJsonObject(answer) ? answer[name] : undefined;
  } catch {
    // Not JSON, though the status says that the request was taken: it counts, only without what the body would add.
    return undefined;
  }
}
