import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chance } from '../../dev/chaos/chance.ts';
import { judge, judgeTexts } from '../../dev/chaos/judgement/judge.ts';
import { meet, type Person } from '../../dev/chaos/people/people.ts';
import { type Rig, startRig } from '../../dev/chaos/rig/rig.ts';
import { planRound } from '../../dev/chaos/storm/plan.ts';
import { runRound } from '../../dev/chaos/storm/run-round.ts';
import { Tally } from '../../dev/chaos/tally.ts';

let rig: Rig;
let people: readonly Person[];
const texts = new Set<string>();
const injected = new Tally();

beforeAll(async () => {
  rig = await startRig({ hosts: 2 });
  people = [
    ...(await meet(rig, { prefix: 'north', count: 8 })),
    ...(await meet(rig, { prefix: 'south', count: 4, tenantId: 'another-tenant' })),
  ];
}, 60_000);
afterAll(() => rig.stop(), 20_000);

describe('two instances, while channel, broker, tables and processes fail at once', () => {
  // Plans with kills, a frozen process and faults at each wire, that are over within seconds.
  it.each([1, 2, 3])(
    'lose nobody and repeat nothing that they may not: round %d',
    async (round) => {
      rig.journal.clear();
      const plan = planRound(new Chance(2026).fork(round), {
        people: people.length,
        notices: 5,
        patient: false,
      });
      const evidence = await runRound({
        rig,
        people,
        plan,
        name: `short/${round}`,
        injected,
        withinMs: 150_000,
      });
      for (const { text } of evidence.asked) texts.add(text);
      const sequences = judge(evidence).map(({ rule, text, notification, conversation }) => ({
        rule,
        text,
        sequence: rig.journal.of({ notification, conversation }).map((line) => `${line.by}: ${line.text}`),
      }));
      expect(sequences).toEqual([]);
    },
    180_000,
  );

  it('show nothing that was not published', async () => {
    expect(injected.total).toBeGreaterThan(20);
    expect(judgeTexts(await rig.channel.shown(), texts)).toEqual([]);
  });
});
