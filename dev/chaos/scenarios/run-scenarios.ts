import { defined } from '../../../shared/domain/defined.ts';
import type { Asked, Evidence } from '../judgement/evidence.ts';
import { notice } from '../people/notice.ts';
import { meet, meetInGroup, type Person } from '../people/people.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import type { EventJson } from '../rig/publisher.ts';
import type { Rig } from '../rig/rig.ts';
import type { Ending, Scenario } from './scenario.ts';

/** One scenario under one policy, with a person of its own. */
export interface Case {
  readonly scenario: Scenario;
  readonly asked: Asked;
  readonly expected: Ending;
  readonly person: Person;
  readonly event: EventJson;
}

const POLICIES = ['resend', 'park'] as const;

/** People who meet the bot at the same time. */
const MEETINGS_AT_ONCE = 8;

/** Makes a case of every scenario under each policy, its person met and its faults in place. */
export async function prepare(rig: Rig, scenarios: readonly Scenario[], name: string): Promise<Case[]> {
  const wanted = scenarios.flatMap((scenario, index) =>
    POLICIES.map((policy) => ({ scenario, policy, prefix: `${name}-${index}-${policy}` })),
  );
  const cases: Case[] = [];
  for (let start = 0; start < wanted.length; start += MEETINGS_AT_ONCE) {
    const block = wanted.slice(start, start + MEETINGS_AT_ONCE);
    cases.push(...(await Promise.all(block.map((each) => prepareOne(rig, each)))));
  }
  return cases;
}

async function prepareOne(
  rig: Rig,
  { scenario, policy, prefix }: { scenario: Scenario; policy: (typeof POLICIES)[number]; prefix: string },
): Promise<Case> {
  const person = await meetFor(rig, scenario, prefix);
  const to = [scenario.met === 'in-a-group' ? { user: person.user } : { conversation: person.key }];
  const { event, asked } = notice(prefix, { to, onUnconfirmed: policy, must: [person], may: [] });
  for (const fault of scenario.channel ?? []) {
    await rig.channel.fault({ ...fault, conversation: person.conversation });
  }
  for (const rule of scenario.tables?.({ notification: asked.id, conversation: person.key }) ?? []) {
    rig.tables.fail(rule);
  }
  rig.journal.add('chaos', `scenario "${scenario.name}" for conversation ${person.key} of ${asked.id}`);
  return { scenario, asked, expected: scenario[policy], person, event };
}

/** Publishes them all at once, waits for their ends, and reads what became of them. */
export async function play(rig: Rig, cases: readonly Case[], withinMs: number): Promise<Evidence> {
  await Promise.all(cases.map(({ event }) => rig.publisher.publish(event, 'structured')));
  const asked = cases.map((each) => each.asked);
  await settle(
    rig,
    asked.map(({ id }) => id),
    withinMs,
  );
  rig.tables.rules.remove();
  await rig.channel.clearFaults();
  return gather(rig, asked);
}

async function meetFor(rig: Rig, { met }: Scenario, prefix: string): Promise<Person> {
  if (met === 'in-a-group') return meetInGroup(rig, { prefix });
  const people = await meet(rig, { prefix, count: 1 }, (reference) =>
    met === undefined ? reference.conversation.id : `a:gone_${prefix}`,
  );
  const [person] = people;
  if (person === undefined) throw new Error('The channel made a crowd of nobody.');
  return person;
}

/** How a case ended: what the report says, and how often the person saw the message. */
export function endingOf({ asked, person, expected }: Case, evidence: Evidence): Ending {
  const row = evidence.reports
    .get(asked.id)
    ?.recipients.find(({ addressee = '' }) => person.keys.includes(addressee));
  return {
    outcome: row?.state ?? 'none',
    ...defined({ reason: row?.reason }),
    shown: evidence.shown.get(person.conversation)?.get(asked.text) ?? 0,
    // Only what the scenario has something to say about.
    ...(expected.attempts === undefined ? {} : { attempts: row?.attempts ?? 0 }),
    ...(expected.repeats === undefined ? {} : { repeats: row?.repeats ?? 0 }),
  };
}
