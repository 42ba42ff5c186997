import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../dev/chaos/judgement/judge.ts';
import { gather } from '../../dev/chaos/reports/gather.ts';
import { settle } from '../../dev/chaos/reports/settle.ts';
import { type Rig, startRig } from '../../dev/chaos/rig/rig.ts';
import { endingOf, prepare } from '../../dev/chaos/scenarios/run-scenarios.ts';
import { killAt, stepScenario, steps } from '../../dev/chaos/scenarios/steps.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig.stop(), 20_000);

describe('a functions host that is killed by SIGKILL', () => {
  it.each(steps)(
    '%s loses nobody, and repeats only where the result is unknown and it may',
    async (step) => {
      const cases = await prepare(rig, [stepScenario(step)], step.replace(' ', '-'));
      await killAt(rig, step, cases);
      const asked = cases.map((each) => each.asked);
      const open = await settle(
        rig,
        asked.map(({ id }) => id),
        60_000,
      );
      expect(open).toEqual([]);
      const evidence = await gather(rig, asked);
      for (const each of cases) expect(endingOf(each, evidence)).toEqual(each.expected);
      expect(judge(evidence)).toEqual([]);
    },
    90_000,
  );
});
