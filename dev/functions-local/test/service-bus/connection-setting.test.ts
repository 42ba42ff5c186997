import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../../app/settings.ts';
import { connectionString } from '../../service-bus/connection-setting.ts';

const resolve = (environment: Record<string, string>) =>
  connectionString('ServiceBusConnection', 'orders', settingsFrom(environment));

describe('the connection of a Service Bus trigger', () => {
  it('is the connection string in the app setting', () => {
    expect(resolve({ ServiceBusConnection: 'Endpoint=sb://x' })).toBe('Endpoint=sb://x');
    expect(resolve({ AzureWebJobsServiceBusConnection: 'Endpoint=sb://x' })).toBe('Endpoint=sb://x');
  });

  it('by identity is refused, with the remedy', () => {
    expect(() =>
      resolve({ ServiceBusConnection__fullyQualifiedNamespace: 'ns.servicebus.windows.net' }),
    ).toThrow(
      'Function "orders": ServiceBusConnection__fullyQualifiedNamespace is set ("ns.servicebus.windows.net"), but ' +
        'signing in with an identity works in Azure only. Set ServiceBusConnection to a connection string',
    );
  });

  it('that is missing stops the host, and names the setting', () => {
    expect(() => resolve({})).toThrow(
      'Function "orders": the app setting "ServiceBusConnection" is missing or empty.',
    );
  });
});
