import { setTimeout as delay } from 'node:timers/promises';
import { EFFECTIVE_AFTER } from '../../../shared/domain/event/cancellation.ts';
import { suppresses } from '../faults/channel-faults.ts';
import type { Asked, Thing } from '../judgement/evidence.ts';
import { notice } from '../people/notice.ts';
import type { Person } from '../people/people.ts';
import { SEND_TIMEOUT_MS } from '../rig/rig.ts';
import { FREEZE_MS, type PlannedNotice, type PlannedThing, type RoundPlan, STALL_MS } from './plan.ts';
import type { Round } from './run-round.ts';

/** Publishes a notification as often as planned, and cancels it where that is planned. */
export async function publishNotice(round: Round, planned: PlannedNotice, index: number): Promise<Asked> {
  const { rig, people } = round;
  const { to, onUnconfirmed, mode, cancel } = planned;
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
  if (cancel === undefined) return asked;
  await delay(cancel.afterMs);
  await rig.publisher.cancel(asked.id, cancel.isRecalled);
  round.injected.add(cancel.isRecalled ? 'cancelled and taken back' : 'cancelled');
  await delay(untilCertain(round.plan));
  const shown = await rig.channel.shown();
  const shownBefore = new Map([...shown].map(([who, texts]) => [who, texts.get(asked.text) ?? 0]));
  return { ...asked, shownBefore, isRecalled: cancel.isRecalled };
}

/** A process that stands still with a request in hand makes it when it goes on. */
function untilCertain({ disturbances }: RoundPlan): number {
  const stillMs = disturbances.map(({ kind }) =>
    kind === 'freeze' ? FREEZE_MS : kind === 'stall' ? STALL_MS : 0,
  );
  return EFFECTIVE_AFTER + SEND_TIMEOUT_MS + stillMs.reduce((sum, ms) => sum + ms, 0);
}

/** Publishes the states of something in the order in which they come. */
export async function publishThing(round: Round, planned: PlannedThing, index: number): Promise<Thing> {
  const { rig, people, name } = round;
  const person = people[planned.who];
  if (person === undefined) throw new RangeError(`Nobody has the place ${planned.who}.`);
  const published: { readonly sequence: number; readonly asked: Asked }[] = [];
  for (const { sequence, afterMs } of planned.states) {
    await delay(afterMs);
    const { event, asked } = notice(`${name}/thing ${index}/state ${sequence}`, {
      to: [{ conversation: person.key }],
      onUnconfirmed: planned.onUnconfirmed,
      must: [person],
      may: [],
      state: { key: `${name}/thing ${index}`, sequence },
    });
    await rig.publisher.publish(event, planned.entrance);
    published.push({ sequence, asked });
  }
  round.injected.add('a state of something that changes', published.length);
  const states = published.toSorted((a, b) => a.sequence - b.sequence).map(({ asked }) => asked);
  return { person, states, denials: denialsOf(round.plan, planned.who) };
}

/** What leaves a message behind that is not changed any more: it is denied, its change refused, or its id not told. */
const DENYING: ReadonlySet<unknown> = new Set([
  '404',
  '403',
  '413',
  'huge-id',
  'garbage',
  'trickle',
  'redirect',
]);
const ANY_NUMBER = 1000;

function denialsOf({ channel, disturbances }: RoundPlan, who: number): number {
  const isDeniedToAll = disturbances.some((one) => one.kind === 'wave' && one.fault.kind === '403');
  if (isDeniedToAll) return ANY_NUMBER;
  return channel
    .filter((one) => one.who === who && DENYING.has(one.fault.kind))
    .reduce((sum, { fault }) => sum + (fault.count ?? 1), 0);
}

export function suppressedBy({ plan, people }: Pick<Round, 'plan' | 'people'>): Set<Person> {
  const places = plan.channel.filter(({ fault }) => suppresses(fault)).map(({ who }) => who);
  return new Set(places.flatMap((place) => people[place] ?? []));
}
