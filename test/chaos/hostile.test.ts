import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../dev/chaos/judgement/judge.ts';
import { notice } from '../../dev/chaos/people/notice.ts';
import { meet, type Person } from '../../dev/chaos/people/people.ts';
import { gather } from '../../dev/chaos/reports/gather.ts';
import { settle } from '../../dev/chaos/reports/settle.ts';
import { type Rig, startRig } from '../../dev/chaos/rig/rig.ts';
import { Tally } from '../../dev/chaos/tally.ts';
import { hostileActivities, hostileCalls, hostileEvents, hostileJobs } from './hostile-inputs.ts';

/** Ten thousand by night, and a fifth of them for each change: the same ones every time. */
const SHARE = process.env.NIGHTLY === '1' ? 1 : 5;
const EVENTS = 5500 / SHARE;
const CALLS = 1750 / SHARE;
const JOBS = 1750 / SHARE;
const ACTIVITIES = 1000 / SHARE;

let rig: Rig;
let person: Person;
/** Log lines of the app by event; `other` is what the host says by itself. */
const logged = new Tally();
const answered = new Tally();
const unexpected: string[] = [];
let shownBefore: unknown;

beforeAll(async () => {
  rig = await startRig();
  const [first] = await meet(rig, { prefix: 'hostile', count: 1 });
  if (first === undefined) throw new Error('The channel made a crowd of nobody.');
  person = first;
  shownBefore = await rig.channel.shown();
  rig.journal.watch(({ by, text }) => {
    const name = /"event":"([\w.-]+)"/.exec(text)?.[1];
    if (by === 'host 1' && name !== undefined) logged.add(name);
    else unexpected.push(`${by}: ${text}`);
  });
  await Promise.all([
    rig.publisher.sendAll('events', hostileEvents(EVENTS)),
    rig.publisher.sendAll('deliveries', hostileCalls(CALLS)),
    rig.publisher.sendAll('jobs', hostileJobs(JOBS)),
    post(hostileActivities(ACTIVITIES)),
  ]);
  while ((await rig.broker.waiting()) > 0) await delay(200);
}, 180_000);
afterAll(() => rig.stop(), 20_000);

describe('thousands of hostile inputs', () => {
  it('crash nothing, and no handler gives up on any', async () => {
    expect(EVENTS + CALLS + JOBS + ACTIVITIES).toBe(10_000 / SHARE);
    // An end of the process, an unhandled rejection or a thrown handler would each have said something here.
    expect(unexpected).toEqual([]);
    expect(await rig.broker.deadLetters()).toBe(0);
  });

  it('reach no one', async () => {
    expect(await rig.channel.shown()).toEqual(shownBefore);
  });

  it('are parked, each event that cannot be used', () => {
    const counts = logged.toObject();
    const accepted = (counts['event.accepted'] ?? 0) + (counts['event.repeated'] ?? 0);
    // Some turn out to be events like any other, to somebody whom nobody knows.
    expect(accepted).toBeLessThan(EVENTS / 10);
    expect((counts['event.parked'] ?? 0) + accepted).toBe(EVENTS);
    expect(counts['message.parked'] ?? 0).toBeGreaterThan((CALLS + JOBS) / 2);
  });

  it('are told apart: no two events whose source and id run together are one', async () => {
    const data = { to: { conversation: person.key }, text: 'must never be seen' };
    const same = [
      { source: '/s', id: 'x\ny' },
      { source: '/s\nx', id: 'y' },
    ];
    const before = logged.toObject();
    await rig.publisher.sendAll(
      'events',
      same.map((names) => ({
        body: { specversion: '1.0', type: 'notification.requested', ...names, data },
        contentType: 'application/cloudevents+json',
        messageId: crypto.randomUUID(),
      })),
    );
    while ((await rig.broker.waiting()) > 0) await delay(200);
    expect((logged.toObject()['event.parked'] ?? 0) - (before['event.parked'] ?? 0)).toBe(2);
    expect(await rig.channel.shown()).toEqual(shownBefore);
  });

  it('are refused or answered, each activity, and never with a fault of ours', () => {
    expect(answered.total).toBe(ACTIVITIES);
    expect(Object.keys(answered.toObject()).filter((status) => Number(status) >= 500)).toEqual([]);
  });

  it('keep nothing from the next good event', async () => {
    const { event, asked } = notice('after all that', {
      to: [{ conversation: person.key }],
      onUnconfirmed: 'park',
      must: [person],
      may: [],
    });
    await rig.publisher.publish(event, 'structured');
    expect(await settle(rig, [asked.id], 30_000)).toEqual([]);
    const evidence = await gather(rig, [asked]);
    expect(judge(evidence)).toEqual([]);
    expect(evidence.reports.get(asked.id)?.outcomes).toEqual({ delivered: 1 });
    // The catalog of what was parked can be read, whatever lies in it.
    const { items } = await rig.stores.parking.listParked({ limit: 1000 });
    expect(items.length).toBe(1000);
  }, 60_000);
});

async function post(activities: readonly string[]): Promise<void> {
  const left = [...activities];
  const worker = async () => {
    for (let body = left.pop(); body !== undefined; body = left.pop()) {
      const answer = await fetch(`${rig.hosts[0]?.origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await answer.text();
      answered.add(String(answer.status));
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
