import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FormerReleaseMissing, formerApp } from '../../../dev/former/former-app.ts';
import { FORMER_RELEASE, formerFolder, hasFormerRelease } from '../../../dev/former/former-release.mjs';

let folder: string;
let first: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'notifier-former-'));
  const full = join(folder, 'full');
  mkdirSync(full);
  git(full, 'init', '--quiet');
  for (const name of ['first', 'second']) {
    writeFileSync(join(full, 'file'), name);
    git(full, 'add', 'file');
    git(full, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', name);
  }
  first = git(full, 'rev-parse', 'HEAD~1').trim();
  git(folder, 'clone', '--quiet', '--depth', '1', `file://${full}`, 'shallow');
  mkdirSync(join(folder, 'archive'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the former release', () => {
  it('is a commit', () => {
    expect(FORMER_RELEASE).toMatch(/^[0-9a-f]{40}$/);
  });

  it('is there with the whole history', () => {
    expect(hasFormerRelease(join(folder, 'full'), first)).toBe(true);
  });

  it('is missing in a shallow clone, and where there is no history', () => {
    expect(hasFormerRelease(join(folder, 'shallow'), first)).toBe(false);
    expect(hasFormerRelease(join(folder, 'archive'), first)).toBe(false);
  });

  it('is there once its package was built', () => {
    const app = join(formerFolder(join(folder, 'archive'), first), 'app');
    mkdirSync(app, { recursive: true });
    writeFileSync(join(app, 'main.mjs'), '');
    expect(hasFormerRelease(join(folder, 'archive'), first)).toBe(true);
  });

  it('that is missing is named, with how to get it', async () => {
    const nowhere = '0123456789012345678901234567890123456789';
    await expect(formerApp(nowhere)).rejects.toThrow(FormerReleaseMissing);
    await expect(formerApp(nowhere)).rejects.toThrow('git fetch --unshallow');
  });
});

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' });
}
