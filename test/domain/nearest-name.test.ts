import { expect, it } from 'vitest';
import { didYouMean, nearestName } from '../../shared/domain/nearest-name.ts';

const names = ['notification.requested', 'build.finished', 'to-user'];

it.each([
  ['buld.finished', 'build.finished'],
  ['BUILD.FINISHED', 'build.finished'],
  ['user', 'to-user'],
  ['build', 'build.finished'],
  ['weather', undefined],
  ['', undefined],
])('to "%s" the nearest name is %s', (written, name) => {
  expect(nearestName(written, names)).toBe(name);
  expect(didYouMean(written, names)).toBe(name === undefined ? '' : `; did you mean ${name}?`);
});

it('is none among no names, and none to a text of megabytes, which is not compared letter by letter', () => {
  expect(nearestName('build', [])).toBeUndefined();
  expect(nearestName('build.finished'.repeat(1_500_000), names)).toBeUndefined();
  // As long as the longest name is twice, and one letter less: both are too far.
  for (const length of [44, 45]) expect(nearestName('n'.repeat(length), names)).toBeUndefined();
});
