import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightly run-'));
  mkdirSync(join(folder, 'dev'));
  for (const file of ['dev/nightly.mjs', 'dev/node-version.mjs']) cpSync(file, join(folder, file));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The exit status and what it says at its end, with these npm scripts. */
function nightly(scripts: Record<string, string>): Promise<{ status: number; out: string }> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'some', version: '1.0.0', scripts }));
  return new Promise((resolve) => {
    execFile(process.execPath, [join(folder, 'dev', 'nightly.mjs')], (error, out) =>
      resolve({ status: Number(error?.code ?? 0), out }),
    );
  });
}

const says = (text: string, status = 0) =>
  `node -e "console.log('${text}', process.env.NIGHTLY, process.env.UPGRADE_SECONDS, ...process.argv.slice(1)); process.exit(${status})" --`;

it('runs everything in its long form, and leaves out what there is not', async () => {
  const { status, out } = await nightly({ test: says('TESTS'), chaos: says('CHAOS') });
  expect(out).toContain('TESTS 1 600 --all');
  expect(out).toContain('CHAOS undefined undefined --minutes 30');
  expect(out).toMatch(
    /ok {8}all tests, .*\nok {8}chaos for half an hour .*\nleft out {2}mutations: there is no npm script "mutate"/,
  );
  expect(status).toBe(0);
});

it('goes on after a step that fails, and fails', async () => {
  const { status, out } = await nightly({
    test: says('TESTS', 3),
    chaos: says('CHAOS'),
    mutate: says('MUTATE'),
  });
  expect(out).toContain('MUTATE');
  expect(out).toMatch(/FAILED {4}all tests, .*\nok {8}chaos for half an hour .*\nok {8}mutations/);
  expect(status).toBe(1);
});
