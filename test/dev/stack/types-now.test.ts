import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { typesNow } from '../../../dev/stack/types-now.ts';

it('sources that refuse to be loaded are told by their sentence, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'notifier-types-'));
  try {
    const path = join(folder, 'types.mjs');
    writeFileSync(path, 'throw new Error(\'two kinds have the type "a.b": give one of them another\');');
    await expect(typesNow(path)).rejects.toThrow(/^two kinds have the type "a.b": give one of them another$/);
    writeFileSync(path, 'console.log(\'["a.b"]\')');
    expect(await typesNow(path)).toEqual(['a.b']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
