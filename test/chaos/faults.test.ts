import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../dev/chaos/judgement/evidence.ts';
import { judge } from '../../dev/chaos/judgement/judge.ts';
import { type Rig, startRig } from '../../dev/chaos/rig/rig.ts';
import { channelScenarios } from '../../dev/chaos/scenarios/channel-scenarios.ts';
import { playRecordScenario, recordScenarios } from '../../dev/chaos/scenarios/record-scenarios.ts';
import { type Case, endingOf, play, prepare } from '../../dev/chaos/scenarios/run-scenarios.ts';
import { tableScenarios } from '../../dev/chaos/scenarios/table-scenarios.ts';

/** The longest of them is tried twelve times, a second and a half apart. */
const WITHIN_MS = 75_000;
const scenarios = [...channelScenarios, ...tableScenarios];

let rig: Rig;
let cases: readonly Case[];
let evidence: Evidence;

beforeAll(async () => {
  rig = await startRig();
  cases = await prepare(rig, scenarios, 'fault');
  evidence = await play(rig, cases, WITHIN_MS);
}, 120_000);
afterAll(() => rig.stop(), 20_000);

describe('a delivery that meets one fault, over the whole stack', () => {
  it.each(scenarios.flatMap(({ name }) => (['resend', 'park'] as const).map((policy) => ({ name, policy }))))(
    'ends as it must: $name, under "$policy"',
    ({ name, policy }) => {
      const one = cases.find(
        ({ scenario, asked }) => scenario.name === name && asked.onUnconfirmed === policy,
      );
      if (one === undefined) throw new Error(`"${name}" was not played.`);
      expect(endingOf(one, evidence), sequenceOf(one)).toEqual(one.expected);
    },
  );

  it('keeps every promise, the whole catalog together', () => {
    expect(judge(evidence)).toEqual([]);
  });
});

describe('a delivery whose outcome cannot be recorded', () => {
  // Those that wait for the tables' longest silence are left to the long form.
  const quick = recordScenarios.filter(({ rule }) => rule.fault.type !== 'timeout');

  it.each(quick.map((each, index) => ({ ...each, name: each.scenario.name, index })))(
    'is told once: $name',
    async ({ index, ...record }) => {
      const recorded = await prepare(rig, [record.scenario], `record-${index}`);
      const seen = await playRecordScenario(rig, record, recorded, WITHIN_MS);
      for (const each of recorded) expect(endingOf(each, seen), sequenceOf(each)).toEqual(each.expected);
      expect(judge(seen)).toEqual([]);
    },
    90_000,
  );
});

function sequenceOf({ asked, person }: Case): string {
  return rig.journal
    .of({ notification: asked.id, conversation: person.key })
    .map(({ by, text }) => `${by}: ${text}`)
    .join('\n');
}
