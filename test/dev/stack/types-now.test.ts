import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { typesNow } from '../../../dev/stack/types-now.ts';

it('sources of which no app can be put together are told by what is wrong with them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'notifier-types-'));
  try {
    const path = join(folder, 'types.mjs');
    const program = `console.error('two kinds have the type "a.b": give one of them another'); process.exitCode = 1;`;
    writeFileSync(path, program);
    await expect(typesNow(path)).rejects.toThrow(/^two kinds have the type "a.b": give one of them another$/);
    writeFileSync(path, 'console.log(\'["a.b"]\')');
    expect(await typesNow(path)).toEqual(['a.b']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
