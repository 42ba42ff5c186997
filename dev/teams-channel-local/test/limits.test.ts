import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limits, TEAMS_LIMITS } from '../limits/limits.ts';
import { parseRules, type Rule } from '../limits/rules.ts';
import { ask, install, send } from './client.ts';
import { channelWithBot } from './fixture.ts';

describe('the limits of Teams', () => {
  it('let seven sends through in a second and eight in two', () => {
    const limits = new Limits(TEAMS_LIMITS);
    const send = (at: number) => limits.admit({ tenant: 't', thread: 'send a' }, at);
    for (let i = 0; i < 7; i++) expect(send(0)).toBeUndefined();
    expect(send(1)).toEqual({ scope: 'thread', of: 'send a', waitMs: 999 });
    expect(send(1000)).toBeUndefined();
    expect(send(1001)).toMatchObject({ waitMs: 999 });
  });

  it('let fifty requests of one tenant through in a second, whatever they are', () => {
    const limits = new Limits(TEAMS_LIMITS);
    for (let i = 0; i < 50; i++) {
      expect(limits.admit({ tenant: 't', thread: i % 2 ? `send ${i}` : undefined }, i)).toBeUndefined();
    }
    expect(limits.admit({ tenant: 't', thread: 'send x' }, 999)).toEqual({
      scope: 'tenant',
      of: 't',
      waitMs: 1,
    });
    expect(limits.admit({ tenant: 'u', thread: 'send x' }, 999)).toBeUndefined();
    expect(limits.admit({ tenant: 't', thread: 'send x' }, 1000)).toBeUndefined();
  });

  it('are used up by nothing that was refused', () => {
    const limits = new Limits({ ...TEAMS_LIMITS, requestsPerSecond: 1 });
    limits.admit({ tenant: 't' }, 0);
    for (let at = 1; at < 1000; at++) limits.admit({ tenant: 't', thread: 'send a' }, at);
    expect(limits.admit({ tenant: 't', thread: 'send a' }, 1000)).toBeUndefined();
  });

  it('never let more through in any window than a rule allows, and refuse nothing that fits', () => {
    const rule = fc.record({
      count: fc.integer({ min: 1, max: 9 }),
      windowMs: fc.integer({ min: 1, max: 300 }),
    });
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), gaps, (rules, waits) => {
        const limits = new Limits({ ...TEAMS_LIMITS, requestsPerSecond: 100_000, threadRules: rules });
        const admitted: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          const breach = limits.admit({ tenant: 't', thread: 'send a' }, now);
          expect(breach === undefined).toBe(rules.every((one) => fits(one, admitted, now)));
          if (breach) expect(rules.every((one) => fits(one, admitted, now + breach.waitMs))).toBe(true);
          else admitted.push(now);
        }
      }),
    );
  });

  /** The slow way to say it. */
  function fits({ count, windowMs }: Rule, admitted: readonly number[], now: number): boolean {
    return admitted.filter((at) => at > now - windowMs).length < count;
  }
});

describe('limits as text', () => {
  it('are read as the published ones are written', () => {
    expect(parseRules('7/1s, 8/2s,60/30s,1800/3600s,1/250ms')).toEqual([
      ...TEAMS_LIMITS.threadRules,
      { count: 1, windowMs: 250 },
    ]);
  });

  it.each(['', '7', '7/1', '0/1s', '7/0s', '7/1m', 'x/1s', '7/1s,'])(
    '%j is refused with an example',
    (text) => {
      expect(() => parseRules(text)).toThrow(/such as 7\/1s/);
    },
  );
});

describe('the channel', () => {
  const local = channelWithBot({ now: () => clock });
  let clock = Date.UTC(2026, 10, 22);

  it('answers 429 with Retry-After in whole seconds, and counts the breach', async () => {
    const id = await install(local.channel, 'ana');
    for (let i = 0; i < 7; i++) expect((await send(local.channel, id, 'x')).status).toBe(201);
    const refused = await send(local.channel, id, 'x');
    expect([refused.status, refused.body.error?.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'Throttled',
      '1',
    ]);
    expect(local.channel.stats().breaches).toEqual({ total: 1, tenants: {}, threads: { [`send ${id}`]: 1 } });
    expect(local.channel.transcript('ana')).toHaveLength(7);
    clock += 1000;
    expect((await send(local.channel, id, 'x')).status).toBe(201);
    const beyondTwo = await send(local.channel, id, 'x');
    expect(beyondTwo.headers.get('retry-after')).toBe('1');
  });

  it('counts updates with sends, threads with their channel, and creations by themselves', async () => {
    const id = await install(local.channel, 'team');
    const sent = await send(local.channel, id, 'x');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities/${sent.body.id}`;
    const update = { type: 'message', text: 'y' };
    for (let i = 0; i < 3; i++) expect((await ask(local.channel, 'PUT', path, update)).status).toBe(200);
    for (let i = 0; i < 3; i++)
      expect((await send(local.channel, `${id};messageid=${i}`, 'x')).status).toBe(201);
    expect((await send(local.channel, `${id};messageid=9`, 'x')).status).toBe(429);
    const create = { channelData: { channel: { id } }, activity: { type: 'message', text: 'z' } };
    expect((await ask(local.channel, 'POST', '/v3/conversations', create)).status).toBe(201);
  });

  it('counts every request for the tenant, refused ones by name', async () => {
    const id = encodeURIComponent(await install(local.channel, 'ana'));
    const statuses = [];
    for (let i = 0; i < 51; i++) {
      statuses.push((await ask(local.channel, 'GET', `/v3/conversations/${id}/members`)).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(statuses.at(-1)).toBe(429);
    expect(Object.values(local.channel.stats().breaches.tenants)).toEqual([1]);
  });

  it('changes its limits when told to, and says what they are', async () => {
    const id = await install(local.channel, 'ana');
    const changed = await ask(local.channel, 'PUT', '/limits', {
      requestsPerSecond: 500,
      threadLimits: '1/10s',
    });
    expect(changed.body).toEqual({
      enforced: true,
      requestsPerSecond: 500,
      threadLimits: '1/10s',
      maxMessageBytes: 102_400,
    });
    await send(local.channel, id, 'x');
    expect((await send(local.channel, id, 'x')).headers.get('retry-after')).toBe('10');
    await ask(local.channel, 'PUT', '/limits', { enforced: false });
    expect((await send(local.channel, id, 'x')).status).toBe(201);
    const refused = await ask(local.channel, 'PUT', '/limits', { threadLimits: '1/10' });
    expect(refused.body.error?.message).toContain('"1/10" is no limit');
  });
});
