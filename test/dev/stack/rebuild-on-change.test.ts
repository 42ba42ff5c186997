import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rebuildOnChange } from '../../../dev/stack/rebuild-on-change.ts';

let root: string;
let appDir: string;
let end: () => void;
let said: string[];
let restarts: number;
let source: string;
/** What starting the app again comes to. */
let comesUp: () => Promise<void>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'notifier-watch-'));
  for (const folder of ['app', 'functions', 'shared']) mkdirSync(join(root, folder));
  appDir = join(root, 'built');
  source = join(root, 'app', 'app.ts');
  mkdirSync(appDir);
  writeFileSync(join(appDir, 'main.mjs'), 'first');
  said = [];
  restarts = 0;
  comesUp = async () => {};
  end = rebuildOnChange({
    root,
    appDir,
    async build(outDir) {
      const text = readFileSync(source, 'utf8');
      if (text === 'broken') throw new Error('Unexpected end of file');
      mkdirSync(outDir, { recursive: true });
      writeFileSync(join(outDir, 'main.mjs'), text);
    },
    async restart() {
      restarts += 1;
      await comesUp();
    },
    say: (line) => said.push(line),
  });
});
afterEach(() => {
  end();
  rmSync(root, { recursive: true, force: true });
});

const built = () => readFileSync(join(appDir, 'main.mjs'), 'utf8');

it('a change is built in the place of what runs, which is started again', async () => {
  writeFileSync(source, 'second');
  await vi.waitFor(() => expect(restarts).toBe(1), 5000);
  expect(built()).toBe('second');
  expect(existsSync(`${appDir}.next`)).toBe(false);
});

it('many changes at once are one build, and the last of them is what runs', async () => {
  for (let change = 0; change < 50; change += 1) writeFileSync(source, `change ${change}`);
  await vi.waitFor(() => expect(restarts).toBeGreaterThan(0), 5000);
  await vi.waitFor(() => expect(built()).toBe('change 49'), 5000);
  expect(restarts).toBeLessThan(4);
});

it('sources that cannot be built leave what runs, say so, and are built when they are mended', async () => {
  writeFileSync(source, 'broken');
  await vi.waitFor(() => expect(said.join()).toContain('Unexpected end of file'), 5000);
  expect([built(), restarts]).toEqual(['first', 0]);
  writeFileSync(source, 'mended');
  await vi.waitFor(() => expect(restarts).toBe(1), 5000);
  expect(built()).toBe('mended');
});

it('a file that another is moved into the place of is watched on, and so is a new folder', async () => {
  const save = (text: string) => {
    writeFileSync(join(root, 'saved'), text);
    renameSync(join(root, 'saved'), source);
  };
  save('second');
  await vi.waitFor(() => expect([built(), restarts]).toEqual(['second', 1]), 5000);
  save('broken');
  await vi.waitFor(() => expect(said.join()).toContain('Unexpected end of file'), 5000);
  save('second');
  await vi.waitFor(() => expect(restarts).toBe(2), 5000);
  await vi.waitFor(() => expect(said.at(-1)).toMatch(/^The app runs with the change/), 5000);
  mkdirSync(join(root, 'shared', 'new'));
  await vi.waitFor(() => expect(restarts).toBe(3), 5000);
  writeFileSync(join(root, 'shared', 'new', 'file.ts'), '');
  await vi.waitFor(() => expect(restarts).toBe(4), 5000);
});

it('says what changed, and how long it took until it was built and until it ran', async () => {
  writeFileSync(source, 'second');
  await vi.waitFor(() => expect(said).toHaveLength(2), 5000);
  expect(said[0]).toBe('app/app.ts changed: building the app.');
  expect(said[1]).toMatch(/^The app runs with the change: built in \d+\.\d s, running after \d+\.\d s\.$/);
});

it('an app that cannot be started is said to be so, and what mends it is built', async () => {
  comesUp = async () => {
    throw new Error('no such port');
  };
  writeFileSync(source, 'second');
  await vi.waitFor(() => expect(said.at(-1)).toContain('does not start. no such port'), 5000);
  comesUp = async () => {};
  writeFileSync(source, 'mended');
  await vi.waitFor(() => expect([built(), restarts]).toEqual(['mended', 2]), 5000);
});

it('an app that does not come up keeps nothing from being built that mends it', async () => {
  comesUp = () => new Promise(() => {});
  writeFileSync(source, 'hangs');
  await vi.waitFor(() => expect(restarts).toBe(1), 5000);
  comesUp = async () => {};
  writeFileSync(source, 'mended');
  await vi.waitFor(() => expect([built(), restarts]).toEqual(['mended', 2]), 5000);
});
