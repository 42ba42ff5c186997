import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionsHost, startHost } from '../../dev/functions-local/host.ts';
import { readSettings } from '../../functions/settings.ts';
import { InvalidSettings } from '../../shared/config.ts';

const secret = 'Endpoint=sb://x;SharedAccessKey=geheim';
/** Settings as somebody might leave them in Azure: one is missing, one is a connection string in the wrong place. */
const deployed = {
  AZURE_FUNCTIONS_ENVIRONMENT: 'Production',
  WEBSITE_INSTANCE_ID: 'i1',
  TablesConnection: 'UseDevelopmentStorage=true',
  ServiceBusConnection: undefined,
  ServiceBusConnection__fullyQualifiedNamespace: undefined,
  MicrosoftAppId: 'app',
  MicrosoftAppTenantId: 'tenant',
  MicrosoftAppType: secret,
  NOTIFIER_TRUSTED_SERVICE_URLS: 'smba.trafficmanager.net,ftp://geheim',
};

describe('an app that is deployed with settings that it cannot use', () => {
  let host: FunctionsHost;
  const errors: string[] = [];
  const lines: string[] = [];
  const original = console.error;

  beforeAll(async () => {
    console.error = (line: string) => void errors.push(line);
    host = await startHost({
      app: () => import('../../functions/main.ts'),
      port: 0,
      env: deployed,
      write: (line) => void lines.push(line),
    });
  });
  afterAll(async () => {
    console.error = original;
    await host?.stop();
  });

  it('has its HTTP functions and nothing that takes messages or wakes up', () => {
    expect(host.functions.toSorted()).toEqual([
      'cancel',
      'console',
      'export',
      'health',
      'hooks',
      'messages',
      'notifications',
      'publish',
    ]);
  });

  it('says at its health which they are and what cures each, and no value', async () => {
    const response = await fetch(`${host.baseUrl}/api/health`);
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toEqual([
      503,
      {
        status: 'failing',
        parts: { settings: 'failing' },
        faults: [
          {
            path: 'MicrosoftAppType',
            message: 'is "…" and must be UserAssignedMSI, SingleTenant or MultiTenant',
          },
          {
            path: 'ServiceBusConnection',
            message:
              'is missing; set it to a connection string, or set ServiceBusConnection__fullyQualifiedNamespace',
          },
          { path: 'NOTIFIER_TRUSTED_SERVICE_URLS', message: expect.stringContaining('"…"') },
        ],
        version: 'unbuilt',
      },
    ]);
    expect(text).not.toContain('geheim');
  });

  it.each([
    ['POST', 'messages'],
    ['POST', 'events'],
    ['OPTIONS', 'events'],
    ['GET', 'notifications/x'],
    ['DELETE', 'notifications/x'],
  ])('answers %s %s with 503 and where to look', async (method, route) => {
    const response = await fetch(`${host.baseUrl}/api/${route}`, { method });
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        type: 'urn:notifier:problem:invalid-settings',
        title: 'The app has settings that it cannot use',
        status: 503,
        code: 'invalid-settings',
        error: 'invalid-settings',
        faults: [{ path: '', message: expect.stringContaining('GET /api/health') }],
      },
    ]);
  });

  it('logs an error with the names when it starts and when its health is asked for', async () => {
    const line = JSON.stringify({
      v: 1,
      event: 'settings.invalid',
      keys: 'MicrosoftAppType ServiceBusConnection NOTIFIER_TRUSTED_SERVICE_URLS',
      faults: 3,
    });
    expect(errors).toEqual([line]);
    await fetch(`${host.baseUrl}/api/health`);
    expect(lines.filter((each) => each.includes(line)).length).toBeGreaterThan(0);
  });
});

describe('the local stack', () => {
  it('stops with every bad key and its value', async () => {
    const env = { NOTIFIER_LISTENS_ON: '127.0.0.1', NOTIFIER_BURST: 'many' };
    await expect(readSettings(env)).rejects.toThrow(InvalidSettings);
    await expect(readSettings(env)).rejects.toThrow(/TablesConnection: .*ServiceBusConnection: .*"many"/s);
  });

  it('names no line of the code for a bad setting, which is not to blame', async () => {
    const fault: unknown = await readSettings({ NOTIFIER_LISTENS_ON: '127.0.0.1' }).catch((error) => error);
    expect(fault).toBeInstanceOf(InvalidSettings);
    expect(fault instanceof Error && fault.stack).not.toMatch(/^\s+at /m);
  });
});
