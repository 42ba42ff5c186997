import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineKind } from '../../../shared/kinds/define-kind.ts';
import type { KeptAudience } from '../../../shared/ports/kind.ts';
import { checkEvent } from '../../../shared/use-cases/intake/check-event.ts';
import { allKinds } from '../../../shared/use-cases/kinds/all-kinds.ts';

// What a kind gives a name is stored by it: a name that is accepted can be read again.

const entryOf = () => undefined;
const audience = (field: string): KeptAudience => ({ field, select: async () => ({ keys: [], done: true }) });

describe('the name of an audience', () => {
  it.each(['readers', 'plan-readers', 'top10'])('may be %s', (name) => {
    const opened = allKinds([{ audiences: { [name]: audience('key') } }], { entryOf, knownTypes: [] });
    expect(opened.audience(name)?.field).toBe('key');
  });

  it.each([
    ['Readers', 'key'],
    ['plan readers', 'key'],
    ['topic', 'key'],
    ['everyone', 'key'],
    ['plan', 'key'],
    ['r'.repeat(41), 'key'],
    ['readers', 'a key'],
  ])('is not %s with field %s: said when the kinds are opened', (name, field) => {
    expect(() => allKinds([{ audiences: { [name]: audience(field) } }], { entryOf, knownTypes: [] })).toThrow(
      /^audience ".+" of a kind cannot be stored: ".+" is no name; use up to 40 letters, digits and "-"/,
    );
  });
});

describe('what a kind plans for an audience of its own', () => {
  const planned = (keptBy: string, key: string) => {
    const { notification: entry } = defineKind(z.object({}), {
      type: 'x.y',
      title: () => 'X',
      example: {},
      plan: () => ({ to: [{ keptBy, key }], delivery: {} }),
      render: () => ({ text: 'x' }),
    });
    const event = { specversion: '1.0', id: '1', source: 'urn:x', type: 'x.y', data: {} };
    return checkEvent(event, { at: 0 }, { entryOf: () => entry, knownTypes: ['x.y'] });
  };

  it('is accepted where it can be read again', () => {
    expect(planned('plan-readers', 'a.b')).toMatchObject({ ok: true });
  });

  it.each([
    ['plan readers', 'a', /is no name of an audience: use up to 40/],
    ['readers', '', /makes the key "" of audience "readers", which must be 1 to 100 letters/],
    ['readers', 'a b', /makes the key "a b"/],
  ])('is parked for audience %j with key %j', (name, key, message) => {
    expect(planned(name, key)).toMatchObject({
      ok: false,
      reason: 'invalid-data',
      faults: [{ path: 'data', message: expect.stringMatching(message) }],
    });
  });
});
