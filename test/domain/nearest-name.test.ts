import { expect, it, vi } from 'vitest';
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

it('is none among no names', () => {
  expect(nearestName('build', [])).toBeUndefined();
});

it('is none to a text of megabytes, which is not even read', () => {
  const read = vi.spyOn(String.prototype, 'toLowerCase');
  try {
    expect(nearestName('build.finished'.repeat(300_000), names)).toBeUndefined();
    expect(read).not.toHaveBeenCalled();
    // Up to twice as long as the longest name it is.
    expect(nearestName('n'.repeat(44), names)).toBeUndefined();
    expect(read).toHaveBeenCalled();
  } finally {
    read.mockRestore();
  }
});
