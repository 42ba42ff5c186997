import { ServiceBusClient } from '@azure/service-bus';
import { defined } from '../../domain/defined.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ServiceAddress } from '../../settings/service-address.ts';
import { ServiceBusQueues } from './service-bus-queues.ts';

/** The SDK's own retries are few and short: messages come back by themselves. */
const options = { retryOptions: { maxRetries: 2, retryDelayInMs: 250, timeoutInMs: 10_000 } };

/** The app's queues. Opens no connection before the first send. */
export async function connectQueues(address: ServiceAddress, clock: Clock): Promise<ServiceBusQueues> {
  if (address.kind === 'connectionString') {
    return new ServiceBusQueues(new ServiceBusClient(address.value, options), clock);
  }
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential(defined({ managedIdentityClientId: address.clientId }));
  return new ServiceBusQueues(new ServiceBusClient(address.endpoint, credential, options), clock);
}
