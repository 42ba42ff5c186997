import { expect, it } from 'vitest';
import { parseCloudEvent } from '../../../shared/domain/event/cloud-event.ts';
import { DEEPEST_JSON, isTooDeep, toJsonText } from '../../../shared/domain/event/json-depth.ts';

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

it('JSON is too deep from one level past the limit', () => {
  expect([isTooDeep(nested(DEEPEST_JSON)), isTooDeep(nested(DEEPEST_JSON + 1))]).toEqual([false, true]);
});

it('JSON that would overflow the stack when written is cut, and stays too deep when read again', () => {
  const text = toJsonText(nested(50_000));
  expect(text).toContain('(nested too deeply)');
  expect(isTooDeep(JSON.parse(text))).toBe(true);
  expect(toJsonText(nested(10))).toBe(JSON.stringify(nested(10)));
});

it('an event that is nested too deeply is refused by its rule', () => {
  const event = { specversion: '1.0', id: '1', source: 's', type: 't', data: nested(50_000) };
  expect(parseCloudEvent(event)).toMatchObject({
    ok: false,
    faults: [{ message: expect.stringContaining('64 levels') }],
  });
});
