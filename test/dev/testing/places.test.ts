import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { placesOf } from '../../../dev/testing/places.mjs';

it('a folder or a file is meant as such, and any other word is left to vitest', () => {
  const root = mkdtempSync(join(tmpdir(), 'notifier places '));
  try {
    mkdirSync(join(root, 'app'));
    writeFileSync(join(root, 'app', 'app.ts'), '');
    expect(placesOf(root, ['app', 'app/', 'app/app.ts', 'remind', '-t', 'app'])).toEqual([
      join(root, 'app') + sep,
      join(root, 'app') + sep,
      join(root, 'app', 'app.ts'),
      ...['remind', '-t', 'app'],
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
