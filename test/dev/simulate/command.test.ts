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

  it('shows what one noisy conversation gets, and what it costs the others: nothing', async () => {
    const flags = ['--noisy', '300', '--recipients', '100', '--single-every', '250', '--json'];
    const { status, json } = await notifier(['simulate', ...flags]);
    expect(status).toBe(0);
    const shape = z.strictObject({
      kind: z.literal('noisy-paper'),
      noisy: z.literal(300),
      instances: z.literal(1),
      lost: z.literal(0),
      // 60 in 30 s are allowed.
      shownPerSecond: z.number().min(1.8).max(2.2),
      looks: z.number().max(3),
      throttled: z.literal(0),
      singles: waits,
      idle: waits,
      behindTheCrowd: waits,
    });
    const run = shape.parse(json());
    expect(run.singles.p99).toBeLessThanOrEqual(2 * run.idle.p99);
  });

  it.each([
    [['--noisy', '9', '--recipients', '1'], '--recipients is 1 and must be 2 at least with --noisy'],
    [['--recipients', '0'], '--recipients is "0" and must be a whole number'],
    [['--thread-limits', 'seven'], '--thread-limits is "seven" and must be counts per time'],
    [['--latency', 'far'], '--latency is "far" and must be milliseconds from 0 to 60000'],
    [['--tables-jitter', '60001'], '--tables-jitter is "60001" and must be milliseconds'],
    [['--slow-spells', '5/20/400'], '--slow-spells is "5/20/400" and must be seconds between'],
    [['--dies-after', 'soon'], '--dies-after is "soon" and must be whole seconds'],
    [['--latency-times', '/no/such'], '--latency-times /no/such:'],
    [['--latency-times', 'x', '--latency', '1'], '--latency-times takes the place of --latency'],
    [['--run', '--clocks-apart', '2'], '--clocks-apart is for the simulation on paper'],
    [['--run', '--tenants', '2'], '--tenants is for the simulation on paper'],
    [['--run', '--instances', '11'], '--instances is "11" and must be a whole number'],
  ])('refuses %j', async (flags, says) => {
    const { status, err } = await notifier(['simulate', ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(says);
  });
});
