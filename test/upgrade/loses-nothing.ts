import { expect, it } from 'vitest';
import { judge } from '../../dev/chaos/judgement/judge.ts';
import { gather } from '../../dev/chaos/reports/gather.ts';
import type { Rig } from '../../dev/chaos/rig/rig.ts';
import { readQueues } from '../../dev/recorded/queues.ts';
import type { Traffic } from './traffic.ts';

/** A line with a stack, and what says that something of the other app could not be read. */
const COMPLAINT = /\\n {4}at |corrupt-row|dialog\.dropped|messages\.failed|invalid-envelope/;

/** Two apps that had one store, beside each other or one after the other, when everything is over. */
export interface TwoApps {
  readonly rig: Rig;
  readonly traffic: Traffic;
  /** Who got no answer, or not the one that they should have. */
  readonly stuck: readonly string[];
  readonly complaints: readonly string[];
}

/** Collects what the apps complain of, from now on. */
export function watchComplaints(rig: Rig, complaints: string[]): void {
  rig.journal.watch(({ by, text }) => {
    if (COMPLAINT.test(text)) complaints.push(`${by}: ${text}`);
  });
}

/** The tests of what has to hold of both, whatever they differ in; at least so many reminders and questions there were. */
export function itLosesNothing(run: () => TwoApps, atLeast: number): void {
  it('answers everybody, whichever of the two hears them', () => {
    expect(run().stuck).toEqual([]);
  });

  it('loses nothing and tells nothing twice, and reports say what people saw', async () => {
    const { rig, traffic } = run();
    const evidence = await gather(rig, traffic.asked);
    const shown = new Map(evidence.shown);
    for (const { person, voice } of traffic.guests) {
      const seen = await voice().sees();
      const counts = traffic.asked.map(
        ({ text }) => [text, seen.filter((each) => each.includes(text)).length] as const,
      );
      shown.set(person.conversation, new Map(counts.filter(([, count]) => count > 0)));
    }
    expect(judge({ ...evidence, shown })).toEqual([]);
  });

  it('reminds of everything once', async () => {
    const { traffic } = run();
    expect(traffic.reminders.length).toBeGreaterThanOrEqual(atLeast);
    for (const { guest, text } of traffic.reminders) {
      const seen = await guest.voice().sees();
      expect(seen.filter((shown) => shown.includes(text)).length, text).toBe(1);
    }
  });

  it('tells the services that asked each answer once', async () => {
    const { rig, traffic } = run();
    const outcomes = await readQueues(rig.serviceBus, ['outcomes']);
    const told = outcomes.map(({ body }) => JSON.stringify(body));
    expect(traffic.surveys.length).toBeGreaterThanOrEqual(atLeast);
    for (const question of traffic.surveys) {
      expect(told.filter((body) => body.includes(question)).length, question).toBe(1);
    }
  });

  it('parks no message of the other, gives up on none, and finds no row that it cannot read', async () => {
    const { rig, complaints } = run();
    const parked = await rig.stores.parking.listParked({ limit: 1000 });
    expect(parked.items.filter(({ kind }) => kind !== 'delivery')).toEqual([]);
    expect(await rig.broker.deadLetters()).toBe(0);
    expect(complaints).toEqual([]);
  });
}
