import { expect, expectTypeOf, it } from 'vitest';
import { defined } from '../../shared/domain/defined.ts';

it('leaves out what is undefined, and nothing else', () => {
  const given = defined({ b: 1, a: undefined, c: null, d: false, e: '', f: 0 });
  expect(Object.entries(given)).toEqual([
    ['b', 1],
    ['c', null],
    ['d', false],
    ['e', ''],
    ['f', 0],
  ]);
  expect(Object.keys(defined({}))).toEqual([]);
});

it('says so by its type: what may be undefined is optional, and never undefined', () => {
  const maybe = [1, undefined][0];
  const one: { readonly a?: number; readonly b: string } = defined({ a: maybe, b: 'text' });
  expect(one).toEqual({ a: 1, b: 'text' });
  expectTypeOf(defined({ a: maybe, b: 'text' })).toEqualTypeOf<{ b: string } & { a?: number }>();
  expectTypeOf({ id: 'x', ...defined({ a: maybe }) }).toEqualTypeOf<{ id: string; a?: number }>();
});

it('lets nothing that nobody gave stand above a default', () => {
  expect({ limit: 10, ...defined({ limit: [5, undefined][1] }) }).toEqual({ limit: 10 });
});
