import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { notifier } from '../cli/command-line.ts';

const waits = z.strictObject({ count: z.int(), p50: z.int(), p99: z.int(), worst: z.int() });

describe('simulate', () => {
  it('prints the figures of the model as JSON, and nothing else', async () => {
    const { status, json, err } = await notifier(['simulate', '--recipients', '200', '--json']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const shape = z.strictObject({
      kind: z.literal('paper'),
      recipients: z.literal(200),
      requestsPerSecond: z.literal(50),
      instances: z.literal(1),
      tenants: z.literal(1),
      outcomes: z.strictObject({ delivered: z.literal(200) }),
      lost: z.literal(0),
      repeated: z.literal(0),
      took: z.number(),
      shareOfRate: z.number().min(0.9).max(1.02),
      slotsPerSecond: z.number(),
      throttled: z.literal(0),
      singles: waits,
      jobs: z.int(),
      perRecipient: z.strictObject({ tableRequests: z.number(), messages: z.number() }),
    });
    expect(shape.parse(json())).toBeDefined();
  });

  it('shows the same to a person', async () => {
    const { status, out } = await notifier(['simulate', '--recipients', '200', '--single-every', '500']);
    expect(status).toBe(0);
    expect(out).toContain('200 recipients, 50 requests a second and tenant');
    expect(out).toMatch(/told +200 delivered/);
    expect(out).toMatch(/refused with 429 +0/);
    expect(out).toMatch(/single notifications +\d+, half within/);
  });

  it.each([
    [['--recipients', '0'], '--recipients is "0" and must be a whole number'],
    [['--thread-limits', 'seven'], '--thread-limits is "seven" and must be counts per time'],
    [['--run', '--tenants', '2'], '--tenants is for the simulation on paper'],
    [['--run', '--instances', '11'], '--instances is "11" and must be a whole number'],
  ])('refuses %j', async (flags, says) => {
    const { status, err } = await notifier(['simulate', ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(says);
  });
});
