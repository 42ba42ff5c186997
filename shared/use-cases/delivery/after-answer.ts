import { defined } from '../../domain/defined.ts';
import { LONGEST_RETRYING, MOST_ATTEMPTS, retryDelay } from '../../domain/delivery/backoff.ts';
import { type DeliveryRow, mayRepeat, Outcome, resultOf } from '../../domain/delivery/delivery.ts';
import { CALLED_OFF, judge, judgeChange } from '../../domain/delivery/failure.ts';
import { type Answer, errorOf } from '../../domain/delivery/learned.ts';
import { isEnough, oneMore, waitAfter } from '../../domain/delivery/undeciphered.ts';
import type { Duration } from '../../domain/time.ts';
import type { Answered, Ending } from './decision.ts';
import { endedByCancel } from './is-cancelled.ts';

/** What a channel's answer makes of a delivery: its end, or another request. */
export function afterAnswer(known: Answered): Ending {
  const { row, answered } = known;
  const { answer, at } = answered;
  switch (answer.kind) {
    case 'sent': {
      // delivered
      const { kind: _sent, ...ids } = answer;
      const outcome = isForChange(row) ? Outcome.updated : Outcome.delivered;
      return { do: 'record', result: { ...resultOf(row, at, outcome), ...ids } };
    }
    // refused-by-us
    case 'too-large':
      return { do: 'record', result: resultOf(row, at, Outcome.rejected, 'too-large') };
    case 'untrusted': {
      const result = resultOf(row, at, Outcome.rejected, 'untrusted-service-url');
      return { do: 'record', result, alarm: 'untrusted' };
    }
    case 'failed':
      // called-off: cancelled between the claim and its request, which was not made.
      if (answer.code === CALLED_OFF) {
        return { do: 'record', result: resultOf(row, at, endedByCancel(row).outcome) };
      }
      // failed
      return tried(afterFailure(known, answer), answer);
  }
}

/** What ends without anything shown says where that was tried last. */
function tried(ending: Ending, { triedIn }: Extract<Answer, { readonly kind: 'failed' }>): Ending {
  return ending.do === 'record'
    ? { ...ending, result: { ...ending.result, ...defined({ triedIn }) } }
    : ending;
}

function afterFailure(
  { row: claimed, notification, answered }: Answered,
  answer: Extract<Answer, { readonly kind: 'failed' }>,
): Ending {
  const { at } = answered;
  const row: DeliveryRow = { ...claimed, lastError: errorOf(answer) };
  const verdict = isForChange(row) ? judgeChange(answer) : judge(answer);
  // Said once of each delivery, and again by what is parked when nobody mends it.
  const isLoud = 'loud' in verdict && verdict.loud && row.attempts === 1;
  const alarm = isLoud ? ({ alarm: 'refused' } as const) : {};
  const about = { notification, answered };
  switch (verdict.kind) {
    case 'retry': {
      const { after } = verdict;
      const isAll = verdict.scope === 'tenant' && after !== undefined;
      const patience = isAll ? { holdTenantUntil: at + after } : {};
      return { ...again({ ...about, row }, after), ...patience, ...alarm };
    }
    case 'undeciphered': {
      const undeciphered = oneMore(row.undeciphered, at);
      if (isForChange(row) && isEnough(row.undeciphered, at)) return anew(row, at, { isFixed: false });
      return again({ ...about, row: { ...row, undeciphered } }, waitAfter(undeciphered));
    }
    case 'unknown': {
      const unknown = { ...row, unconfirmed: row.unconfirmed + 1 };
      return mayRepeat(row, notification)
        ? again({ ...about, row: unknown }, answer.retryAfter)
        : { do: 'record', result: resultOf(unknown, at, Outcome.unconfirmed) };
    }
    case 'suppress': {
      const { reason } = verdict;
      return {
        do: 'record',
        result: resultOf(row, at, Outcome.suppressed, reason),
        suppress: { reason, at },
      };
    }
    case 'message-gone':
      return anew(row, at, { isFixed: false });
    case 'unsupported':
      return anew(row, at, { isFixed: true });
    case 'recreate':
      return { do: 'record', result: resultOf(row, at, Outcome.rejected, 'gone') };
    case 'final':
      return { do: 'record', result: resultOf(row, at, verdict.outcome, verdict.reason), ...alarm };
  }
}

/** Whether the request was for the change of a message: claims for those are never in doubt. */
function isForChange({ withoutRequest }: DeliveryRow): boolean {
  return withoutRequest === true;
}

/** What cannot be changed any more is told by a message of its own, which is looked at as any other. */
function anew(row: DeliveryRow, at: number, gone: NonNullable<Ending['gone']>): Ending {
  return { do: 'retry', row, dueAt: at, gone };
}

/** Another request, unless there have been enough of them or it would come too late. */
function again({ row, notification, answered }: Answered, after: Duration | undefined): Ending {
  const { at, random } = answered;
  const dueAt = at + retryDelay(row.attempts, random, after);
  const { expiresAt } = notification.delivery;
  if (row.attempts >= MOST_ATTEMPTS || dueAt > row.firstClaimedAt + LONGEST_RETRYING) {
    return { do: 'record', result: resultOf(row, at, Outcome.exhausted) };
  }
  if (expiresAt !== undefined && dueAt >= expiresAt) {
    return { do: 'record', result: resultOf(row, at, Outcome.expired) };
  }
  return { do: 'retry', row, dueAt };
}
