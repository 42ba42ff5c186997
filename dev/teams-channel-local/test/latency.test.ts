import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawn, parseTimes } from '../limits/latency.ts';
import { parseChannelOptions, UsageError } from '../options.ts';
import { install, send } from './client.ts';
import { channelWithBot } from './fixture.ts';

describe('how long a way takes', () => {
  it('is the least and by chance more, ten times the jitter at most', () => {
    const latency = { least: 40, jitter: 20 };
    expect(drawn(latency, () => 0)).toBe(40);
    expect(drawn(latency, () => 1 - Math.exp(-1))).toBeCloseTo(60, 9);
    expect(drawn(latency, () => 1 - 1e-12)).toBe(240);
  });

  it('is one of those that were measured, each as likely as it is often there', () => {
    const times = [10, 10, 10, 90];
    expect([0, 0.25, 0.5, 0.74, 0.75, 0.999].map((next) => drawn({ times }, () => next))).toEqual([
      10, 10, 10, 10, 90, 90,
    ]);
  });

  it.each([
    ['', /no time in it/],
    ['10\nsoon', /line 2 is "soon" and must be milliseconds from 0 to 60000/],
    ['60001', /line 1 is "60001"/],
    ['-1', /line 1/],
  ])('is refused where the measured times read %j', (text, complaint) => {
    expect(() => parseTimes(text)).toThrow(complaint);
  });

  it('is read line by line', () => {
    expect(parseTimes('10\n\n 40.5 \r\n60000\n')).toEqual([10, 40.5, 60_000]);
  });
});

describe('the options', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latency-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('say how far away the channel is, by two numbers or by a file', () => {
    const file = join(folder, 'times');
    writeFileSync(file, '10\n20\n');
    expect(parseChannelOptions([])?.latency).toBeUndefined();
    expect(parseChannelOptions(['--latency', '40'])?.latency).toEqual({ least: 40, jitter: 0 });
    expect(parseChannelOptions(['--latency', '40', '--jitter', '0.5'])?.latency).toEqual({
      least: 40,
      jitter: 0.5,
    });
    expect(parseChannelOptions(['--latency-times', file])?.latency).toEqual({ times: [10, 20] });
  });

  it.each([
    [['--latency', '60001'], /--latency must be milliseconds/],
    [['--jitter', 'much'], /--jitter must be milliseconds/],
    [['--latency-times', '/no/such/file'], /--latency-times/],
    [['--latency-times', 'x', '--jitter', '1'], /takes the place/],
  ])('%j are refused', (args, complaint) => {
    expect(() => parseChannelOptions(args)).toThrow(UsageError);
    expect(() => parseChannelOptions(args)).toThrow(complaint);
  });
});

describe('a channel that is far away', () => {
  const fixture = channelWithBot({ latency: { least: 400, jitter: 0 } });

  it('shows and counts what arrives, and answers later still, refusals too', async () => {
    const { channel } = fixture;
    const conversation = await install(channel, 'ana');
    const message = { type: 'message', text: 'hello' };
    let isAnswered = false;
    const answer = send(channel, conversation, message).finally(() => {
      isAnswered = true;
    });
    expect(channel.stats().shown).toBe(0);
    await expect.poll(() => channel.stats().shown, { interval: 5 }).toBe(1);
    expect(isAnswered).toBe(false);
    expect((await answer).status).toBe(201);
    channel.setLimits({ requestsPerSecond: 1 });
    const refused = await Promise.all([1, 2].map(() => send(channel, conversation, message)));
    expect(refused.map(({ status }) => status).sort()).toEqual([201, 429]);
  });
});
