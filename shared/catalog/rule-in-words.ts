import type { z } from 'zod';
import type { Fault } from '../domain/fault.ts';

/** What is to be given, by zod's names of types and of formats of texts. */
const WANTED: { readonly [name: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
  null: 'null',
  datetime: 'an RFC 3339 date-time such as "2026-12-01T00:00:00Z"',
  duration: 'an ISO 8601 duration such as "PT10M"',
  time: 'a time such as "12:30:00"',
  url: 'an address such as "https://example.com/page"',
  email: 'an e-mail address such as "ada@example.com"',
  uuid: 'a UUID',
};

/** Longer lists of values are told by their first ones. */
const MOST_VALUES = 20;

/**
 * The rule that an input breaks, for whoever publishes an event: in the words of this product, and not in those of the
 * library that read the schema. A rule that the schema says in words of its own stands above it.
 */
export function ruleInWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const rule = `must be ${wanted(issue.expected)}`;
      if (issue.input === undefined) return `is missing; it ${rule}`;
      const isOnlyBroken = issue.expected === 'int' && typeof issue.input === 'number';
      return isOnlyBroken ? rule : `${rule}, not ${given(issue.input)}`;
    }
    case 'too_small':
      return `must ${measured(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')}`;
    case 'too_big':
      return `must ${measured(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')}`;
    case 'invalid_value':
      return `must be ${listed(issue.values.map((value) => JSON.stringify(value)))}`;
    case 'invalid_format':
      return issue.format === 'regex'
        ? `must match the pattern ${issue.pattern ?? ''}`
        : `must be ${wanted(issue.format)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has no field ${listed(issue.keys.map((key) => JSON.stringify(key)))}; leave it out or mend its name`;
    case 'invalid_union':
      return 'has none of the forms that it may have; the schema shows them';
    case 'invalid_key':
    case 'invalid_element':
      return 'has an entry that it may not have; the schema shows which';
    default:
      return issue.message ?? 'does not keep the rule of its schema';
  }
}

/** The name of the rule that an input breaks, and what it says, as faults carry them. `params` of a rule of one's own name it. */
export function ruleNamed(issue: z.core.$ZodIssue, isMissing: boolean): Pick<Fault, 'rule' | 'values'> {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing ? { rule: 'missing' } : { rule: 'type', values: { wanted: issue.expected } };
    case 'too_small': {
      if (issue.origin === 'string' && issue.minimum === 1) return { rule: 'empty' };
      return { rule: `too-${SMALL[issue.origin] ?? 'low'}`, values: { least: Number(issue.minimum) } };
    }
    case 'too_big':
      return { rule: `too-${BIG[issue.origin] ?? 'high'}`, values: { most: Number(issue.maximum) } };
    case 'invalid_value':
      return { rule: 'one-of', values: { values: listed(issue.values.map(String)) } };
    case 'invalid_format':
      return { rule: 'format', values: { format: issue.format } };
    case 'unrecognized_keys':
      return { rule: 'unknown-field', values: { field: issue.keys.join(', ') } };
    case 'invalid_union':
      return { rule: isMissing ? 'missing' : 'form' };
    case 'custom':
      return typeof issue.params?.rule === 'string' ? { rule: issue.params.rule } : {};
    default:
      return { rule: 'form' };
  }
}

const SMALL: { readonly [origin: string]: string } = { string: 'short', array: 'few' };
const BIG: { readonly [origin: string]: string } = { string: 'long', array: 'many' };

/** Whether nothing stands at the path of an issue. */
export function isMissingIn(input: unknown, path: readonly PropertyKey[]): boolean {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return true;
    value = Reflect.get(value, part);
  }
  return value === undefined;
}

function wanted(name: string): string {
  return WANTED[name] ?? `of the form "${name}"`;
}

function given(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (Number.isNaN(input)) return 'a number that is none';
  return WANTED[typeof input] ?? typeof input;
}

function measured(origin: string, limit: number | bigint, bound: string): string {
  if (origin === 'string') {
    return limit === 1 && bound === 'at least' ? 'not be empty' : `have ${bound} ${limit} characters`;
  }
  if (origin === 'array' || origin === 'set')
    return `have ${bound} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `be ${bound} ${limit}`;
}

function listed(values: readonly string[]): string {
  if (values.length > MOST_VALUES) return `one of ${values.slice(0, MOST_VALUES).join(', ')}, …`;
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
