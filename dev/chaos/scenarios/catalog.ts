import { isDeepStrictEqual } from 'node:util';
import { nameOfChannelFault } from '../faults/channel-faults.ts';
import { nameOfTableFault } from '../faults/table-faults.ts';
import type { Evidence } from '../judgement/evidence.ts';
import { type Breach, judge } from '../judgement/judge.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import type { Rig } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';
import { playCancel } from './cancel-scenario.ts';
import { channelScenarios } from './channel-scenarios.ts';
import { playStall, playWaves } from './crowd-scenarios.ts';
import { playRecordScenario, recordScenarios } from './record-scenarios.ts';
import { type Case, endingOf, play, prepare } from './run-scenarios.ts';
import { killAt, stepScenario, steps } from './steps.ts';
import { tableScenarios } from './table-scenarios.ts';

export interface Played {
  readonly evidence: Evidence;
  readonly breaches: readonly Breach[];
}

/** The longest that a scenario may take: one that is exhausted needs about twenty seconds. */
const WITHIN_MS = 90_000;

/** Plays every scenario under both policies, and kills the host at every step. */
export async function playCatalog(rig: Rig, injected: Tally): Promise<Played[]> {
  const cases = await prepare(rig, [...channelScenarios, ...tableScenarios], 'catalog');
  const played: Played[] = [examine(cases, await play(rig, cases, WITHIN_MS))];
  for (const each of cases) countFaults(each, injected);

  for (const scenario of recordScenarios) {
    const recorded = await prepare(rig, [scenario.scenario], `record-${recordScenarios.indexOf(scenario)}`);
    played.push(examine(recorded, await playRecordScenario(rig, scenario, recorded, WITHIN_MS)));
    injected.add(nameOfTableFault(scenario.rule), scenario.rule.times);
  }

  played.push(...(await playWaves(rig, injected)), await playStall(rig, injected));
  played.push(await playCancel(rig, injected));

  for (const step of steps) {
    const dying = await prepare(rig, [stepScenario(step)], step.replace(' ', '-'));
    await killAt(rig, { [step]: dying });
    const asked = dying.map((each) => each.asked);
    await settle(
      rig,
      asked.map(({ id }) => id),
      WITHIN_MS,
    );
    played.push(examine(dying, await gather(rig, asked)));
    injected.add(`host killed ${step}`);
  }
  return played;
}

function countFaults({ scenario, asked, person }: Case, injected: Tally): void {
  for (const fault of scenario.channel ?? []) injected.add(nameOfChannelFault(fault), fault.count ?? 1);
  const rules = scenario.tables?.({ notification: asked.id, conversation: person.key }) ?? [];
  for (const rule of rules) injected.add(nameOfTableFault(rule), rule.times ?? 1);
}

/** Every promise, and the very ending that each scenario demands. */
function examine(cases: readonly Case[], evidence: Evidence): Played {
  const breaches = judge(evidence);
  for (const each of cases) {
    const ending = endingOf(each, evidence);
    if (isDeepStrictEqual(ending, each.expected)) continue;
    breaches.push({
      rule: 'ending',
      notification: each.asked.id,
      conversation: each.person.key,
      text: `"${each.scenario.name}" (${each.asked.onUnconfirmed}) must end as ${JSON.stringify(each.expected)} and ended as ${JSON.stringify(ending)}`,
    });
  }
  return { evidence, breaches };
}
