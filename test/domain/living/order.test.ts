import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNewer, type Order } from '../../../shared/domain/living/order.ts';

function state(about: Partial<Order>): Order {
  return { time: 1000, arrival: 2000, id: 'a', ...about };
}

describe('which of two states of one key is the newer one', () => {
  it.each<[string, Partial<Order>, Partial<Order>]>([
    // what it is about, the newer one, the older one
    ['sequence before time', { sequence: '2', time: 1 }, { sequence: '1', time: 9 }],
    ['digits as numbers', { sequence: '10' }, { sequence: '9' }],
    ['digits of any length', { sequence: '9007199254740993' }, { sequence: '9007199254740992' }],
    ['digits that no number can hold', { sequence: '1'.repeat(400) }, { sequence: '9'.repeat(399) }],
    ['zeros in front as none', { sequence: '0010' }, { sequence: '9' }],
    ['anything else as text', { sequence: '9a' }, { sequence: '10' }],
    ['text by its characters', { sequence: 'b' }, { sequence: 'a' }],
    [
      'equal sequences by arrival, not by time',
      { sequence: '007', time: 1, arrival: 3000 },
      { sequence: '7', time: 9 },
    ],
    ['time where one has no sequence', { time: 9 }, { sequence: '5', time: 1 }],
    ['time where none has one', { time: 9, arrival: 1 }, { time: 1, arrival: 9 }],
    ['equal times by arrival', { arrival: 9 }, { arrival: 1 }],
    ['all alike by name', { id: 'b' }, { id: 'a' }],
  ])('%s', (_about, newer, older) => {
    expect(isNewer(state(newer), state(older))).toBe(true);
    expect(isNewer(state(older), state(newer))).toBe(false);
  });

  it('is one of two, never both, and none of itself', () => {
    const any = fc.record(
      {
        sequence: fc.oneof(fc.nat(20).map(String), fc.string({ minLength: 1, maxLength: 3 })),
        time: fc.nat(3),
        arrival: fc.nat(3),
        id: fc.constantFrom('a', 'b', 'c'),
      },
      { requiredKeys: ['time', 'arrival', 'id'] },
    );
    fc.assert(
      fc.property(any, any, (one, other) => {
        // Two of one name are one notification, which has one sequence, time and arrival.
        fc.pre(one.id !== other.id || isSame(one, other));
        const both = [isNewer(one, other), isNewer(other, one)].filter(Boolean).length;
        expect(both).toBe(one.id === other.id ? 0 : 1);
      }),
    );
  });
});

function isSame(one: Order, other: Order): boolean {
  return one.sequence === other.sequence && one.time === other.time && one.arrival === other.arrival;
}
