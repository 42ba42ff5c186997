import { describe, expect, it } from 'vitest';
import type { MakeStores } from './stores.ts';

export function describeProgressContract(name: string, makeStores: MakeStores): void {
  describe(`Progress ${name}`, () => {
    it('gives back what was saved last, and one of two who write at once loses', async () => {
      const { progress } = await makeStores();
      expect(await progress.readProgress('walk')).toBeUndefined();
      expect(await progress.saveProgress('walk', 'one')).toBe('saved');
      expect(await progress.saveProgress('walk', 'other')).toBe('lost');
      const read = await progress.readProgress('walk');
      expect(read?.text).toBe('one');
      expect(await progress.saveProgress('walk', 'two', read?.tag)).toBe('saved');
      expect(await progress.saveProgress('walk', 'late', read?.tag)).toBe('lost');
      expect((await progress.readProgress('walk'))?.text).toBe('two');
      expect(await progress.readProgress('other')).toBeUndefined();
    });
  });
}
