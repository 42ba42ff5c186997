import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stop as stopBundler } from 'esbuild';
import { afterAll, beforeAll, describe } from 'vitest';
import { build } from '../../../dev/build.ts';
import { settle } from '../../../dev/chaos/reports/settle.ts';
import { type Rig, startRig } from '../../../dev/chaos/rig/rig.ts';
import { formerApp } from '../../../dev/former/former-app.ts';
import { leaveOpen, lives } from '../lives.ts';
import { itLosesNothing, watchComplaints } from '../loses-nothing.ts';
import { Traffic } from '../traffic.ts';

/** How long the two run side by side, each way. `UPGRADE_SECONDS=600 npm test -- test/upgrade` takes longer. */
const SECONDS = Number(process.env.UPGRADE_SECONDS ?? 15);
const SETTLED_MS = 60_000;
const CROWD_PAUSE_MS = 400;
/** Five rounds with one reminder of two seconds: a fast machine asks for fewer than anybody is told in a minute, too. */
const BREATH_MS = 1_000;

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
      watchComplaints(rig, complaints);
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

  itLosesNothing(() => ({ rig, traffic, stuck, complaints }), 2);
});
