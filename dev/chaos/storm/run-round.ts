import { suppresses } from '../faults/channel-faults.ts';
import type { Asked, Evidence } from '../judgement/evidence.ts';
import { notice } from '../people/notice.ts';
import { comeBack, type Person } from '../people/people.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import type { Rig } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';
import { arm } from './armed-faults.ts';
import { disturb, killAtRequest } from './disturb.ts';
import type { PlannedNotice, RoundPlan } from './plan.ts';

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

  const asked = await Promise.all(plan.notices.map((planned, index) => publish(round, planned, index)));
  await settle(
    rig,
    asked.map(({ id }) => id),
    round.withinMs,
  );
  over.abort();
  await disturbed;
  await rig.broker.planFaults({ refuseSends: 0, dropAfterSends: 0 });
  await armed.disarm(injected);
  const evidence = await gather(rig, asked);
  for (const person of suppressedBy(round)) await comeBack(rig, person);
  return evidence;
}

async function publish(round: Round, planned: PlannedNotice, index: number): Promise<Asked> {
  const { rig, people } = round;
  const { to, onUnconfirmed, mode } = planned;
  const suppressed = suppressedBy(round);
  const named = to === 'everyone' ? people : to.flatMap((place) => people[place] ?? []);
  const { event, asked } = notice(`${round.name}/${index}`, {
    to: to === 'everyone' ? [{ everyone: true }] : named.map(({ key }) => ({ conversation: key })),
    onUnconfirmed,
    mode,
    // A walk leaves out whom the bot may not write to at that moment.
    must: to === 'everyone' ? named.filter((person) => !suppressed.has(person)) : named,
    may: to === 'everyone' ? [...suppressed] : [],
  });
  for (let copy = 0; copy < planned.copies; copy += 1) {
    await rig.publisher.publish(event, planned.entrance);
  }
  round.injected.add('the same event again', planned.copies - 1);
  return asked;
}

function suppressedBy({ plan, people }: Round): Set<Person> {
  const places = plan.channel.filter(({ fault }) => suppresses(fault)).map(({ who }) => who);
  return new Set(places.flatMap((place) => people[place] ?? []));
}
