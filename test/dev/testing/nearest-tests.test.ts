import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nearestTests, testsOf } from '../../../dev/testing/nearest-tests.mjs';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'nearest-'));
  write('shared/domain/ids.ts', '');
  write('shared/use-cases/deliver.ts', "import { id } from '../domain/ids.ts';");
  write('test/use-cases/deliver.test.ts', "import { deliver } from '../../shared/use-cases/deliver.ts';");
  write('test/domain/ids.test.ts', "const ids = await import('../../shared/domain/ids.ts');");
  write('test/journeys/first.test.ts', "import { id } from '../../shared/domain/ids.ts';");
  write('test/chat/page.browser.test.ts', "import { id } from '../../shared/domain/ids.ts';");
  write('test/domain/other.test.ts', "import { other } from '../../shared/domain/other.ts';");
  write('shared/bot.ts', "import { createTurns } from '#bot-sdk';");
  write('test/bot.test.ts', "import { createBot } from '../shared/bot.ts';");
  write('dev/tool/page/main.js', "import { draw } from './draw.js';");
  write('dev/tool/page/draw.js', '');
  write('dev/tool/test/main.test.ts', "import '../page/main.js';");
  write('dev/page/src/view.tsx', '');
  write('dev/page/src/app.tsx', "import { View } from './view.tsx';");
  write('dev/page/test/app.test.ts', "import { App } from '../src/app.tsx';");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

it.each([
  [
    'a source, the nearest test first and no journey',
    ['shared/domain/ids.ts'],
    ['test/domain/ids.test.ts', 'test/use-cases/deliver.test.ts'],
  ],
  ['a test', ['test/domain/other.test.ts'], ['test/domain/other.test.ts']],
  ['plain JavaScript', ['dev/tool/page/draw.js'], ['dev/tool/test/main.test.ts']],
  ['a view of a page', ['dev/page/src/view.tsx'], ['dev/page/test/app.test.ts']],
  ['an SDK', ['shared/adapters/bot/sdk/agents/turns.ts'], ['test/bot.test.ts']],
  ['a document, and a test that was removed', ['README.md', 'test/domain/gone.test.ts'], []],
])('the tests that reach %s', (_what, changed, tests) => {
  expect(testsOf(root, changed)).toEqual(tests);
});

it('says that without git nobody knows what changed', () => {
  expect(nearestTests(root).notes[0]).toContain('this is no git checkout');
});
