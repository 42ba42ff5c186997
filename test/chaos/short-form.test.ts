import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chance } from '../../dev/chaos/chance.ts';
import type { Asked, Evidence } from '../../dev/chaos/judgement/evidence.ts';
import { judge, judgeTexts } from '../../dev/chaos/judgement/judge.ts';
import { meet } from '../../dev/chaos/people/people.ts';
import { gather } from '../../dev/chaos/reports/gather.ts';
import { settle } from '../../dev/chaos/reports/settle.ts';
import { type Rig, startRig } from '../../dev/chaos/rig/rig.ts';
import { playCancel } from '../../dev/chaos/scenarios/cancel-scenario.ts';
import { channelScenarios } from '../../dev/chaos/scenarios/channel-scenarios.ts';
import { playStall, playWaves } from '../../dev/chaos/scenarios/crowd-scenarios.ts';
import { playRecordScenario, recordScenarios } from '../../dev/chaos/scenarios/record-scenarios.ts';
import { type Case, endingOf, play, prepare } from '../../dev/chaos/scenarios/run-scenarios.ts';
import { killAt, type Step, stepScenario, steps } from '../../dev/chaos/scenarios/steps.ts';
import { tableScenarios } from '../../dev/chaos/scenarios/table-scenarios.ts';
import { runRound } from '../../dev/chaos/storm/run-round.ts';
import { planShortRound, SHORT_ROUND_PEOPLE } from '../../dev/chaos/storm/short-round.ts';
import { Tally } from '../../dev/chaos/tally.ts';

// The short form of `npm run chaos`: every fault once, over one stack. What takes long by its nature is left to the
// long form.
const WITHIN_MS = 60_000;
const scenarios = [...channelScenarios, ...tableScenarios].filter(({ slow }) => !slow);

let rig: Rig;
/** All that was published, for the last look at what people saw. */
const published: Asked[] = [];

beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig.stop(), 20_000);

// First, while nobody else is there whom "everyone" would reach.
describe('broker, tables, channel and process, failing at once', () => {
  const seed = 2026;

  it(`lose nobody and repeat nothing that they may not (seed ${seed})`, async () => {
    const people = await meet(rig, { prefix: 'storm', count: SHORT_ROUND_PEOPLE });
    rig.journal.clear();
    const injected = new Tally();
    const plan = planShortRound(new Chance(seed));
    const evidence = await runRound({ rig, people, plan, name: 'short', injected, withinMs: WITHIN_MS });
    published.push(...evidence.asked);
    const broken = judge(evidence).map(({ rule, text, notification, conversation }) => ({
      rule,
      text,
      sequence: rig.journal.of({ notification, conversation }).map((line) => `${line.by}: ${line.text}`),
    }));
    expect(broken).toEqual([]);
    expect(injected.toObject()).toMatchObject({
      'broker connections reset': 1,
      'broker drops connections': 1,
      'broker refuses a send': 2,
      'broker stores and drops the connection': 1,
      'host killed at a random moment': 1,
      'host killed at a table request': 1,
      'tables 412': 2,
      'tables 503': 4,
      'tables reset, written': 3,
    });
  }, 120_000);
});

describe('a delivery that meets one fault, over the whole stack', () => {
  let cases: readonly Case[];
  let evidence: Evidence;

  beforeAll(async () => {
    cases = await prepare(rig, scenarios, 'fault');
    evidence = await play(rig, cases, WITHIN_MS);
    published.push(...evidence.asked);
  }, 120_000);

  it.each(bothPolicies(scenarios.map(({ name }) => name)))(
    'ends as it must: $name, under "$policy"',
    ({ name, policy }) => {
      const one = cases.find(
        ({ scenario, asked }) => scenario.name === name && asked.onUnconfirmed === policy,
      );
      if (one === undefined) throw new Error(`"${name}" was not played.`);
      expect(endingOf(one, evidence), sequenceOf(one)).toEqual(one.expected);
    },
  );

  it('keeps every promise, all of them together', () => {
    expect(judge(evidence)).toEqual([]);
  });
});

describe('a delivery whose outcome cannot be recorded', () => {
  const quick = recordScenarios.filter(({ scenario }) => !scenario.slow);

  it.each(quick.map((each, index) => ({ ...each, name: each.scenario.name, index })))(
    'is told once: $name',
    async ({ index, ...record }) => {
      const recorded = await prepare(rig, [record.scenario], `record-${index}`);
      const seen = await playRecordScenario(rig, record, recorded, WITHIN_MS);
      published.push(...seen.asked);
      for (const each of recorded) expect(endingOf(each, seen), sequenceOf(each)).toEqual(each.expected);
      expect(judge(seen)).toEqual([]);
    },
    90_000,
  );
});

describe('many people at once', () => {
  it('are told once when everybody of a tenant was refused for a while, by 401 and by 403', async () => {
    const injected = new Tally();
    for (const { evidence, breaches } of await playWaves(rig, injected)) {
      published.push(...evidence.asked);
      expect(breaches).toEqual([]);
    }
    expect(injected.total).toBe(2);
  }, 120_000);

  it('are told no more once it was cancelled, those too who were refused for a while', async () => {
    const { evidence, breaches } = await playCancel(rig, new Tally());
    published.push(...evidence.asked);
    expect(breaches).toEqual([]);
  }, 120_000);

  it('are told once when the process stood still while the channel answered', async () => {
    const { evidence, breaches } = await playStall(rig, new Tally());
    published.push(...evidence.asked);
    expect(breaches).toEqual([]);
  }, 120_000);
});

describe('a functions host that is killed by SIGKILL', () => {
  const dying: { [S in Step]?: readonly Case[] } = {};
  let evidence: Evidence;

  beforeAll(async () => {
    for (const step of steps) dying[step] = await prepare(rig, [stepScenario(step)], step.replace(' ', '-'));
    await killAt(rig, dying);
    const asked = Object.values(dying).flatMap((cases) => cases.map((each) => each.asked));
    published.push(...asked);
    await settle(rig, idsOf(asked), WITHIN_MS);
    evidence = await gather(rig, asked);
  }, 120_000);

  it.each(bothPolicies(steps))('$name loses nobody, and repeats only as it may under "$policy"', (each) => {
    // One of the steps, as they are listed.
    const cases = dying[each.name as Step];
    const one = cases?.find(({ asked }) => asked.onUnconfirmed === each.policy);
    if (one === undefined) throw new Error(`The host was not killed "${each.name}".`);
    expect(endingOf(one, evidence), sequenceOf(one)).toEqual(one.expected);
  });

  it('keeps every promise at all of these steps', () => {
    expect(judge(evidence)).toEqual([]);
  });
});

it('nobody was shown anything that was not published', async () => {
  const texts = new Set(published.map(({ text }) => text));
  expect(judgeTexts(await rig.channel.shown(), texts)).toEqual([]);
});

function bothPolicies<Name extends string>(names: readonly Name[]) {
  return names.flatMap((name) => (['resend', 'park'] as const).map((policy) => ({ name, policy })));
}

function idsOf(asked: readonly Asked[]): string[] {
  return asked.map(({ id }) => id);
}

function sequenceOf({ asked, person }: Case): string {
  return rig.journal
    .of({ notification: asked.id, conversation: person.key })
    .map(({ by, text }) => `${by}: ${text}`)
    .join('\n');
}
