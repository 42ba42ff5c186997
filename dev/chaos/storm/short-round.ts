import type { Chance } from '../chance.ts';
import type { RoundPlan } from './plan.ts';

/** Who takes part in the short round. */
export const SHORT_ROUND_PEOPLE = 8;

/** The moments at which the host is killed lie within the time that the round's deliveries take. */
const WITHIN_MS = 1500;

/**
 * Everything that can happen to the broker, the tables and the process, once each and at the same time: the short
 * form's round. Only the moments are drawn.
 */
export function planShortRound(chance: Chance): RoundPlan {
  const everybody = Array.from({ length: SHORT_ROUND_PEOPLE }, (_none, place) => place);
  const moment = () => chance.whole(0, WITHIN_MS);
  return {
    notices: [
      { to: 'everyone', onUnconfirmed: 'resend', mode: 'adHoc', entrance: 'structured', copies: 3 },
      { to: 'everyone', onUnconfirmed: 'park', mode: 'adHoc', entrance: 'http', copies: 1 },
      { to: everybody, onUnconfirmed: 'park', mode: 'wait', entrance: 'binary', copies: 2 },
      { to: everybody, onUnconfirmed: 'resend', mode: 'wait', entrance: 'structured', copies: 1 },
      {
        to: everybody,
        onUnconfirmed: 'resend',
        mode: 'adHoc',
        entrance: 'structured',
        copies: 1,
        cancel: { afterMs: chance.whole(2000, 4000), isRecalled: true },
      },
    ],
    things: [4, 5, 6, 7].map((who) => ({
      who,
      onUnconfirmed: 'resend',
      entrance: 'structured',
      states: [2, 1, 4, 3].map((sequence) => ({ sequence, afterMs: chance.whole(0, 400) })),
    })),
    channel: [
      { who: 0, fault: { kind: '429', count: 1 } },
      { who: 1, fault: { kind: '502', shown: true, count: 1 } },
      { who: 2, fault: { kind: 'reset-after', count: 1 } },
      { who: 3, fault: { kind: '412', count: 1 } },
    ],
    tables: [
      { skip: chance.whole(0, 40), times: 4, fault: { type: 'status', status: 503 } },
      {
        match: { table: 'conversations', kinds: ['batch'] },
        skip: chance.whole(0, 4),
        times: 2,
        fault: { type: 'status', status: 412 },
      },
      { skip: chance.whole(0, 40), times: 3, fault: { type: 'reset', when: 'after' } },
    ],
    disturbances: [
      { kind: 'drop connections', afterMs: moment() },
      { kind: 'cut the wire', afterMs: moment() },
      { kind: 'expire locks', afterMs: moment() },
      { kind: 'refuse sends', afterMs: 0, count: 2 },
      { kind: 'drop after sends', afterMs: 0, count: 1 },
      { kind: 'kill', afterMs: moment(), host: 0 },
    ],
    killAfterOperations: [{ operations: chance.whole(20, 60), host: 0 }],
  };
}
