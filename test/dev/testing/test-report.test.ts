import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectNode } from '../../../dev/install.mjs';
import { countTests, summaryLine } from '../../../dev/testing/test-report.mjs';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-report-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs test files of the fixtures with the real runner; its report and exit status. */
async function runTests(...files: string[]): Promise<{ report: string; status: number }> {
  const report = join(folder, `${files.join('-')}.json`);
  const args = [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    join(import.meta.dirname, 'fixtures', 'run', 'vitest.config.ts'),
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ];
  const env = { PATH: process.env.PATH };
  const status = await new Promise<number>((resolve) => {
    execFile(projectNode(process.cwd()), args, { env }, (error) => resolve(Number(error?.code ?? 0)));
  });
  return { report, status };
}

describe('the last line of npm test', () => {
  it('counts what passed and failed, files that do not load and those that leave something open included', async () => {
    const { report, status } = await runTests();
    const counts = countTests(report, status);
    expect(status).toBe(1);
    expect(summaryLine(counts)).toBe('3 passed, 3 failed');
    expect(counts.notes).toEqual(['2 of the failures: files that did not load or did not end well.']);
    const text = await readFile(report, 'utf8');
    expect(text).toContain('This test file leaves something open: TCPServerWrap x 1.');
  });

  it('is good when all is', async () => {
    const { report, status } = await runTests('passes');
    expect(status).toBe(0);
    expect(countTests(report, status)).toEqual({ passed: 1, failed: 0, skipped: 0, notes: [] });
  });

  it('never says that nothing failed when the runner failed', async () => {
    expect(countTests(join(folder, 'none.json'), 1)).toMatchObject({ passed: 0, failed: 1 });
    const { report } = await runTests('passes');
    expect(countTests(report, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('names the skipped ones only when there are any', () => {
    expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summaryLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});
