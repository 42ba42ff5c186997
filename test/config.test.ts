import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsShown, InvalidSettings, loadConfig, settings } from '../shared/config.ts';
import type { SettingFault } from '../shared/settings/setting-reader.ts';

const local = {
  // As the functions host of the local stack says it.
  NOTIFIER_LISTENS_ON: '127.0.0.1',
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

async function faultsOf(env: { readonly [key: string]: string }): Promise<readonly string[]> {
  return (await saidOf(env)).map(({ key }) => key);
}

async function saidOf(env: { readonly [key: string]: string }): Promise<readonly SettingFault[]> {
  try {
    await loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults;
    throw error;
  }
}

describe('settings', () => {
  it('have the defaults that the contract names', async () => {
    expect(await loadConfig(local)).toMatchObject({
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

  it('of an identity lead to endpoints', async () => {
    expect(await loadConfig(deployed)).toMatchObject({
      environment: 'deployed',
      tables: { kind: 'identity', endpoint: 'https://x.table.core.windows.net', clientId: 'client' },
      serviceBus: { kind: 'identity', endpoint: 'x.servicebus.windows.net' },
      bot: { appId: 'app', appType: 'UserAssignedMSI', tenantId: 'tenant' },
    });
  });

  it('that are bad are all named at once, each with its rule', async () => {
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
    expect(await faultsOf(bad)).toEqual([
      'NOTIFIER_SEND_TIMEOUT',
      'NOTIFIER_REQUESTS_PER_SECOND',
      'NOTIFIER_THREAD_LIMITS',
      'NOTIFIER_TRUSTED_SERVICE_URLS',
      'NOTIFIER_DEFAULT_TIME_ZONE',
      'NOTIFIER_BURST',
      'NOTIFIER_CLAIM_LEASE',
    ]);
    await expect(loadConfig(bad)).rejects.toThrow(
      /NOTIFIER_BURST: is "3\/60s,4\/60s" and must be one limit such as 3\/60s, of 1 to 100000 messages in 100ms to 1h/,
    );
  });

  it('without an app id stop the app everywhere but in the local stack', async () => {
    const { MicrosoftAppId: _id, ...without } = deployed;
    expect(await faultsOf(without)).toEqual(['MicrosoftAppId']);
    expect((await saidOf(without))[0]?.message).toContain('whose host listens on loopback alone');
    expect(await faultsOf(local)).toEqual([]);
  });

  it('trust this machine in the local stack only', async () => {
    expect((await loadConfig(local)).trustedServiceUrls.trusts('http://127.0.0.1:5/')).toBe(true);
    expect((await loadConfig(deployed)).trustedServiceUrls.trusts('http://127.0.0.1:5/')).toBe(false);
  });

  it('believe everybody in the local stack only, and there only unless channels are named', async () => {
    const channelsOf = async (env: object) => (await loadConfig({ ...env })).vouching.channels;
    const named = { NOTIFIER_VOUCHED_CHANNELS: ' MSTeams, telegram ' };
    expect(await channelsOf(local)).toBe('all');
    expect(await channelsOf({ ...local, ...named })).toEqual(new Set(['msteams', 'telegram']));
    expect(await channelsOf({ ...deployed, ...named })).toEqual(new Set(['msteams', 'telegram']));
    expect([...(await channelsOf(deployed))].sort()).toEqual([
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
  ])('never believe the channels %j', async (value, message) => {
    for (const env of [local, deployed]) {
      const settings = { ...env, NOTIFIER_VOUCHED_CHANNELS: value };
      expect(await faultsOf(settings)).toEqual(['NOTIFIER_VOUCHED_CHANNELS']);
      await expect(loadConfig(settings)).rejects.toThrow(message);
    }
  });

  it('that nothing can be reached without are asked for', async () => {
    expect(await faultsOf({ NOTIFIER_LISTENS_ON: '127.0.0.1' })).toEqual([
      'TablesConnection',
      'ServiceBusConnection',
    ]);
  });

  it('have the values that operators are shown where nothing is given', async () => {
    const { shown: _given, ...given } = await loadConfig({ ...deployed, ...defaultsShown });
    const { shown, ...absent } = await loadConfig(deployed);
    expect(given).toEqual(absent);
    expect(shown.find(({ name }) => name === 'NOTIFIER_BURST')).toMatchObject({
      value: '3/60s',
      from: 'default',
    });
  });

  it('are shown to operators, and nothing of what may be a key', async () => {
    const secret = 'Endpoint=sb://x;SharedAccessKey=geheim';
    const { shown } = await loadConfig({
      ...deployed,
      ServiceBusConnection: secret,
      APPLICATIONINSIGHTS_CONNECTION_STRING: secret,
      MicrosoftAppPassword: secret,
      NOTIFIER_BURST: '5/60s',
    });
    expect(shown.map(({ name }) => name)).toEqual(Object.keys(settings));
    expect(JSON.stringify(shown)).not.toContain('geheim');
    const shownAs = (wanted: string) => shown.find(({ name }) => name === wanted);
    expect(shownAs('ServiceBusConnection')).toMatchObject({ value: 'set', from: 'given' });
    // By identity.
    expect(shownAs('TablesConnection')).toMatchObject({ value: 'set', from: 'given' });
    expect(shownAs('NOTIFIER_BURST')).toMatchObject({ value: '5/60s', from: 'given' });
    expect(shownAs('MicrosoftAppId')).toMatchObject({ value: 'app', from: 'given' });
    expect(shownAs('NOTIFIER_DIRECTORY')).toMatchObject({ value: '', from: 'default' });
  });

  it.each([
    ['nothing said', {}, undefined],
    ['off', { NOTIFIER_CONSOLE: 'off', WEBSITE_AUTH_ENABLED: 'True' }, undefined],
    ['on without a sign-in', { NOTIFIER_CONSOLE: 'on' }, undefined],
    ['on with a sign-in that is off', { NOTIFIER_CONSOLE: 'on', WEBSITE_AUTH_ENABLED: 'False' }, undefined],
    ['a sign-in alone', { WEBSITE_AUTH_ENABLED: 'True' }, undefined],
    ['both', { NOTIFIER_CONSOLE: 'on', WEBSITE_AUTH_ENABLED: 'True' }, 'app-service'],
    // What a local stack says of itself counts for nothing where a platform serves the world.
    [
      'on in Azure, by settings that were copied from a local stack',
      { NOTIFIER_CONSOLE: 'on', NOTIFIER_LISTENS_ON: '127.0.0.1', WEBSITE_INSTANCE_ID: 'i' },
      undefined,
    ],
  ])('have a console with %s: %j', async (_what, env, signIn) => {
    expect((await loadConfig({ ...deployed, ...env })).console).toBe(signIn);
  });

  it('have a console on the local stack, unless they say off', async () => {
    expect((await loadConfig(local)).console).toBe('nobody');
    expect((await loadConfig({ ...local, NOTIFIER_CONSOLE: 'off' })).console).toBeUndefined();
    expect(await faultsOf({ ...local, NOTIFIER_CONSOLE: 'yes' })).toEqual(['NOTIFIER_CONSOLE']);
  });

  it('are all named in local.settings.sample.json', async () => {
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
    expect(await faultsOf({ ...sample.Values, NOTIFIER_LISTENS_ON: '127.0.0.1' })).toEqual([]);
  });

  it.each([
    ['127.0.0.1', {}, []],
    ['::1', {}, []],
    // Whatever else says that this is somebody's own machine, a container among them that copied it.
    ['', { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' }, ['MicrosoftAppId']],
    ['0.0.0.0', { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' }, ['MicrosoftAppId']],
    ['::', {}, ['MicrosoftAppId']],
    ['127.0.0.1.evil.example', {}, ['MicrosoftAppId']],
    ['127.0.0.1', { WEBSITE_INSTANCE_ID: 'an instance' }, ['MicrosoftAppId']],
    ['127.0.0.1', { CONTAINER_APP_NAME: 'notifier' }, ['MicrosoftAppId']],
    ['127.0.0.1', { CONTAINER_APP_REVISION: 'notifier--1' }, ['MicrosoftAppId']],
  ])(
    'let an app that listens on "%s" run without an app id only on loopback (%j)',
    async (host, more, faults) => {
      const { NOTIFIER_LISTENS_ON: _host, ...rest } = local;
      expect(await faultsOf({ ...rest, ...more, NOTIFIER_LISTENS_ON: host })).toEqual(faults);
    },
  );

  it.each([
    [
      'NOTIFIER_REQUESTS_PER_SECOND',
      ['0.1', '50', '100000'],
      ['0', '0.09', '100001', '1e308', '1e2', '0x10', '-1', 'NaN', ''],
    ],
    [
      'NOTIFIER_DIRECTORY',
      ['https://graph.microsoft.com', 'https://graph.microsoft.us/'],
      [
        'graph.microsoft.com',
        'http://graph.microsoft.com',
        'https://graph.microsoft.com.evil.example',
        'https://graph.microsoft.com:8443',
        'https://graph.microsoft.com/v1.0',
        'https://me@graph.microsoft.com',
        'http://127.0.0.1:9000',
      ],
    ],
    ['NOTIFIER_FORGET_AFTER_DAYS', ['7', '180', '3650'], ['6.9', '3651', '0', 'never']],
    ['NOTIFIER_RETENTION_DAYS', ['1', '1.5', '3650'], ['1e-9', '0.9', '3651', '0', 'a month']],
    ['NOTIFIER_DIALOG_IDLE_MINUTES', ['1', '15', '1440'], ['0.5', '0', '1441', '99999999999', '1e3']],
    ['NOTIFIER_SEND_TIMEOUT', ['1s', '1000ms', '16s'], ['999ms', '61s', '15', '1h', '0s']],
    ['NOTIFIER_CLAIM_LEASE', ['55s', '60s', '10m'], ['54999ms', '15001ms', '11m', '60', '9999999h']],
    [
      'NOTIFIER_THREAD_LIMITS',
      ['1/100ms', '100000/1s', '1800/1h', '7/1s,8/2s'],
      [
        '1/99ms',
        '100001/1s',
        '1800/2h',
        '9999999/1s',
        '7/9999999h',
        Array.from({ length: 11 }, () => '1/1s').join(','),
      ],
    ],
    [
      'NOTIFIER_BURST',
      ['3/60s', '1/100ms', '100000/1h'],
      ['3/2h', '100001/1s', '3/60s,4/60s', '9999999/9999999h'],
    ],
  ])('of %s are taken within bounds that can be meant, and refused beyond', async (key, good, bad) => {
    for (const value of good) expect(await faultsOf({ ...deployed, [key]: value }), value).toEqual([]);
    for (const value of bad) {
      const expected = value === '' ? [] : [key];
      expect(await faultsOf({ ...deployed, [key]: value }), value).toEqual(expected);
    }
  });

  it('make a claim hold for as long as all requests under it can take, and say what these are', async () => {
    const tight = { ...deployed, NOTIFIER_SEND_TIMEOUT: '15s', NOTIFIER_CLAIM_LEASE: '15001ms' };
    expect(await saidOf(tight)).toEqual([
      {
        key: 'NOTIFIER_CLAIM_LEASE',
        message:
          'is 15001ms and must be 55000ms at least: 3 times NOTIFIER_SEND_TIMEOUT (15000ms: a message, the making of a conversation that was forgotten, the message again) and 10s for a token. A claim that ends while its worker sends lets another send the same',
      },
    ]);
    // Without an app id no token is asked for.
    const settings = { ...local, NOTIFIER_SEND_TIMEOUT: '2s' };
    expect(await faultsOf({ ...settings, NOTIFIER_CLAIM_LEASE: '6000ms' })).toEqual([]);
    expect(await faultsOf({ ...settings, NOTIFIER_CLAIM_LEASE: '5999ms' })).toEqual(['NOTIFIER_CLAIM_LEASE']);
  });

  it.each([
    '*.blob.core.windows.net',
    '*.core.windows.net',
    '*.windows.net',
    '*.github.io',
    '*.co.uk',
    '*.com',
    '*.ck',
    '*.trafficmanager.net',
    '*.azure.com',
    '*.cloudapp.azure.com',
    '*.westeurope.cloudapp.azure.com',
    '*.herokuapp.com',
    '*.0.0.1',
    '*.127.0.0.1',
    '*.[::1]',
    '*.0x7f.1',
  ])('do not trust %s, below which anybody can register a name', async (host) => {
    const env = { ...deployed, NOTIFIER_TRUSTED_SERVICE_URLS: `smba.trafficmanager.net, ${host}` };
    expect(await faultsOf(env)).toEqual(['NOTIFIER_TRUSTED_SERVICE_URLS']);
  });

  it('trust hosts below names that somebody owns, and single hosts below others', async () => {
    const hosts = '*.botframework.com, *.botframework.azure.us, mine.github.io, bot.example.co.uk:8443';
    const { trustedServiceUrls } = await loadConfig({ ...deployed, NOTIFIER_TRUSTED_SERVICE_URLS: hosts });
    expect(trustedServiceUrls.trusts('https://europe.directline.botframework.com/')).toBe(true);
    expect(trustedServiceUrls.trusts('https://mine.github.io/')).toBe(true);
    expect(trustedServiceUrls.trusts('https://other.github.io/')).toBe(false);
  });

  it('of any kind whatever never end in anything but a configuration or the list of what is bad', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '1e308',
        '-0',
        'Infinity',
        '1/1s',
        '*',
        '*.',
        '*..',
        'https://',
        '[::1]',
        '__proto__',
        '\u0000',
      ),
      fc.tuple(fc.integer(), fc.constantFrom('', 's', 'ms', 'h', '/1s', 'd')).map((parts) => parts.join('')),
    );
    const names = [...Object.keys(settings), 'NOTIFIER_LISTENS_ON', 'WEBSITE_INSTANCE_ID'];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), texts), async (env) => {
        const keys = await faultsOf(env);
        for (const key of keys) expect(names).toContain(key);
        // Each bad one is named beside what is missing, however many there are.
        const worse = await faultsOf({ ...env, NOTIFIER_BURST: 'x', NOTIFIER_SEND_TIMEOUT: 'x' });
        expect(worse).toEqual(expect.arrayContaining(['NOTIFIER_BURST', 'NOTIFIER_SEND_TIMEOUT']));
      }),
      { numRuns: 300 },
    );
  });

  it('that are long are shown shortened', async () => {
    const [fault] = await saidOf({ ...deployed, NOTIFIER_BURST: 'x'.repeat(100_000) });
    expect(fault?.message.length).toBeLessThan(300);
  });
});
