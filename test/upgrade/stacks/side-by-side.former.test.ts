import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stop as stopBundler } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../dev/build.ts';
import { judge } from '../../../dev/chaos/judgement/judge.ts';
import { gather } from '../../../dev/chaos/reports/gather.ts';
import { settle } from '../../../dev/chaos/reports/settle.ts';
import { type Rig, startRig } from '../../../dev/chaos/rig/rig.ts';
import { formerApp } from '../../../dev/former/former-app.ts';
import { readQueues } from '../../../dev/recorded/queues.ts';
import { leaveOpen, lives } from '../lives.ts';
import { Traffic } from '../traffic.ts';

/** How long the two run side by side, each way. `UPGRADE_SECONDS=600 npm test -- test/upgrade` takes longer. */
const SECONDS = Number(process.env.UPGRADE_SECONDS ?? 15);
const SETTLED_MS = 60_000;
const CROWD_PAUSE_MS = 400;
/** Five rounds with one reminder of two seconds: a fast machine asks for fewer than anybody is told in a minute, too. */
const BREATH_MS = 1_000;
/** A line with a stack, and what says that something of the other release could not be read. */
const COMPLAINT = /\\n {4}at |corrupt-row|dialog\.dropped|messages\.failed|invalid-envelope/;

let folder: string;
let present: string;
let former: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-side-by-side-'));
  former = await formerApp();
  present = (await build({ outDir: join(folder, 'app') })).outDir;
  await stopBundler();
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  { way: 'an upgrade', stays: () => present, goes: () => former },
  { way: 'a rollback', stays: () => former, goes: () => present },
])('the former release and the present one on one store, in $way', ({ way, stays, goes }) => {
  let rig: Rig;
  let traffic: Traffic;
  const complaints: string[] = [];
  /** Who got no answer, or not the one that they should have. */
  const stuck: string[] = [];

  beforeAll(
    async () => {
      rig = await startRig({ hosts: 2, appDir: stays(), secondAppDir: goes() });
      rig.journal.watch(({ by, text }) => {
        if (COMPLAINT.test(text)) complaints.push(`${by}: ${text}`);
      });
      traffic = new Traffic(rig, way.replaceAll(' ', '-'));
      await traffic.assemble(lives.length);
      await runSideBySide();
      const goOn = await orStuck(leaveOpen(traffic));
      await rig.stopSecond();
      await orStuck(goOn?.());
      await settle(
        rig,
        traffic.asked.map(({ id }) => id),
        SETTLED_MS,
      );
    },
    SECONDS * 1000 + 180_000,
  );
  afterAll(() => rig?.stop(), 20_000);

  async function runSideBySide(): Promise<void> {
    const over = Date.now() + SECONDS * 1000;
    const people = traffic.guests.map(async (guest, place) => {
      for (let round = 0; Date.now() < over && stuck.length === 0; round += 1) {
        await orStuck(lives[(place + round) % lives.length]?.(traffic, guest));
        await delay(BREATH_MS);
      }
    });
    const services = (async () => {
      for (let round = 1; Date.now() < over; round += 1) {
        await traffic.publish(round % 10 === 0 ? 'everyone' : round % 4 === 0 ? 'news' : 'somebody');
        await delay(CROWD_PAUSE_MS);
      }
    })();
    await Promise.all([...people, services]);
  }

  /** Goes on where somebody waited in vain: what else went wrong says why. */
  async function orStuck<T>(doing: Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await doing;
    } catch (error) {
      stuck.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  it('answers everybody, whichever of the two hears them', () => {
    expect(stuck).toEqual([]);
  });

  it('loses nothing and tells nothing twice, and reports say what people saw', async () => {
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
    expect(traffic.reminders.length).toBeGreaterThan(1);
    for (const { guest, text } of traffic.reminders) {
      const seen = await guest.voice().sees();
      expect(seen.filter((shown) => shown.includes(text)).length, text).toBe(1);
    }
  });

  it('tells the services that asked each answer once', async () => {
    const outcomes = await readQueues(rig.serviceBus, ['outcomes']);
    const told = outcomes.map(({ body }) => JSON.stringify(body));
    expect(traffic.surveys.length).toBeGreaterThan(1);
    for (const question of traffic.surveys) {
      expect(told.filter((body) => body.includes(question)).length, question).toBe(1);
    }
  });

  it('parks no message of the other, gives up on none, and finds no row that it cannot read', async () => {
    const parked = await rig.stores.parking.list({ limit: 1000 });
    expect(parked.items.filter(({ kind }) => kind !== 'delivery')).toEqual([]);
    expect(await rig.broker.deadLetters()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
