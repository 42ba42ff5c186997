import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { parseDuration } from '../duration.ts';

function configOf(...queues: unknown[]): string {
  return JSON.stringify({
    UserConfig: { Namespaces: [{ Name: 'sbemulatorns', Queues: queues }], Logging: { Type: 'File' } },
  });
}

describe('a configuration', () => {
  it('is read in the shape of Microsoft’s emulator, without its limits', () => {
    const text = configOf(
      {
        Name: 'deliveries',
        Properties: {
          DeadLetteringOnMessageExpiration: true,
          DefaultMessageTimeToLive: 'P14D',
          DuplicateDetectionHistoryTimeWindow: 'PT20S',
          ForwardDeadLetteredMessagesTo: '',
          ForwardTo: '',
          LockDuration: 'PT0.5S',
          MaxDeliveryCount: 100,
          RequiresDuplicateDetection: true,
          RequiresSession: false,
        },
      },
      { Name: 'plain' },
    );
    expect(parseConfig(text, 'c.json')).toEqual([
      {
        name: 'deliveries',
        lockMs: 500,
        maxDeliveryCount: 100,
        timeToLiveMs: 14 * 24 * 3_600_000,
        deadLetterOnExpiry: true,
        duplicateWindowMs: 20_000,
      },
      {
        name: 'plain',
        lockMs: 60_000,
        maxDeliveryCount: 10,
        timeToLiveMs: Number.POSITIVE_INFINITY,
        deadLetterOnExpiry: false,
        duplicateWindowMs: 0,
      },
    ]);
  });

  it('remembers no message ids unless the queue requires duplicate detection', () => {
    const text = configOf({ Name: 'q', Properties: { DuplicateDetectionHistoryTimeWindow: 'PT1M' } });
    expect(parseConfig(text, 'c.json')[0]?.duplicateWindowMs).toBe(0);
  });

  it.each([
    ['no JSON', 'x', /c\.json is not JSON/],
    ['another shape', '{}', /UserConfig/],
    [
      'sessions',
      configOf({ Name: 'q', Properties: { RequiresSession: true } }),
      /Sessions are not supported/,
    ],
    ['forwarding', configOf({ Name: 'q', Properties: { ForwardTo: 'r' } }), /Forwarding is not supported/],
    [
      'a bad duration',
      configOf({ Name: 'q', Properties: { LockDuration: '1m' } }),
      /"1m" is no ISO 8601 duration/,
    ],
    ['a bad name', configOf({ Name: 'a$b' }), /no name of a Service Bus queue/],
    ['an unknown setting', configOf({ Name: 'q', Properties: { LockTime: 'PT1M' } }), /LockTime/],
    ['a name twice', configOf({ Name: 'q' }, { Name: 'Q' }), /names the queue "Q" twice/],
    [
      'topics',
      JSON.stringify({ UserConfig: { Namespaces: [{ Topics: [{ Name: 't' }] }] } }),
      /Topics are not supported/,
    ],
  ])('is refused with the reason when it has %s', (_what, text, reason) => {
    expect(() => parseConfig(text, 'c.json')).toThrow(reason);
  });
});

describe('a duration', () => {
  it.each([
    ['PT1M', 60_000],
    ['P1DT2H3M4.5S', 93_784_500],
    ['P14D', 1_209_600_000],
    ['P10675199DT2H48M5.4775807S', Number.POSITIVE_INFINITY],
    ['PT0S', 0],
  ])('%s has %d milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 'P', 'PT', 'P1DT', '1M', 'P1M', 'P1Y', '-PT1M', 'PT1M '])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
