import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../../dev/stack/addresses.ts';
import { appSettings, explicitSettings, stackSettings } from '../../../dev/stack/app-settings.ts';

const ports = { functions: 1, broker: 2, tables: 3, channel: 4 };
const stack = stackSettings(addressesOf(ports, true));
const none = { file: {}, inherited: {}, stack, explicit: {} };

describe('settings of the app in the local stack', () => {
  it('point at the stack, tables spelled out in full because the port is not the usual one', () => {
    const { environment } = appSettings(none);
    expect(environment.ServiceBusConnection).toBe(
      'Endpoint=sb://localhost:2;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;',
    );
    expect(environment.TablesConnection).toContain('TableEndpoint=http://127.0.0.1:3/devstoreaccount1;');
    expect(environment.AzureWebJobsStorage).toBe(environment.TablesConnection);
  });

  it('take the file where nothing else speaks, and the inherited environment over it', () => {
    const file = { NOTIFIER_BURST: '9/1s', NOTIFIER_DEFAULT_TIME_ZONE: 'Europe/Rome' };
    const { environment } = appSettings({
      ...none,
      file,
      inherited: { NOTIFIER_BURST: '1/1s', UNSET: undefined },
    });
    expect(environment).toMatchObject({ NOTIFIER_BURST: '1/1s', NOTIFIER_DEFAULT_TIME_ZONE: 'Europe/Rome' });
    expect(environment).not.toHaveProperty('UNSET');
  });

  it("keep the stack's addresses over the file's and over those that happen to be inherited", () => {
    const elsewhere = { ServiceBusConnection: 'Endpoint=sb://elsewhere' };
    expect(
      appSettings({ ...none, file: elsewhere, inherited: elsewhere }).environment.ServiceBusConnection,
    ).toBe(stack.ServiceBusConnection);
  });

  it('give way to addresses that were set on purpose, and say which', () => {
    const explicit = explicitSettings({
      ServiceBusConnection: 'Endpoint=sb://elsewhere',
      TablesConnection: '',
      HOME: '/',
    });
    expect(explicit).toEqual({ ServiceBusConnection: 'Endpoint=sb://elsewhere' });
    const { environment, overridden } = appSettings({ ...none, explicit });
    expect(environment.ServiceBusConnection).toBe('Endpoint=sb://elsewhere');
    expect(overridden).toEqual(['ServiceBusConnection']);
  });
});
