import { isChannelId, LONGEST_CODE } from '../conversation/channel-text.ts';
import { defined } from '../defined.ts';
import type { JsonObject } from '../event/notification.ts';
import { isJsonObject } from '../json-object.ts';
import type { Instant } from '../time.ts';
import { type DeliveryError, type DeliveryResult, Outcome } from './delivery.ts';
import { type ChannelFailure, isFailureMeaning } from './failure.ts';

/** What a channel answered to the one request of a claim, or why the request was not made. */
export type Answer =
  /**
   * `shownIn`: the channel's id of the conversation where it is. `inPlaceOf`: the message began that conversation, which is
   * still to be remembered.
   */
  | {
      readonly kind: 'sent';
      readonly activityId?: string;
      readonly shownIn?: string;
      readonly inPlaceOf?: InPlaceOf;
    }
  /** `triedIn`: the channel's id of the conversation that the request was made to. */
  | ({ readonly kind: 'failed'; readonly triedIn?: string } & ChannelFailure)
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'too-large' };

/** In whose place another conversation is: of the one that is gone, or of every one whose id the channel does not read. */
export type InPlaceOf = 'one' | 'all';

/**
 * What a worker knows of a delivery and could not write down. It travels in the next wake-up call: forgotten, a known
 * result would count as unknown, and the person would be told twice or perhaps never.
 */
export type Learned =
  /** Of the request made under the claim with these `attempts`. `at` is when the answer came. */
  | {
      readonly kind: 'answer';
      readonly attempts: number;
      readonly at: Instant;
      readonly answer: Answer;
    }
  /** An outcome that needed no request. */
  | { readonly kind: 'result'; readonly result: DeliveryResult };

/**
 * What a report says of a failure. `class` is where it came from: the channel (`http-<status>`), the way there
 * (`network`), or our own store before the request was made (`store`).
 */
export function errorOf({
  status,
  code,
  meaning,
}: Extract<Answer, { readonly kind: 'failed' }>): DeliveryError {
  if (status !== undefined) {
    return { class: `http-${status}`, code, ...defined({ meaning }) };
  }
  return { class: code === 'store-unavailable' ? 'store' : 'network', code };
}

/** Whether a request that failed so may have been done all the same. */
export function mayBeDone(error: DeliveryError): boolean {
  return /^(?:network|http-408|http-5\d\d)$/.test(error.class);
}

/** Reads what came from the queue; `undefined` when it is none of this. Fields that are not ours are left out. */
export function parseLearned(value: unknown): Learned | undefined {
  if (!isJsonObject(value)) return undefined;
  if (value.kind === 'result') {
    const result = parseResult(value.result);
    return result && { kind: 'result', result };
  }
  if (value.kind !== 'answer' || !isCount(value.attempts) || !isCount(value.at)) return undefined;
  const answer = parseAnswer(value.answer);
  return answer && { kind: 'answer', attempts: value.attempts, at: value.at, answer };
}

function parseAnswer(value: unknown): Answer | undefined {
  if (!isJsonObject(value)) return undefined;
  switch (value.kind) {
    case 'sent': {
      // That it was sent is what matters; an id that cannot be kept is left out.
      const { inPlaceOf } = value;
      const isBegun = inPlaceOf === 'one' || inPlaceOf === 'all';
      return { kind: 'sent', ...idsIn(value), ...(isBegun ? { inPlaceOf } : {}) };
    }
    case 'failed': {
      const { status, code, meaning, retryAfter, surelyNotSent, triedIn } = value;
      if (!isText(code) || typeof surelyNotSent !== 'boolean') return undefined;
      if (!isOptional(status, isCount) || !isOptional(retryAfter, isCount)) return undefined;
      return {
        kind: 'failed',
        code: code.slice(0, LONGEST_CODE),
        surelyNotSent,
        // A release that does not know a meaning goes by the code.
        ...(isFailureMeaning(meaning) ? { meaning } : {}),
        ...defined({ status, retryAfter }),
        ...(isChannelId(triedIn) ? { triedIn } : {}),
      };
    }
    case 'untrusted':
    case 'too-large':
      return { kind: value.kind };
    default:
      return undefined;
  }
}

/** Where a message is, as far as it can be kept. */
function idsIn({ activityId, shownIn }: JsonObject): Pick<DeliveryResult, 'activityId' | 'shownIn'> {
  return {
    ...(isChannelId(activityId) ? { activityId } : {}),
    ...(isChannelId(shownIn) ? { shownIn } : {}),
  };
}

const outcomes: ReadonlySet<unknown> = new Set(Object.values(Outcome));

function parseResult(value: unknown): DeliveryResult | undefined {
  if (!isJsonObject(value) || !outcomes.has(value.outcome)) return undefined;
  const { outcome, reason, at, attempts, repeats, triedIn, lastError } = value;
  if (!isCount(at) || !isCount(attempts) || !isCount(repeats)) return undefined;
  if (!isOptional(reason, isText)) return undefined;
  if (!isOptional(lastError, isError)) return undefined;
  return {
    // One of the set above.
    outcome: outcome as Outcome,
    // The app's own words: only it writes to this queue, and a report that cannot show one says so.
    ...(reason === undefined ? {} : { reason: reason as NonNullable<DeliveryResult['reason']> }),
    at,
    attempts,
    repeats,
    ...idsIn(value),
    ...(isChannelId(triedIn) ? { triedIn } : {}),
    ...(lastError === undefined ? {} : { lastError: errorFrom(lastError) }),
  };
}

function isError(value: unknown): value is DeliveryError {
  return isJsonObject(value) && isText(value.class) && isText(value.code);
}

function errorFrom({ class: origin, code, meaning }: DeliveryError): DeliveryError {
  return {
    class: origin.slice(0, LONGEST_CODE),
    code: code.slice(0, LONGEST_CODE),
    ...(isFailureMeaning(meaning) ? { meaning } : {}),
  };
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
