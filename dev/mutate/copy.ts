import { spawn } from 'node:child_process';
import { cp, glob, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Planting } from './plant.ts';

const COPIED = ['app', 'bench', 'dev', 'docs', 'functions', 'infra', 'shared', 'test'];
const FILES = ['host.json', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

export interface TestRun {
  /** `hung`: they were ended, since a fault may make tests wait for ever. */
  readonly result: 'passed' | 'failed' | 'hung';
  /** The test that failed; `undefined` where none did, or a file of tests could not be loaded. */
  readonly failed: string | undefined;
  /** The end of what was said. */
  readonly said: string;
}

/** A copy of the sources, with the packages of the original: its tests run without touching anybody's work. */
export class Copy {
  readonly #root: string;
  readonly #folder: string;

  private constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
  }

  static async of(root: string): Promise<Copy> {
    const folder = await mkdtemp(join(tmpdir(), 'notifier-mutate-'));
    const isOurs = (path: string) => !/[\\/]node_modules([\\/]|$)/.test(path);
    for (const path of [...COPIED, ...FILES])
      await cp(join(root, path), join(folder, path), { recursive: true, filter: isOurs });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    // A workspace has packages of its own where another part needs another version.
    for await (const own of glob('dev/*/node_modules', { cwd: root })) {
      await symlink(join(root, own), join(folder, own));
    }
    return new Copy(root, folder);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  async withFault<Result>({ file, source, faulty }: Planting, act: () => Promise<Result>): Promise<Result> {
    const path = join(this.#folder, file);
    await writeFile(path, faulty);
    try {
      return await act();
    } finally {
      await writeFile(path, source);
    }
  }

  /** The first test that fails is enough. */
  run(tests: readonly string[], longestMs: number): Promise<TestRun> {
    const vitest = join(this.#root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [
      vitest,
      'run',
      '--project',
      'unit',
      '--project',
      'counted',
      '--bail',
      '1',
      '--reporter',
      'dot',
      '--maxWorkers',
      '1',
    ];
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...args, ...tests], {
        cwd: this.#folder,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: longestMs,
        killSignal: 'SIGKILL',
      });
      let said = '';
      const hear = (part: Buffer) => {
        said = `${said}${part}`.slice(-20_000);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', reject);
      child.once('close', (code, signal) => {
        const failed = /^ *FAIL +(?:\|?unit\|?) *(.* > .*)$/m.exec(said)?.[1];
        resolve({ result: signal !== null ? 'hung' : code === 0 ? 'passed' : 'failed', failed, said });
      });
    });
  }
}
