import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinHeap } from '../queue/heap.ts';
import { LazyHeap } from '../queue/lazy-heap.ts';

const before = (a: number, b: number) => a < b;

function drain(heap: { pop(): number | undefined }): number[] {
  const items: number[] = [];
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) items.push(item);
  return items;
}

describe('a heap', () => {
  it('gives everything back in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (items) => {
        const heap = new MinHeap(before);
        for (const item of items) heap.push(item);
        expect(drain(heap)).toEqual([...items].sort((a, b) => a - b));
      }),
    );
  });

  it('stays in order while pushes and pops alternate', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer())), (steps) => {
        const heap = new MinHeap(before);
        const model: number[] = [];
        for (const pushed of steps) {
          if (pushed === null) {
            model.sort((a, b) => a - b);
            expect(heap.pop()).toBe(model.shift());
          } else {
            heap.push(pushed);
            model.push(pushed);
          }
        }
      }),
    );
  });
});

describe('a lazy heap', () => {
  it('passes over items that lost their meaning', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer()), fc.func(fc.boolean()), (items, choose) => {
        const isLive = (item: number) => choose(item);
        const heap = new LazyHeap(before, isLive);
        for (const item of items) heap.push(item);
        const live = items.filter(isLive).sort((a, b) => a - b);
        expect(heap.peek()).toBe(live[0]);
        expect(drain(heap)).toEqual(live);
      }),
    );
  });

  it('does not grow with what came and went', () => {
    let oldestLive = 0;
    const heap = new LazyHeap<number>(before, (item) => item >= oldestLive);
    for (let item = 0; item < 100_000; item += 1) {
      heap.push(item);
      oldestLive = item - 10;
    }
    expect(heap.size).toBeLessThan(3000);
  });
});
