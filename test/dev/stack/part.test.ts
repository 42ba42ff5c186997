import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectNode } from '../../../dev/install.mjs';
import { readLines } from '../../../dev/stack/lines.ts';
import { LogBook } from '../../../dev/stack/log-book.ts';
import { Part, PartDidNotStart } from '../../../dev/stack/part.ts';
import { withFreePorts } from '../../../dev/stack/ports.mjs';
import { isRunning, untilGone } from './processes.ts';

let log: LogBook<'worker'>;
let notices: string[];
let parts: Part<'worker'>[];
let folder: string;

beforeEach(async () => {
  log = new LogBook();
  notices = [];
  parts = [];
  folder = await mkdtemp(join(tmpdir(), 'notifier-part-'));
});
afterEach(async () => {
  await Promise.all(parts.map((part) => part.stop(0)));
  await rm(folder, { recursive: true, force: true });
});

function aPart(
  words: string[] = [],
  options: { port?: number; startMs?: number; endsWithParent?: boolean } = {},
): Part<'worker'> {
  const part = new Part<'worker'>(
    {
      name: 'worker',
      title: 'worker',
      args: [join(import.meta.dirname, 'fixtures', 'part.mjs'), ...words],
      env: {},
      endsWithParent: options.endsWithParent ?? false,
      ready: options.port === undefined ? 'line' : { port: options.port },
    },
    {
      node: projectNode(process.cwd()),
      listener: { onLine: (line) => log.add(line), onNotice: (text) => notices.push(text) },
      ...(options.startMs === undefined ? {} : { startMs: options.startMs }),
    },
  );
  parts.push(part);
  return part;
}

const numberIn = (line: string) => Number(/\d+/.exec(line)?.[0]);

describe('starting a part', () => {
  it('waits for its word, and keeps that word out of the log', async () => {
    const part = aPart();
    await part.start();
    expect(await log.waitFor('worker', /^process/)).toBe(`process ${part.pid}`);
    expect(log.lines().some(({ line }) => line.includes('ready'))).toBe(false);
  });

  it('waits for the port of one that says nothing', async () => {
    const { port } = await withFreePorts({ port: 0 });
    await aPart(['listens', String(port)], { port }).start();
    expect(log.lines()).not.toEqual([]);
  });

  it('fails with the last lines when the process ends first, and does not try again', async () => {
    const part = aPart(['fails']);
    await expect(part.start()).rejects.toThrow(
      'worker did not start (exit status 3); its last lines:\n    the cupboard is bare',
    );
    expect(part.pid).toBeUndefined();
    expect(notices).toEqual([]);
  });

  it('fails when readiness never comes, and ends the process', async () => {
    const part = aPart(['quiet'], { startMs: 300 });
    const refused = part.start().catch((fault: unknown) => fault);
    // However busy the machine is: the process is there before it has said anything.
    const { pid } = part;
    expect(await refused).toBeInstanceOf(PartDidNotStart);
    expect(String(await refused)).toContain('not ready within 0.3 s');
    expect(pid).toBeGreaterThan(0);
    expect(await isRunning(pid ?? 0)).toBe(false);
  });
});

describe('a part that ends by itself', () => {
  it('is started again, and that is said in one line', async () => {
    const part = aPart();
    await part.start();
    const first = part.pid;
    await part.kill('SIGKILL');
    await part.untilRestarted();
    expect(part.pid).not.toBe(first);
    expect(notices[0]).toBe('worker ended (SIGKILL); starting it again');
  });

  it('is started again however often it ends', async () => {
    const part = aPart();
    await part.start();
    const pids = new Set([part.pid]);
    for (let death = 0; death < 3; death++) {
      await part.kill();
      await part.untilRestarted();
      pids.add(part.pid);
    }
    expect(pids.size).toBe(4);
  });

  it('is tried again when a new start fails, with its reason in one line', async () => {
    const mark = join(folder, 'started');
    const part = aPart(['once', mark]);
    await part.start();
    const restarted = part.untilRestarted();
    await part.kill();
    await expect
      .poll(() => notices, { timeout: 5000 })
      .toContain('worker did not start (exit status 3); trying again');
    await rm(mark);
    await restarted;
    expect(await isRunning(part.pid ?? 0)).toBe(true);
  });

  it('takes with it what it left behind, so that the next one finds its ports free', async () => {
    const part = aPart(['grandchild']);
    await part.start();
    const grandchild = numberIn(await log.waitFor('worker', /^grandchild/));
    await part.kill();
    await untilGone([grandchild]);
  });
});

describe('waiting for a restart', () => {
  it('is over at once when the part is back already', async () => {
    const part = aPart();
    await part.start();
    await part.kill();
    await part.untilRestarted();
    await part.untilRestarted();
  });

  it('ends with an error when the stack stops instead', async () => {
    const part = aPart();
    await part.start();
    const restarted = part.untilRestarted();
    const refused = expect(restarted).rejects.toThrow('The stack stops; worker does not come back.');
    await part.stop(1000);
    await refused;
  });
});

describe('stopping a part', () => {
  it('ends the process, and it does not come back', async () => {
    const part = aPart();
    await part.start();
    const pid = part.pid ?? 0;
    await part.stop(2000);
    expect(await isRunning(pid)).toBe(false);
    expect(part.pid).toBeUndefined();
    expect(notices).toEqual([]);
  });

  it('insists by SIGKILL when SIGTERM is not heeded', async () => {
    // Without the preload, which would end it after a while.
    const part = aPart(['deaf'], { endsWithParent: true });
    await part.start();
    const pid = part.pid ?? 0;
    const stopped = part.stop(500);
    expect(await log.waitFor('worker', /heard SIGTERM/)).toBe('heard SIGTERM');
    await stopped;
    expect(await isRunning(pid)).toBe(false);
  });

  it('also ends one that is between two lives: the next start is called off', async () => {
    const [part, other] = [aPart(), aPart()];
    await Promise.all([part.start(), other.start()]);
    await part.kill();
    await part.stop(1000);
    // The other one is killed later and pauses as long, so by its return this one would have come back.
    await other.kill();
    await other.untilRestarted();
    expect(part.pid).toBeUndefined();
  });

  it('also ends one that is just starting', async () => {
    const part = aPart(['quiet']);
    const started = part.start();
    const pid = numberIn(await log.waitFor('worker', /^process/));
    await Promise.all([expect(started).rejects.toThrow(PartDidNotStart), part.stop(1000)]);
    expect(await isRunning(pid)).toBe(false);
  });
});

describe('a supervisor that is ended by force', () => {
  it('takes its parts with it, also one that does not heed SIGTERM', async () => {
    const program = join(import.meta.dirname, 'fixtures', 'supervisor.ts');
    const supervisor = spawn(projectNode(process.cwd()), [program, 'plain', 'deaf'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => readLines(supervisor.stdout, resolve));
    const pids = z.array(z.number()).length(2).parse(JSON.parse(line));
    supervisor.kill('SIGKILL');
    await untilGone(pids);
  });
});
