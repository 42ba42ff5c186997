import type { FaultRuleInput } from '../../tables/faults.ts';
import type { Evidence } from '../judgement/evidence.ts';
import type { Rig } from '../rig/rig.ts';
import { type Case, play } from './run-scenarios.ts';
import { alike, type Scenario } from './scenario.ts';
import { claimsOf } from './steps.ts';

/** A fault of the write by which an outcome is recorded, for each of a scenario's deliveries. */
export interface RecordScenario {
  readonly scenario: Scenario;
  readonly rule: Omit<FaultRuleInput, 'match'> & { readonly times: number };
}

/** Two deliveries, one under each policy; the app's table client sends each request three times. */
const DELIVERIES = 2;
const EVERY_TRY = 3 * DELIVERIES;

/** What is known of the request travels on, so nobody is told again. */
const ending = { outcome: 'delivered', shown: 1, attempts: 1 } as const;

export const recordScenarios: readonly RecordScenario[] = [
  {
    scenario: alike({ name: 'the outcome is answered 503' }, ending),
    rule: { times: EVERY_TRY, fault: { type: 'status', status: 503 } },
  },
  {
    scenario: alike({ name: 'the connection breaks before the outcome is written' }, ending),
    rule: { times: EVERY_TRY, fault: { type: 'reset', when: 'before' } },
  },
  {
    scenario: alike({ name: 'the outcome is written and its answer lost' }, ending),
    rule: { times: EVERY_TRY, fault: { type: 'reset', when: 'after' } },
  },
  {
    scenario: alike({ name: 'the outcome is written and no answer ever comes', slow: true }, ending),
    rule: { times: DELIVERIES, fault: { type: 'timeout', when: 'after' } },
  },
];

/**
 * Plays the cases of one such scenario. The row of an outcome cannot be told from its address; but when all
 * deliveries are claimed, and none other is under way, the next inserts are their outcomes.
 */
export async function playRecordScenario(
  rig: Rig,
  { rule }: RecordScenario,
  cases: readonly Case[],
  withinMs: number,
): Promise<Evidence> {
  const isClaim = claimsOf(cases);
  let claims = 0;
  const stop = rig.tables.onResponse((exchange) => {
    if (!isClaim(exchange)) return;
    claims += 1;
    if (claims === cases.length)
      rig.tables.fail({ ...rule, match: { table: 'notifications', kinds: ['insert'] } });
  });
  try {
    return await play(rig, cases, withinMs);
  } finally {
    stop();
  }
}
