import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LONG_TESTS } from '../../../dev/testing/long-tests.mjs';
import { fingerprint, passedIn, readPassed, testGroups, writePassed } from '../../../dev/testing/passed.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'passed-'));
  write('package.json', JSON.stringify({ workspaces: ['dev/gate', 'dev/broker', 'dev/host'] }));
  write('package-lock.json', '{}');
  write('dev/gate/package.json', '{}');
  write('dev/gate/gate.mjs', 'one');
  write('dev/broker/package.json', JSON.stringify({ dependencies: { gate: 'file:../gate', zod: '^4.0.0' } }));
  write('dev/broker/broker.ts', 'one');
  write('dev/broker/test/broker.test.ts', 'one');
  write('dev/host/package.json', JSON.stringify({ devDependencies: { broker: 'file:../broker' } }));
  write('dev/host/test/host.test.ts', 'one');
  write('shared/domain/ids.ts', 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const prints = () => testGroups(root).map((group) => fingerprint(root, group));

describe('the fingerprint of a workspace', () => {
  it.each([
    ['the lock file', 'package-lock.json', [true, true]],
    ['the configuration of the tests', 'vitest.config.ts', [true, true]],
    ['what every test loads', 'test/dev/testing/open-handles.ts', [true, true]],
    ['its sources', 'dev/broker/broker.ts', [true, true]],
    ['its tests', 'dev/host/test/host.test.ts', [false, true]],
    ['a new file in it', 'dev/host/deep/er/new.ts', [false, true]],
    ['what it depends on by way of another', 'dev/gate/gate.mjs', [true, true]],
    ['the product', 'shared/domain/ids.ts', [false, false]],
    ['packages that are installed in it', 'dev/broker/node_modules/ws/index.js', [false, false]],
  ])('is another one after a change of %s', (_what, path, changes) => {
    const before = prints();
    expect(prints()).toEqual(before);
    write(path, 'two');
    expect(prints().map((print, at) => print !== before[at])).toEqual(changes);
  });

  it('is another one when a file gets another name, and when the machine can run more tests', () => {
    const gate = { about: ['dev/gate'] };
    const before = fingerprint(root, gate);
    expect(fingerprint(root, gate, '/usr/bin/chromium')).not.toBe(before);
    rmSync(join(root, 'dev/gate/gate.mjs'));
    write('dev/gate/door.mjs', 'one');
    expect(fingerprint(root, gate)).not.toBe(before);
  });
});

it('knows the workspaces that have tests', () => {
  expect(testGroups(root)).toEqual([
    { tests: 'dev/broker', about: ['dev/broker', 'dev/gate'] },
    { tests: 'dev/host', about: ['dev/broker', 'dev/gate', 'dev/host'] },
  ]);
});

describe('the long tests', () => {
  it('are run again when they or what they are about changes, and not for anything else', () => {
    write('test/chaos.test.ts', 'one');
    write('shared/domain/names.ts', 'one');
    const [, , chaos] = testGroups(root, [{ tests: 'test/chaos.test.ts', about: ['shared/domain/ids.ts'] }]);
    if (chaos === undefined) throw new Error('it was given');
    const seen = new Set([fingerprint(root, chaos)]);
    write('shared/domain/names.ts', 'two');
    expect(seen).toContain(fingerprint(root, chaos));
    for (const file of ['shared/domain/ids.ts', 'test/chaos.test.ts']) {
      write(file, 'two');
      expect(seen).not.toContain(fingerprint(root, chaos));
      seen.add(fingerprint(root, chaos));
    }
  });

  it('are there, and so is what they are about', () => {
    const repository = fileURLToPath(new URL('../../..', import.meta.url));
    expect(LONG_TESTS).toHaveLength(16);
    for (const { tests, about } of LONG_TESTS) {
      for (const place of about) expect(existsSync(join(repository, place)), place).toBe(true);
      const files = tests.endsWith('.ts') ? tests : `${tests}/**/*.test.ts`;
      expect(globSync(files, { cwd: repository }), tests).not.toEqual([]);
    }
  });
});

describe('what passed here', () => {
  it('is nothing in a fresh checkout, and nothing when the record is damaged', () => {
    expect(readPassed(root)).toEqual({});
    writePassed(root, { 'dev/host': 'abc' });
    expect(readPassed(root)).toEqual({ 'dev/host': 'abc' });
    write('node_modules/.cache/tests-passed.json', '{"dev/host"');
    expect(readPassed(root)).toEqual({});
  });

  it('is a workspace of which tests ran, all of them well', () => {
    const file = (path: string, status: string, ...tests: string[]) => ({
      name: join(root, path),
      status,
      assertionResults: tests.map((one) => ({ status: one })),
    });
    const long = { tests: 'test/long.test.ts', about: ['shared'] };
    const passed = (...testResults: ReturnType<typeof file>[]) =>
      passedIn(root, { testResults }, testGroups(root, [long])).map(({ tests }) => tests);
    const good = file('dev/broker/test/broker.test.ts', 'passed', 'passed', 'passed');
    expect(passed(good)).toEqual(['dev/broker']);
    expect(passed(good, file('dev/host/test/host.test.ts', 'passed', 'passed'))).toEqual([
      'dev/broker',
      'dev/host',
    ]);
    expect(passed(good, file('dev/broker/test/other.test.ts', 'failed', 'passed', 'failed'))).toEqual([]);
    expect(passed(good, file('dev/broker/test/unloaded.test.ts', 'failed'))).toEqual([]);
    expect(passed(good, file('dev/broker/test/left.test.ts', 'passed', 'pending'))).toEqual([]);
    expect(passed(good, file('dev/broker-2/test/other.test.ts', 'failed', 'failed'))).toEqual(['dev/broker']);
    expect(passed(file('test/long.test.ts', 'passed', 'passed'))).toEqual(['test/long.test.ts']);
    expect(passed(file('test/long.test.tsx', 'passed', 'passed'))).toEqual([]);
    expect(passed()).toEqual([]);
  });
});
