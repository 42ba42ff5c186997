import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { check } from '../../shared/catalog/schema.ts';
import { entries } from '../../shared/kinds/catalog.ts';

const schema = z.object({
  name: z.string().min(1).max(5).optional(),
  code: z.string().min(2).optional(),
  many: z.array(z.string()).min(1).max(2).optional(),
  age: z.int().min(0).max(150).optional(),
  price: z.number().positive().multipleOf(0.5).optional(),
  color: z.enum(['red', 'green', 'blue']).optional(),
  kind: z.literal('a').optional(),
  at: z.iso.datetime().optional(),
  link: z.url().optional(),
  mail: z.email().optional(),
  isOn: z.boolean().optional(),
  symbol: z
    .string()
    .regex(/^[A-Z]+$/)
    .optional(),
  strict: z.strictObject({ a: z.string() }).optional(),
  either: z.union([z.string(), z.object({ a: z.string() })]).optional(),
  own: z.string('must be a word of one’s own').optional(),
  map: z.record(z.string().max(2), z.number()).optional(),
});

const faultOf = (data: { readonly [name: string]: unknown }) => {
  const checked = check(schema, data);
  return checked.ok ? undefined : checked.faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
};

it.each(entries)('no field of $type is refused in the words of a library', ({ example, plan }) => {
  for (const field of Object.keys(example)) {
    for (const value of [undefined, null, 7.5, -1, 'x'.repeat(100_000), [], {}, true]) {
      const planned = plan({ ...example, [field]: value });
      const told = planned.ok ? '' : JSON.stringify(planned.faults);
      expect(told).not.toMatch(/invalid input|invalid option|expected|too big|too small|unrecognized/i);
    }
  }
});

describe('a rule that data breaks is told in words that say what to give', () => {
  it.each([
    [{ name: 7 }, 'data.name: must be a text, not a number'],
    [{ name: null }, 'data.name: must be a text, not null'],
    [{ name: '' }, 'data.name: must not be empty'],
    [{ name: 'longer' }, 'data.name: must have at most 5 characters'],
    [{ code: 'a' }, 'data.code: must have at least 2 characters'],
    [{ many: [] }, 'data.many: must have at least 1 entry'],
    [{ many: ['a', 'b', 'c'] }, 'data.many: must have at most 2 entries'],
    [{ many: 'a' }, 'data.many: must be a list, not a text'],
    [{ many: [true] }, 'data.many[0]: must be a text, not true or false'],
    [{ age: 1.5 }, 'data.age: must be a whole number'],
    [{ age: -1 }, 'data.age: must be at least 0'],
    [{ age: 151 }, 'data.age: must be at most 150'],
    [{ price: 0 }, 'data.price: must be more than 0'],
    [{ price: 0.7 }, 'data.price: must be a multiple of 0.5'],
    [{ color: 'pink' }, 'data.color: must be "red", "green" or "blue"'],
    [{ kind: 'b' }, 'data.kind: must be "a"'],
    [{ at: 'today' }, 'data.at: must be an RFC 3339 date-time such as "2026-12-01T00:00:00Z"'],
    [{ link: 'no' }, 'data.link: must be an address such as "https://example.com/page"'],
    [{ mail: 'no' }, 'data.mail: must be an e-mail address such as "ada@example.com"'],
    [{ isOn: 'yes' }, 'data.isOn: must be true or false, not a text'],
    [{ symbol: 'a' }, 'data.symbol: must match the pattern /^[A-Z]+$/'],
    [{ strict: { a: 'x', b: 1 } }, 'data.strict: has no field "b"; leave it out or mend its name'],
    [{ strict: {} }, 'data.strict.a: is missing; it must be a text'],
    [{ either: 1 }, 'data.either: has none of the forms that it may have; the schema shows them'],
    [{ own: 1 }, 'data.own: must be a word of one’s own'],
    [{ map: { long: 1 } }, 'data.map.long: has an entry that it may not have; the schema shows which'],
  ])('%j', (data, told) => {
    expect(faultOf(data)).toBe(told);
  });
});
