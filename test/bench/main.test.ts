import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const program = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args]);

const line = z.strictObject({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  floor: z.number(),
  ratio: z.number().nullable(),
});

async function extentOfDelivery() {
  const { stdout } = await bench('--quick', '--json', '--only', 'extent');
  const figures = new Map(
    stdout
      .trimEnd()
      .split('\n')
      .map((text) => line.parse(JSON.parse(text)))
      .map(({ name, value }) => [name, value]),
  );
  const figure = (name: string) => figures.get(`extent.delivery.${name}`) ?? expect.fail(`no ${name}`);
  return { files: figure('files'), functions: figure('functions') };
}

describe('npm run bench', () => {
  it('prints a JSON line for each figure and nothing else, and finds a tick as cheap among 100,000 as among 1,000', async () => {
    const { stdout } = await bench('--quick', '--json', '--only', 'reminder-tick');
    const figures = stdout
      .trimEnd()
      .split('\n')
      .map((text) => line.parse(JSON.parse(text)));
    expect(figures.map(({ name }) => name)).toContain('reminder-tick.1000-pending.table-bytes');
    const among = figures.find(({ name }) => name === 'reminder-tick.100000-pending.table-operations');
    // A tick that falls into another minute meanwhile reads one row more.
    expect(among?.ratio).toBeGreaterThanOrEqual(1);
    expect(among?.ratio).toBeLessThan(1.02);
  });

  it('counts what one delivery passes through, which grows no further', async () => {
    // On the way down to 45 and 150; see decision 27.
    const most = { files: 81, functions: 256 };
    let counted = await extentOfDelivery();
    // Where a machine is slow, a request may be late, and that is told to others as well.
    for (let again = 0; again < 2 && counted.functions > most.functions; again += 1) {
      counted = await extentOfDelivery();
    }
    expect(counted.files).toBeLessThanOrEqual(most.files);
    expect(counted.functions).toBeLessThanOrEqual(most.functions);
    expect(counted.functions).toBeGreaterThan(50);
  }, 120_000);

  it('says in one line what it cannot do, and leaves with status 2', async () => {
    await expect(bench('--only', 'speed')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^--only must be one of send, .*\n$/),
    });
  });
});
