import { answerSteps } from './answer-steps.ts';
import type { Answered, Decision, Ending, Known, Rules, Step } from './decision.ts';
import { rowSteps } from './row-steps.ts';
import { sendSteps } from './send-steps.ts';

/**
 * What comes next of a delivery of which so much is known: the first step of a table that has something to say decides.
 * Pure: whoever asks looks at what is missing (`look`) and asks again, or does what was decided.
 *
 * `rowSteps` look at the delivery's own row, before anything else is read; `sendSteps` at the person and at the channel's
 * limits; `answerSteps` at what the channel said.
 */
export function decide(known: Answered, rules: Rules): Ending;
export function decide(known: Known, rules: Rules): Decision;
export function decide(known: Known | Answered, rules: Rules): Decision | Ending {
  if (known.answered !== undefined) return first(answerSteps, known, rules);
  const { row, desk, call } = known;
  if (desk !== undefined) return first(sendSteps, { ...known, desk }, rules);
  if (row !== undefined) return first(rowSteps, { ...known, row }, rules);
  return call.version > 0 ? { do: 'stop', as: 'stale' } : { do: 'look', at: 'desk' };
}

function first<Facts, Next>(steps: readonly Step<Facts, Next>[], known: Facts, rules: Rules): Next {
  for (const step of steps) {
    const decision = step.decide(known, rules);
    if (decision !== undefined) return decision;
  }
  throw new Error('the last step of a table decides');
}
