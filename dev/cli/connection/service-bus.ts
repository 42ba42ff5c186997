import type { ServiceBusClient } from '@azure/service-bus';
import type { Target } from './addresses.ts';
import { using } from './failures.ts';
import { knock } from './knock.ts';

// A person waits: what does not answer within seconds is said, not retried.
const options = { retryOptions: { maxRetries: 1, retryDelayInMs: 200, timeoutInMs: 4000 } };

/** Runs work with a client of the broker, which is closed afterwards. Throws `CommandFailed` where it cannot be used. */
export async function withBroker<T>(
  target: Target,
  work: (client: ServiceBusClient) => Promise<T>,
): Promise<T> {
  const [client] = await Promise.all([connect(target), knock(target)]);
  try {
    return await using(target, () => work(client));
  } finally {
    await client.close();
  }
}

async function connect({ address }: Target): Promise<ServiceBusClient> {
  const { ServiceBusClient: Client } = await import('@azure/service-bus');
  if (address.kind === 'connectionString') return new Client(address.value, options);
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new Client(address.endpoint, new DefaultAzureCredential(), options);
}
