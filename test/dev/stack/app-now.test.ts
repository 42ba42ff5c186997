import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appNow } from '../../../dev/stack/app-now.ts';

it('sources of which no app can be put together are told by what is wrong with them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'notifier-types-'));
  try {
    const path = join(folder, 'types.mjs');
    const program = `console.error('two kinds have the type "a.b": give one of them another'); process.exitCode = 1;`;
    writeFileSync(path, program);
    await expect(appNow(path)).rejects.toThrow(/^two kinds have the type "a.b": give one of them another$/);
    writeFileSync(path, 'console.log(\'{"types":["a.b"],"hints":["lunch"]}\')');
    expect(await appNow(path)).toEqual({ types: ['a.b'], hints: ['lunch'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
