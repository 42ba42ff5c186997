import { mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopBundler } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../dev/build.ts';
import { settle } from '../../../dev/chaos/reports/settle.ts';
import { type Rig, startRig } from '../../../dev/chaos/rig/rig.ts';
import type { Sdk } from '../../../dev/sdk.mjs';
import { leaveOpen, lives } from '../lives.ts';
import { itLosesNothing, watchComplaints } from '../loses-nothing.ts';
import { Traffic } from '../traffic.ts';

const SETTLED_MS = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-either-sdk-'));
  for (const sdk of ['botbuilder', 'agents'] as const) {
    // What health says, so that the test knows which of them it speaks to.
    process.env.NOTIFIER_BUILD = sdk;
    await build({ outDir: join(folder, sdk), sdk });
  }
  delete process.env.NOTIFIER_BUILD;
  await stopBundler();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each<{ from: Sdk; to: Sdk }>([
  { from: 'botbuilder', to: 'agents' },
  { from: 'agents', to: 'botbuilder' },
])('a store with everything open, switched from $from to $to', ({ from, to }) => {
  let rig: Rig;
  let traffic: Traffic;
  const complaints: string[] = [];
  const stuck: string[] = [];
  const versions: string[] = [];

  beforeAll(async () => {
    // The host starts what lies there, and goes on with what it has started from when something else does.
    const appDir = join(folder, `from-${from}`);
    await symlink(join(folder, from), appDir, 'dir');
    rig = await startRig({ appDir });
    watchComplaints(rig, complaints);
    traffic = new Traffic(rig, `from-${from}`);
    await traffic.assemble(lives.length);
    await orStuck(openAndGoOn(appDir));
    await settle(
      rig,
      traffic.asked.map(({ id }) => id),
      SETTLED_MS,
    );
  }, 180_000);
  afterAll(() => rig?.stop(), 20_000);

  async function openAndGoOn(appDir: string): Promise<void> {
    const goOn = await leaveOpen(traffic);
    versions.push(await versionNow());
    await symlink(join(folder, to), `${appDir}.next`, 'dir');
    await rename(`${appDir}.next`, appDir);
    const [host] = rig.hosts;
    await host?.kill('SIGTERM');
    await host?.untilRestarted();
    versions.push(await versionNow());
    await goOn();
  }

  async function versionNow(): Promise<string> {
    const answer = await fetch(`${rig.hosts[0]?.origin}/api/health`);
    return String(Object(await answer.json()).version).replace(/^.*\+/, '');
  }

  async function orStuck(doing: Promise<void>): Promise<void> {
    try {
      await doing;
    } catch (error) {
      // What else went wrong says why.
      stuck.push(error instanceof Error ? error.message : String(error));
    }
  }

  it('is run by the one and then by the other', () => {
    expect(versions).toEqual([from, to]);
  });

  itLosesNothing(() => ({ rig, traffic, stuck, complaints }), 1);
});
