import type { SuppressionReason } from '../conversation/conversation.ts';
import { defined } from '../defined.ts';
import type { Duration } from '../time.ts';
import { Outcome, type OutcomeReason } from './delivery.ts';

/** What a channel's failure means for the delivery. */
export type Verdict =
  /**
   * Surely not sent, and nothing says that it stays so: try again later, at the channel's own time where it says one.
   * `loud`: an operator has to do something about it.
   */
  | {
      readonly kind: 'retry';
      readonly after?: Duration;
      readonly scope: 'conversation' | 'tenant';
      readonly loud: boolean;
    }
  /** The person may have seen it. */
  | { readonly kind: 'unknown' }
  /** Nothing may be sent there until the person comes back. */
  | { readonly kind: 'suppress'; readonly reason: SuppressionReason }
  /** The conversation is no more; a new one may be created with the same person, once. */
  | { readonly kind: 'recreate' }
  /** The channel cannot read the conversation's id: the bot has another identity, or the channel has an outage. */
  | { readonly kind: 'undeciphered' }
  | {
      readonly kind: 'final';
      readonly outcome: Outcome;
      readonly reason: OutcomeReason;
      readonly loud: boolean;
    };

/** What the words beside a failure's code say, where the code alone does not. Made by whoever reads the words. */
export const FailureMeaning = {
  /** The channel cannot read an id, or cannot at the moment. */
  failedToDecrypt: 'failed-to-decrypt',
  /** The token was not accepted; nothing is said about the bot. */
  tokenRefused: 'token-refused',
  /** The channel would make two messages of the activity, which it does not do to one that is there. */
  splitsInTwo: 'splits-in-two',
  /** The message that was to be changed is not there. */
  messageGone: 'message-gone',
} as const;
export type FailureMeaning = (typeof FailureMeaning)[keyof typeof FailureMeaning];

const meanings: ReadonlySet<unknown> = new Set(Object.values(FailureMeaning));

export function isFailureMeaning(value: unknown): value is FailureMeaning {
  return meanings.has(value);
}

/** The code of a request that was not made because the notification was cancelled. */
export const CALLED_OFF = 'called-off';

/** A failed request to the channel; see `SendResult` of the `Messenger` port. */
export interface ChannelFailure {
  readonly status?: number;
  readonly code: string;
  readonly meaning?: FailureMeaning;
  readonly retryAfter?: Duration;
  readonly surelyNotSent: boolean;
}

/** Codes that say the same whatever the status: where sources disagree about the status, the code is right. */
const PERSONS_OWN: { readonly [code: string]: SuppressionReason } = {
  BotDisabledByAdmin: 'disabled-by-admin',
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  BotNotInConversationRoster: 'uninstalled',
  ForbiddenOperationException: 'uninstalled',
};

/** The request itself is not what the channel takes. */
const OUR_REQUEST: ReadonlySet<string> = new Set(['BadArgument', 'BadSyntax', 'MissingProperty']);

/** Of the bot or of its settings, whoever it writes to: it is tried on, and somebody has to mend it. */
const OUR_SETTING: ReadonlySet<string> = new Set([
  'BotNotRegistered',
  'AuthorizationError',
  'InvalidBotApiHost',
]);

/**
 * What the failure of a send means. What passes by itself ends nothing: final is what is proved to stay so for this
 * person or this message, everything else is tried again with backoff, and parked when that comes to its end.
 *
 * | Status | Code | Verdict | Why |
 * |---|---|---|---|
 * | none, surely not sent | ECONNREFUSED, ENOTFOUND, TLS... | retry | nobody saw anything |
 * | none | ECONNRESET, timeout | unknown | the request had been written |
 * | 2xx | no-conversation-id | unknown | a conversation began with the message, and nobody knows which |
 * | 3xx | redirect | retry | something answers in the channel's place |
 * | 4xx | `failed-to-decrypt` | undeciphered | the bot's identity changed, or an outage |
 * | 4xx | BotDisabledByAdmin | suppress | until the person writes again or reinstalls |
 * | 4xx | ConversationBlockedByUser, MessageWritesBlocked | suppress | blocking raises no event, only this |
 * | 4xx | BotNotInConversationRoster, ForbiddenOperationException | suppress | uninstalled: until an install or a message |
 * | 400 | BadArgument, BadSyntax, MissingProperty, `splits-in-two` | final, loud | a message of ours that no retry changes |
 * | 401 | BotNotRegistered, AuthorizationError | retry, loud | the bot's identity, for everybody alike |
 * | 401 | anything else | retry | the token: it is renewed. Whole weekends of it were reported |
 * | 403 | InvalidBotApiHost | retry, loud | the cloud's host is another |
 * | 403 | NotEnoughPermissions, ServiceError, anything else | retry | passes, or somebody changes it |
 * | 404 | ConversationNotFound | recreate | the id is stale; the person may still be there |
 * | 404 | ActivityNotFoundInConversation, anything else | retry | says nothing about the conversation |
 * | 408, 500, 502, 503, 504, other 5xx | | unknown | the message may have been shown |
 * | the same, surely not sent | | retry | a step before the message failed: the conversation could not be created |
 * | 412 | PreconditionFailed | retry | not processed |
 * | 413; 4xx | any; MessageSizeTooBig | final | it will never fit |
 * | 429 | Throttled | retry | not processed; `Retry-After` decides |
 * | other 4xx | | retry | nobody knows it |
 */
export function judge(failure: ChannelFailure): Verdict {
  const { status, code, meaning } = failure;
  if (status === undefined || status === 408 || status < 400 || status >= 500) {
    return failure.surelyNotSent ? retry(failure) : { kind: 'unknown' };
  }
  if (meaning === FailureMeaning.failedToDecrypt) return { kind: 'undeciphered' };
  const reason = Object.hasOwn(PERSONS_OWN, code) ? PERSONS_OWN[code] : undefined;
  if (reason !== undefined) return { kind: 'suppress', reason };
  if (status === 413 || code === 'MessageSizeTooBig') return permanent('too-large', { loud: false });
  if (meaning === FailureMeaning.splitsInTwo) return permanent('refused', { loud: true });
  if (status === 400 && OUR_REQUEST.has(code)) return permanent('refused', { loud: true });
  if (code === 'ConversationNotFound') return { kind: 'recreate' };
  if (status === 429 && /tenant|app|global/i.test(code)) return retry(failure, { scope: 'tenant' });
  return retry(failure, { loud: OUR_SETTING.has(code) });
}

/**
 * What the failure to create a conversation means. Nobody sees a conversation without a message, and the channel gives the
 * same one again: whatever is unknown about it may be repeated.
 */
export function judgeCreation(failure: ChannelFailure): Exclude<Verdict, { readonly kind: 'unknown' }> {
  const verdict = judge({ ...failure, surelyNotSent: true });
  // With `surelyNotSent` nothing is unknown; the type does not follow that.
  return verdict.kind === 'unknown' ? retry(failure) : verdict;
}

/**
 * Whether a channel that refused to create a conversation without a message may create it with one: Teams answers 400
 * `BadSyntax` ("null activity") where a chat is a session.
 */
export function insistsOnActivity({ status, code }: ChannelFailure): boolean {
  return status === 400 && (code === 'BadSyntax' || code === 'MissingProperty');
}

/** What the failure to change or to delete a message means. */
export type ChangeVerdict =
  | Exclude<Verdict, { readonly kind: 'unknown' | 'recreate' }>
  /** The message is not there any more, or cannot be had: its new state is a message of its own. */
  | { readonly kind: 'message-gone' }
  /** The channel changes nothing that was sent. */
  | { readonly kind: 'unsupported' };

/**
 * What the failure of a `PUT` or a `DELETE` means. Both may be repeated until their result is known: nobody sees the same
 * state twice. As for a send, but:
 *
 * | Status | Code | Verdict |
 * |---|---|---|
 * | none, 408, 5xx | | retry |
 * | 403 | ServiceError | message-gone: how Teams answers for a deleted one |
 * | 404 | any | message-gone |
 * | 400 | BadArgument with `message-gone` | message-gone |
 * | 405 | | unsupported: Web Chat, Direct Line |
 * | 4xx | `splits-in-two` (`PUT`) | message-gone: the new state has to be sent |
 */
export function judgeChange(failure: ChannelFailure): ChangeVerdict {
  const { status, code, meaning } = failure;
  if (status === 405) return { kind: 'unsupported' };
  if (status === 404 || (status === 403 && code === 'ServiceError')) return { kind: 'message-gone' };
  if (meaning === FailureMeaning.messageGone || meaning === FailureMeaning.splitsInTwo) {
    return { kind: 'message-gone' };
  }
  const verdict = judgeCreation(failure);
  return verdict.kind === 'recreate' ? { kind: 'message-gone' } : verdict;
}

/**
 * What a failure has in common with those of other people at the same time, `403 ServiceError`; `undefined` for one that
 * is this person's own, says when to come back, or never reached the channel. Many of the same in a row are no matter of
 * the people any more.
 */
export function sharedRefusal(failure: ChannelFailure): string | undefined {
  const { status, code } = failure;
  if (status === undefined || status === 404 || status === 408 || status === 412 || status === 429)
    return undefined;
  if (code === 'NotEnoughPermissions') return undefined;
  const { kind } = judge(failure);
  return kind === 'retry' || kind === 'unknown' ? `${status} ${code}` : undefined;
}

function retry(
  { retryAfter }: ChannelFailure,
  {
    scope = 'conversation',
    loud = false,
  }: { readonly scope?: 'conversation' | 'tenant'; readonly loud?: boolean } = {},
): Extract<Verdict, { readonly kind: 'retry' }> {
  return { kind: 'retry', scope, loud, ...defined({ after: retryAfter }) };
}

function permanent(reason: OutcomeReason, { loud }: { readonly loud: boolean }): Verdict {
  return { kind: 'final', outcome: Outcome.rejected, reason, loud };
}
