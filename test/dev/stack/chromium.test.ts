import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../dev/stack/chromium.mjs';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-chromium-'));
  await writeFile(join(folder, 'chromium'), '#!/bin/sh\n');
  await chmod(join(folder, 'chromium'), 0o755);
  await writeFile(join(folder, 'google-chrome'), 'not executable');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('finding a Chromium', () => {
  it('takes the first executable one on the path', () => {
    const environment = { PATH: ['/nowhere', folder].join(delimiter) };
    expect(findChromium(environment, 'linux')).toBe(join(folder, 'chromium'));
  });

  it('takes the one that is named, and no other when that one cannot run', () => {
    const PATH = folder;
    expect(findChromium({ PATH, CHROMIUM_PATH: process.execPath }, 'linux')).toBe(process.execPath);
    expect(findChromium({ PATH, CHROMIUM_PATH: join(folder, 'google-chrome') }, 'linux')).toBeUndefined();
  });

  it('finds none where there is none', () => {
    expect(findChromium({ PATH: '/nowhere' }, 'linux')).toBeUndefined();
    expect(findChromium({}, 'linux')).toBeUndefined();
  });
});
