import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appFault } from '../../dev/app-fault.ts';
import { TakenTwice } from '../../shared/domain/taken-twice.ts';

let root: string;

beforeEach(() => {
  root = `${mkdtempSync(join(tmpdir(), 'notifier app '))}/`;
  for (const folder of ['app', 'shared/chat']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(root, file), text);

/** As Node tells it to whoever imports the file, and as esbuild tells it. */
async function loaded(file: string): Promise<Error> {
  const program = `await import(${JSON.stringify(new URL(`file://${join(root, file)}`).href)}).catch((error) => {
    process.stdout.write(JSON.stringify({ message: error.message, stack: error.stack }));
  });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return Object.assign(new Error(), JSON.parse(stdout));
}

describe('a fault in a file of app/ is told with its place, and as nobody else’s', () => {
  const ofApp =
    "That is a file of this bot's own, not of the notifier: mend it, or take its line out of app/app.ts.";

  it.each([
    ['text that is no TypeScript', 'const a = 1;\nconst b = (;\n', 'app/mine.ts:2: Expression expected'],
    ['what fails while it is loaded', '\n\n[][0].x;', 'app/mine.ts:3: Cannot read properties of undefined'],
    ['a file that is not there', "import './gone.ts';", "app/mine.ts: Cannot find module 'app/gone.ts'"],
    ['a package that is not there', "import 'gone';", "app/mine.ts: Cannot find package 'gone'"],
  ])('%s', async (_what, text, told) => {
    write('app/mine.ts', text);
    const fault = appFault(await loaded('app/mine.ts'), root);
    expect(fault?.startsWith(told)).toBe(true);
    expect(fault?.endsWith(ofApp)).toBe(true);
  });

  it('what esbuild cannot bundle', async () => {
    write('app/mine.ts', 'const a = 1;\nconst b = (;\n');
    const refusal = await build({
      absWorkingDir: root,
      entryPoints: ['app/mine.ts'],
      logLevel: 'silent',
      write: false,
    }).catch((error: unknown) => error);
    expect(appFault(refusal, root)).toMatch(/^app\/mine\.ts:2: Unexpected ";"\n/);
  });

  it('and no other is', async () => {
    write('shared/chat/ours.ts', 'const b = (;');
    expect(appFault(await loaded('shared/chat/ours.ts'), root)).toBeUndefined();
    expect(appFault(new Error('the broker is at shared/app/x.ts'), root)).toBeUndefined();
    expect(appFault('text', root)).toBeUndefined();
  });
});

describe('two of one name are told with both files', () => {
  it('by what names them so', () => {
    write('app/mine.ts', "export const mine = { name: 'topics' };");
    write('shared/chat/topics.ts', 'export const topics = { name: "topics" };');
    write('shared/chat/help.ts', "suggest(['topics']);");
    expect(appFault(new TakenTwice('command', 'topics'), root)).toBe(
      'two commands are called "topics" (app/mine.ts, shared/chat/topics.ts): only one of them could be reached. Give the one in app/ another, or take its line out of app/app.ts.',
    );
  });

  it('by what says the words', () => {
    write('app/mine.ts', "export const mine = { name: 'mine', said: { de: ['was <thema> kostet'] } };");
    write('shared/chat/cost.ts', "said: { de: ['was <thema> kostet'] }");
    expect(appFault(new TakenTwice('command', 'was <thema> kostet'), root)).toContain(
      '(app/mine.ts, shared/chat/cost.ts)',
    );
  });
});
