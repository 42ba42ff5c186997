import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mutations } from '../../../dev/mutate/list/all.ts';
import { type Mutation, mutationsIn } from '../../../dev/mutate/mutation.ts';
import { faultsOfList, plantingOf } from '../../../dev/mutate/plant.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'planted-'));
  mkdirSync(join(root, 'shared', 'limits'), { recursive: true });
  mkdirSync(join(root, 'test'));
  writeFileSync(join(root, 'shared', 'limits', 'most.ts'), 'export const MOST = 12;\n');
  writeFileSync(join(root, 'shared', 'limits', 'least.ts'), 'export const LEAST = 1;\n');
  writeFileSync(join(root, 'test', 'limits.test.ts'), '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function aMutation(text: string, faulty: string, tests = ['test/limits.test.ts']): Mutation {
  const [one] = mutationsIn('shared/limits', [tests], [['no limit', text, faulty]]);
  if (one === undefined) throw new Error('one was given');
  return one;
}

it('every entry fits the sources, of ten files and more', () => {
  expect(faultsOfList(fileURLToPath(new URL('../../..', import.meta.url)), mutations)).toEqual([]);
  expect(mutations.length).toBeGreaterThanOrEqual(60);
  expect(new Set(mutations.map(({ place }) => place)).size).toBeGreaterThanOrEqual(10);
  expect(new Set(mutations.map(({ place, fault }) => `${place} ${fault}`)).size).toBe(mutations.length);
});

it('a fault goes where its text is, whichever file of the folder that is', () => {
  expect(plantingOf(root, aMutation('MOST = 12', 'MOST = 1200'))).toEqual({
    file: 'shared/limits/most.ts',
    source: 'export const MOST = 12;\n',
    faulty: 'export const MOST = 1200;\n',
  });
});

it('says of each entry what does not fit', () => {
  const wrong = [
    aMutation('MOST = 13', 'MOST = 1300'),
    aMutation('export const', 'const'),
    aMutation('MOST = 12', 'MOST = ', ['test/gone.test.ts']),
  ];
  expect(faultsOfList(root, wrong)).toEqual([
    '"no limit": its text occurs 0 times in shared/limits and must occur once: MOST = 13',
    '"no limit": its text occurs 2 times in shared/limits and must occur once: export const',
    expect.stringMatching(/^"no limit": shared\/limits\/most.ts is no TypeScript with it: /),
    'there is no test at test/gone.test.ts',
  ]);
});
