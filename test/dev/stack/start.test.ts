import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLines } from '../../../dev/stack/lines.ts';
import { readStackFile, type StackFile } from '../../../dev/stack/stack-file.ts';
import { commandLineOf, descendantsOf, untilGone } from './processes.ts';

let dataDir: string;
let started: ChildProcess[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'notifier-start-'));
  started = [];
});
afterEach(async () => {
  for (const child of started) {
    const pids = await descendantsOf(child.pid ?? 0);
    child.kill('SIGKILL');
    await untilGone([...pids, child.pid ?? 0]);
  }
  await rm(dataDir, { recursive: true, force: true });
});

interface Run {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves with the first line that matches; rejects with all of them when the process ends before. */
  until(pattern: RegExp): Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** `node dev/start.mjs`, on any free ports and a data folder of its own unless told otherwise. */
function start(...options: string[]): Run {
  return run(process.execPath, [join(process.cwd(), 'dev', 'start.mjs')], options);
}

function npmStart(...options: string[]): Run {
  return run('npm', ['start', '--'], options);
}

function run(command: string, program: string[], options: string[]): Run {
  const anyPorts = ['--port', '0', '--amqp-port', '0', '--tables-port', '0', '--chat-port', '0'];
  const child = spawn(command, [...program, ...anyPorts, '--data', dataDir, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  started.push(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    readLines(stream, (line) => {
      lines.push(line);
      for (const wake of waiting) wake();
    });
  }
  const ended = new Promise<Awaited<Run['ended']>>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const until = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((line) => pattern.test(line));
        if (found !== undefined) resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`no line matched ${pattern}:\n${lines.join('\n')}`)));
    });
  return { process: child, lines, until, ended };
}

async function addressesOf(run: Run): Promise<StackFile> {
  await run.until(/^Ready/);
  return (await readStackFile(dataDir)) ?? expect.fail('no stack.json of a running stack');
}

describe('the command line', () => {
  it('lists its options and ends well', async () => {
    const run = start('--help');
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(run.lines.join('\n')).toMatch(/--amqp-port PORT .*default 5672/);
  });

  it('refuses an unknown option in one line', async () => {
    const run = start('--colour', 'blue');
    expect(await run.ended).toMatchObject({ code: 2 });
    expect(run.lines).toEqual(['Unknown option --colour. npm start -- --help lists the options.']);
  });

  it('names a taken port and the option that changes it, before it does anything', async () => {
    const server = createServer();
    const port = await listenAnywhere(server);
    const run = start('--amqp-port', String(port));
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.lines).toEqual([
      `Port ${port} is taken; stop the program that has it or choose another with --amqp-port PORT.`,
    ]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('npm start', () => {
  it('says where everything is, brings a dead part back, and ends with all parts on Ctrl-C', async () => {
    const first = start('--no-chat');
    const addresses = await addressesOf(first);
    const text = first.lines.join('\n');
    expect(text).toContain(addresses.botEndpoint);
    expect(text).toContain(addresses.serviceBus);
    expect(text).toContain(addresses.tableEndpoint);
    expect(text).toContain('events, deliveries, jobs, outcomes');
    expect(text).toContain('npm run notifier -- publish --to-everyone --text "hello"');
    expect(first.lines.findLast((line) => line !== '')).toMatch(/^Ready/);

    process.kill(await processWith(first, 'functions-local/main.ts'), 'SIGKILL');
    await first.until(/^functions host ended \(SIGKILL\); starting it again$/);
    await first.until(/^functions host serves again$/);
    expect((await fetch(`${addresses.functions}/api/health`)).status).toBe(200);

    const second = start('--no-chat');
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(second.lines.at(-1)).toMatch(
      /^Another stack .* give this one a folder of its own with --data DIR\.$/,
    );

    const parts = await descendantsOf(first.process.pid ?? 0);
    expect(parts.length).toBeGreaterThanOrEqual(4);
    first.process.kill('SIGINT');
    expect(await withinFiveSeconds(first.ended)).toEqual({ code: 0, signal: null });
    await untilGone(parts);
    expect(existsSync(join(dataDir, 'stack.json'))).toBe(false);
  }, 90_000);

  it('leaves no process behind when it is ended by force, by itself or with npm, and keeps its tables', async () => {
    const table = ({ tables }: StackFile) =>
      TableClient.fromConnectionString(tables, 'kept', { allowInsecureConnection: true });
    const first = start('--no-chat');
    const before = table(await addressesOf(first));
    await before.createTable();
    await before.createEntity({ partitionKey: 'p', rowKey: 'r', note: 'still here' });
    const parts = await descendantsOf(first.process.pid ?? 0);
    expect(parts.length).toBeGreaterThanOrEqual(4);
    first.process.kill('SIGKILL');
    await untilGone(parts);

    const again = npmStart('--no-chat');
    const after = table(await addressesOf(again));
    expect(await after.getEntity('p', 'r')).toMatchObject({ note: 'still here' });
    const all = await descendantsOf(again.process.pid ?? 0);
    expect(all.length).toBeGreaterThanOrEqual(5);
    again.process.kill('SIGKILL');
    await untilGone(all);
  }, 90_000);

  it('can be stopped while it is still starting', async () => {
    const run = start('--no-chat');
    await run.until(/^Built /);
    run.process.kill('SIGTERM');
    expect(await withinFiveSeconds(run.ended)).toEqual({ code: 0, signal: null });
    expect(run.lines.some((line) => line.startsWith('Ready'))).toBe(false);
  }, 60_000);
});

function listenAnywhere(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : expect.fail('not a TCP port'));
    });
  });
}

/** The product's promise: Ctrl-C stops every child within five seconds. */
async function withinFiveSeconds<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it took longer than the promised five seconds')), 5000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function processWith(run: Run, program: string): Promise<number> {
  for (const pid of await descendantsOf(run.process.pid ?? 0)) {
    if ((await commandLineOf(pid)).includes(program)) return pid;
  }
  return expect.fail(`no process runs ${program}`);
}
