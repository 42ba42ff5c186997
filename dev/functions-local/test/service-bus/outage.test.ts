import { describe, expect, it } from 'vitest';
import { watchOutage } from '../../service-bus/outage.ts';

function watched() {
  const told: string[] = [];
  const outage = watchOutage({ down: (message) => told.push(message), up: () => told.push('up') });
  return { told, outage };
}

describe('an outage', () => {
  it('is told once, and its end once, however many attempts fail', () => {
    const { told, outage } = watched();
    for (let attempt = 1; attempt <= 5; attempt++) outage.failed('unreachable', () => `attempt ${attempt}`);
    outage.recovered();
    outage.recovered();
    outage.failed('unreachable', () => 'next outage');
    expect(told).toEqual(['attempt 1', 'up', 'next outage']);
  });

  it('is told again when it turns into another trouble', () => {
    const { told, outage } = watched();
    outage.failed('unreachable', () => 'no connection');
    outage.failed('UnauthorizedAccess', () => 'bad key');
    outage.recovered();
    expect(told).toEqual(['no connection', 'bad key', 'up']);
  });

  it('that never was has no end', () => {
    const { told, outage } = watched();
    outage.recovered();
    expect(told).toEqual([]);
  });
});
