import { describe, expect, it } from 'vitest';
import { parseHostJson, readHostJson } from '../../app/host-json.ts';
import { parseTimeSpan } from '../../app/time-span.ts';
import { appFolder } from '../sample-app.ts';

describe('host.json', () => {
  it('has the defaults of the real host', () => {
    expect(parseHostJson({ version: '2.0' }, 'host.json')).toEqual({
      routePrefix: 'api',
      logLevels: { default: 'information' },
      serviceBus: {
        maxConcurrentCalls: 16,
        prefetchCount: 0,
        autoCompleteMessages: true,
        maxAutoLockRenewalMs: 300_000,
      },
    });
  });

  it('is taken as written, settings for Azure aside', () => {
    const settings = parseHostJson(
      {
        version: '2.0',
        extensionBundle: { id: 'x' },
        logging: { logLevel: { default: 'Warning', 'Function.orders': 'Debug' }, applicationInsights: {} },
        extensions: {
          http: { routePrefix: '' },
          serviceBus: {
            maxConcurrentCalls: 4,
            prefetchCount: 2,
            autoCompleteMessages: false,
            maxAutoLockRenewalDuration: '00:00:30',
          },
        },
      },
      'host.json',
    );
    expect(settings).toEqual({
      routePrefix: '',
      logLevels: { default: 'warning', 'Function.orders': 'debug' },
      serviceBus: {
        maxConcurrentCalls: 4,
        prefetchCount: 2,
        autoCompleteMessages: false,
        maxAutoLockRenewalMs: 30_000,
      },
    });
  });

  it('names every bad value at once', () => {
    const bad = {
      version: '1.0',
      logging: { logLevel: { default: 'Loud' } },
      extensions: { serviceBus: { maxConcurrentCalls: 0, maxAutoLockRenewalDuration: '5 minutes' } },
    };
    expect(() => parseHostJson(bad, 'host.json')).toThrow(
      /^host\.json is not valid\. version: has to be "2\.0"; logging\.logLevel\.default: "Loud" is not a log level.*; extensions\.serviceBus\.maxConcurrentCalls: .*; extensions\.serviceBus\.maxAutoLockRenewalDuration: "5 minutes" is not a time span/,
    );
  });

  it('says which file is missing or is no JSON', async () => {
    const folder = await appFolder({ 'package.json': {} });
    await expect(readHostJson(folder.directory)).rejects.toThrow(/host\.json cannot be read/);
    await folder.remove();
    const broken = await appFolder({ 'host.json': '{' });
    await expect(readHostJson(broken.directory)).rejects.toThrow(/host\.json is not valid JSON/);
    await broken.remove();
  });
});

describe('a time span', () => {
  it.each([
    ['00:05:00', 300_000],
    ['1.02:03:04.5', 93_784_500],
    ['00:00:00', 0],
    ['23:59', 86_340_000],
    ['2', 172_800_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseTimeSpan(text)).toBe(milliseconds);
  });

  it.each(['', '24:00:00', '00:60:00', '00:00:60', 'PT5M', '-00:00:01'])('%s is none', (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  });
});
