import type { SuppressionReason } from '../conversation/conversation.ts';
import type { Duration } from '../time.ts';
import { Outcome, type OutcomeReason } from './delivery.ts';

/** What a channel's failure means for the delivery. */
export type Verdict =
  /** Surely not sent: try again later, at the channel's own time where it says one. */
  | { readonly kind: 'retry'; readonly after?: Duration; readonly scope: 'conversation' | 'tenant' }
  /** The person may have seen it. */
  | { readonly kind: 'unknown' }
  /** Nothing may be sent there until the person comes back. */
  | { readonly kind: 'suppress'; readonly reason: SuppressionReason }
  /** The conversation is no more; a new one may be created with the same person, once. */
  | { readonly kind: 'recreate' }
  | {
      readonly kind: 'final';
      readonly outcome: Outcome;
      readonly reason: OutcomeReason;
      readonly loud: boolean;
    };

/** A failed request to the channel; see `SendResult` of the `Messenger` port. */
export interface ChannelFailure {
  readonly status?: number;
  readonly code: string;
  readonly retryAfter?: Duration;
  readonly surelyNotSent: boolean;
}

/**
 * | Status | Code | Verdict | Why |
 * |---|---|---|---|
 * | none, surely not sent | ECONNREFUSED, ENOTFOUND, TLS... | retry | nobody saw anything |
 * | none, or 2xx cut off | ECONNRESET, timeout | unknown | the request had been written |
 * | 401 | BotNotRegistered... | final, loud | our configuration, for every person alike |
 * | 403 | BotDisabledByAdmin | suppress | until the person writes again or reinstalls |
 * | 403 | ConversationBlockedByUser, MessageWritesBlocked | suppress | blocking raises no event, only this |
 * | 403 | BotNotInConversationRoster, ForbiddenOperationException | suppress | uninstalled: until an install or a message |
 * | 403 | anything else | final, loud | permanent for the person, and an operator should know |
 * | 404 | ConversationNotFound... | recreate | the id is stale; the person may still be there |
 * | 408, 500, 502, 503, 504 | | unknown | the message may have been shown |
 * | the same, surely not sent | | retry | a step before the message failed: the conversation could not be created |
 * | 412 | PreconditionFailed | retry | not processed |
 * | 413 | MessageSizeTooBig | final | it will never fit |
 * | 429 | Throttled | retry | not processed; `Retry-After` decides |
 * | anything else | | final, loud | permanent until somebody has looked |
 */
export function judge(failure: ChannelFailure): Verdict {
  const { status, code } = failure;
  if (status === undefined)
    return failure.surelyNotSent ? retry(failure, 'conversation') : { kind: 'unknown' };
  // A step before the message failed in a way that would leave the message itself in doubt.
  if (failure.surelyNotSent && (status === 408 || status >= 500)) return retry(failure, 'conversation');
  switch (status) {
    case 401:
      return permanent('not-registered');
    case 403:
      return judgeForbidden(code);
    case 404:
      return { kind: 'recreate' };
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
      return { kind: 'unknown' };
    case 412:
      return retry(failure, 'conversation');
    case 413:
      return { kind: 'final', outcome: Outcome.rejected, reason: 'too-large', loud: false };
    case 429:
      return retry(failure, /tenant|app|global/i.test(code) ? 'tenant' : 'conversation');
    default:
      return failure.surelyNotSent ? permanent('refused') : { kind: 'unknown' };
  }
}

function judgeForbidden(code: string): Verdict {
  switch (code) {
    case 'BotDisabledByAdmin':
      return { kind: 'suppress', reason: 'disabled-by-admin' };
    case 'ConversationBlockedByUser':
    case 'MessageWritesBlocked':
      return { kind: 'suppress', reason: 'blocked' };
    case 'BotNotInConversationRoster':
    case 'ForbiddenOperationException':
      return { kind: 'suppress', reason: 'uninstalled' };
    default:
      return permanent('refused');
  }
}

function retry(failure: ChannelFailure, scope: 'conversation' | 'tenant'): Verdict {
  return { kind: 'retry', scope, ...(failure.retryAfter === undefined ? {} : { after: failure.retryAfter }) };
}

function permanent(reason: OutcomeReason): Verdict {
  return { kind: 'final', outcome: Outcome.rejected, reason, loud: true };
}
