import type { Evidence } from '../judgement/evidence.ts';
import { comeBack, type Person } from '../people/people.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import { takenBack } from '../reports/taken-back.ts';
import type { Rig } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';
import { arm } from './armed-faults.ts';
import { disturb, killAtRequest } from './disturb.ts';
import type { RoundPlan } from './plan.ts';
import { publishNotice, publishThing, suppressedBy } from './publish-round.ts';

export interface Round {
  readonly rig: Rig;
  readonly people: readonly Person[];
  readonly plan: RoundPlan;
  /** Unique in the run. */
  readonly name: string;
  /** Counts what was injected. */
  readonly injected: Tally;
  /** How long it may take until every delivery has its end. */
  readonly withinMs: number;
}

/** Lets the plan happen, waits for the end of every delivery, and reads what became of them. */
export async function runRound(round: Round): Promise<Evidence> {
  const { rig, plan, people, injected } = round;
  const armed = await arm(rig, plan, people);
  const over = new AbortController();
  const disturbing = { rig, injected, over: over.signal };
  const disturbed = Promise.all([
    ...plan.disturbances.map((each) => disturb(disturbing, each)),
    ...plan.killAfterOperations.map((each) => killAtRequest(disturbing, each)),
  ]);
  // A fault of the suite itself is thrown where it is waited for; until then it must not end the process.
  disturbed.catch(() => {});

  const [notices, things] = await Promise.all([
    Promise.all(plan.notices.map((planned, index) => publishNotice(round, planned, index))),
    Promise.all(plan.things.map((planned, index) => publishThing(round, planned, index))),
  ]);
  const asked = [...notices, ...things.flatMap(({ states }) => states)];
  await settle(
    rig,
    asked.map(({ id }) => id),
    round.withinMs,
  );
  over.abort();
  await disturbed;
  await rig.broker.planFaults({ refuseSends: 0, dropAfterSends: 0 });
  await armed.disarm(injected);
  await takenBack(rig, asked, round.withinMs);
  const evidence = await gather(rig, asked, things);
  for (const person of suppressedBy(round)) await comeBack(rig, person);
  return evidence;
}
