import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidSettings, loadConfig, settings } from '../shared/config.ts';

const local = {
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  TablesConnection: 'UseDevelopmentStorage=true',
  ServiceBusConnection: 'Endpoint=sb://localhost',
};
const deployed = {
  TablesConnection__tableServiceUri: 'https://x.table.core.windows.net',
  ServiceBusConnection__fullyQualifiedNamespace: 'x.servicebus.windows.net',
  AZURE_CLIENT_ID: 'client',
  MicrosoftAppId: 'app',
  MicrosoftAppTenantId: 'tenant',
};

function faultsOf(env: { readonly [key: string]: string }): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults.map(({ key }) => key);
    throw error;
  }
}

describe('settings', () => {
  it('have the defaults that the contract names', () => {
    expect(loadConfig(local)).toMatchObject({
      environment: 'local',
      requestsPerSecond: 50,
      threadLimits: [
        { count: 7, window: 1000 },
        { count: 8, window: 2000 },
        { count: 60, window: 30_000 },
        { count: 1800, window: 3_600_000 },
      ],
      defaultTimeZone: 'UTC',
      dialogIdle: 900_000,
      burst: { count: 3, window: 60_000 },
      sendTimeout: 15_000,
      claimLease: 60_000,
    });
  });

  it('of an identity lead to endpoints', () => {
    expect(loadConfig(deployed)).toMatchObject({
      environment: 'deployed',
      tables: { kind: 'identity', endpoint: 'https://x.table.core.windows.net', clientId: 'client' },
      serviceBus: { kind: 'identity', endpoint: 'x.servicebus.windows.net' },
      bot: { appId: 'app', appType: 'UserAssignedMSI', tenantId: 'tenant' },
    });
  });

  it('that are bad are all named at once, each with its rule', () => {
    const bad = {
      ...deployed,
      NOTIFIER_REQUESTS_PER_SECOND: '-1',
      NOTIFIER_THREAD_LIMITS: '7 a second',
      NOTIFIER_TRUSTED_SERVICE_URLS: 'https://x/y',
      NOTIFIER_DEFAULT_TIME_ZONE: 'Mars/Olympus',
      NOTIFIER_BURST: '3/60s,4/60s',
      NOTIFIER_SEND_TIMEOUT: '15',
      NOTIFIER_CLAIM_LEASE: '10s',
    };
    expect(faultsOf(bad)).toEqual([
      'NOTIFIER_SEND_TIMEOUT',
      'NOTIFIER_REQUESTS_PER_SECOND',
      'NOTIFIER_THREAD_LIMITS',
      'NOTIFIER_TRUSTED_SERVICE_URLS',
      'NOTIFIER_DEFAULT_TIME_ZONE',
      'NOTIFIER_BURST',
      'NOTIFIER_CLAIM_LEASE',
    ]);
    expect(() => loadConfig(bad)).toThrow(
      /NOTIFIER_BURST: is "3\/60s,4\/60s" and must be one limit such as 3\/60s/,
    );
  });

  it('without an app id stop the app everywhere but in the local stack', () => {
    const { MicrosoftAppId: _id, ...without } = deployed;
    expect(faultsOf(without)).toEqual(['MicrosoftAppId']);
    expect(faultsOf({ ...local, WEBSITE_INSTANCE_ID: 'an instance of Azure' })).toContain('MicrosoftAppId');
    expect(faultsOf(local)).toEqual([]);
  });

  it('trust this machine in the local stack only', () => {
    expect(loadConfig(local).trustedServiceUrls.trusts('http://127.0.0.1:5/')).toBe(true);
    expect(loadConfig(deployed).trustedServiceUrls.trusts('http://127.0.0.1:5/')).toBe(false);
  });

  it('believe everybody in the local stack only, and there only unless channels are named', () => {
    const channelsOf = (env: object) => loadConfig({ ...env }).vouching.channels;
    const named = { NOTIFIER_VOUCHED_CHANNELS: ' MSTeams, telegram ' };
    expect(channelsOf(local)).toBe('all');
    expect(channelsOf({ ...local, ...named })).toEqual(new Set(['msteams', 'telegram']));
    expect(channelsOf({ ...deployed, ...named })).toEqual(new Set(['msteams', 'telegram']));
    expect([...channelsOf(deployed)].sort()).toEqual([
      'email',
      'facebook',
      'groupme',
      'kakaotalk',
      'kik',
      'line',
      'msteams',
      'skype',
      'slack',
      'sms',
      'telegram',
      'twilio-sms',
      'viber',
      'wechat',
    ]);
  });

  it.each([
    ['msteams,webchat', 'holds "webchat": there the client chooses its own id'],
    ['DirectLine', 'holds "directline": there the client chooses'],
    ['directlinespeech', 'holds "directlinespeech": there the client chooses'],
    ['emulator', 'holds "emulator": there the client chooses'],
    ['msteam', 'holds "msteam": no channel that is known to vouch for its users; known are msteams, slack'],
    ['msteams,,slack', 'holds "": an empty entry; remove the comma too many'],
  ])('never believe the channels %j', (value, message) => {
    for (const env of [local, deployed]) {
      const settings = { ...env, NOTIFIER_VOUCHED_CHANNELS: value };
      expect(faultsOf(settings)).toEqual(['NOTIFIER_VOUCHED_CHANNELS']);
      expect(() => loadConfig(settings)).toThrow(message);
    }
  });

  it('that nothing can be reached without are asked for', () => {
    expect(faultsOf({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toEqual([
      'TablesConnection',
      'ServiceBusConnection',
    ]);
  });

  it('are all named in local.settings.sample.json', () => {
    const sample = JSON.parse(
      readFileSync(new URL('../local.settings.sample.json', import.meta.url), 'utf8'),
    ) as {
      readonly Values: { readonly [key: string]: string };
    };
    const host = ['FUNCTIONS_WORKER_RUNTIME', 'AZURE_FUNCTIONS_ENVIRONMENT'];
    expect(
      Object.keys(sample.Values)
        .filter((key) => !host.includes(key))
        .sort(),
    ).toEqual(Object.keys(settings).sort());
    expect(faultsOf({ ...sample.Values, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toEqual([]);
  });
});
