import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRoute } from '../../http/route.ts';

describe('a route template', () => {
  it.each([
    ['health', '/health', {}],
    ['health', '/HEALTH/', {}],
    ['', '/', {}],
    ['users/{id}', '/users/7', { id: '7' }],
    ['users/{id}/posts/{post}', '/users/a/posts/b', { id: 'a', post: 'b' }],
    ['users/{id?}', '/users', {}],
    ['users/{id?}', '/users/7', { id: '7' }],
    ['users/{id:int?}', '/users', {}],
    ['list/{page=1}', '/list', { page: '1' }],
    ['list/{page:int=1}', '/list/3', { page: '3' }],
    ['files/{*path}', '/files/a/b/c', { path: 'a/b/c' }],
    ['files/{**path}', '/files/a', { path: 'a' }],
    ['files/{*path}', '/files', {}],
    ['{name}.{ext}', '/report.tar.gz', { name: 'report', ext: 'tar.gz' }],
    ['v{version:int}/x', '/v2/x', { version: '2' }],
    ['a b/{x}', '/a b/%C3%A4%2Fb', { x: 'ä/b' }],
    ['{x}', '/%E0%A4%A', { x: '%E0%A4%A' }],
    ['{x:regex(^\\d{{3}}$)}', '/123', { x: '123' }],
  ])('%s takes %s', (template, path, values) => {
    expect(compileRoute(template)(path)).toEqual(values);
  });

  it.each([
    ['health', '/healthy'],
    ['health', '/health/x'],
    ['users/{id}', '/users'],
    ['users/{id}', '/users/7/8'],
    ['users/{id?}/x', '/users/7'],
    ['v{version:int}/x', '/vtwo/x'],
    ['files.txt', '/filesxtxt'],
    ['{x:regex(^\\d{{3}}$)}', '/1234'],
  ])('%s does not take %s', (template, path) => {
    expect(compileRoute(template)(path)).toBeUndefined();
  });

  it.each([
    ['int', ['0', '-5', '+7', '2147483647'], ['', 'x', '1.5', '2147483648', '0x1']],
    ['long', ['9223372036854775807'], ['9223372036854775808']],
    ['guid', ['01234567-89ab-cdef-0123-456789ABCDEF'], ['01234567-89ab-cdef-0123', 'x']],
    ['bool', ['true', 'FALSE'], ['1', 'yes']],
    ['alpha', ['abcXYZ'], ['a1', 'ä']],
    ['decimal', ['1.5', '-2'], ['1e3', '.']],
    ['double', ['1e3', '.5'], ['e3']],
    ['datetime', ['2026-11-22'], ['someday']],
    ['minlength(2)', ['ab'], ['a']],
    ['maxlength(2)', ['ab'], ['abc']],
    ['length(3)', ['abc'], ['ab', 'abcd']],
    ['length(1,2)', ['a', 'ab'], ['abc']],
    ['min(5)', ['5', '6'], ['4', '5.5', 'x']],
    ['max(5)', ['5', '-1'], ['6']],
    ['range(1,3)', ['1', '3'], ['0', '4']],
    ['regex(^a+$)', ['a', 'AA'], ['b']],
    ['alpha:minlength(2)', ['ab'], ['a', '12']],
  ])('keeps to the constraint %s', (constraint, taken, refused) => {
    const route = compileRoute(`x/{value:${constraint}}`);
    for (const value of taken) expect(route(`/x/${value}`)).toEqual({ value });
    for (const value of refused) expect(route(`/x/${value}`)).toBeUndefined();
  });

  it.each([
    ['users/{id', 'brace without its partner'],
    ['users/id}', 'brace without its partner'],
    ['users//x', 'empty segment'],
    ['users/{}', 'brace without its partner'],
    ['users/{i d}', 'cannot be read'],
    ['users/{id:even}', '"even" is not a route constraint'],
    ['users/{id:range(1)}', 'needs whole numbers'],
  ])('%s is refused', (template, message) => {
    expect(() => compileRoute(template)).toThrow(message);
  });

  it('gives back every value that was put into a path', () => {
    const value = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'));
    fc.assert(
      fc.property(value, value, (first, second) => {
        const path = `/a/${encodeURIComponent(first)}/${encodeURIComponent(second)}`;
        expect(compileRoute('a/{first}/{second}')(path)).toEqual({ first, second });
      }),
    );
  });

  it('takes a path of literals whatever characters they are made of', () => {
    const literal = fc.string({ minLength: 1 }).filter((text) => !/[/{}\s]/.test(text));
    fc.assert(
      fc.property(literal, (text) => {
        expect(compileRoute(text)(`/${text}`)).toEqual({});
        expect(compileRoute(text)(`/${text}x`)).toBeUndefined();
      }),
    );
  });
});
