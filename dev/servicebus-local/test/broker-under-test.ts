import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ServiceBusClient,
  type ServiceBusClientOptions,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import { expect, onTestFinished } from 'vitest';
import { type Broker, type BrokerOptions, startBroker } from '../broker.ts';

/** A broker with one queue `q` on a free port, closed when the test ends. */
export async function aBroker(options: Partial<BrokerOptions> = {}): Promise<Broker> {
  const broker = await startBroker({ port: 0, queues: [{ name: 'q' }], ...options });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await broker.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...broker, close };
}

/** A stock client of the broker, closed when the test ends. It gives up soon, so that a failure shows soon. */
export function aClient(
  { connectionString }: Pick<Broker, 'connectionString'>,
  options: ServiceBusClientOptions = {},
): ServiceBusClient {
  const retryOptions = { maxRetries: 3, retryDelayInMs: 50, timeoutInMs: 5000 };
  const client = new ServiceBusClient(connectionString, { retryOptions, ...options });
  onTestFinished(() => client.close());
  return client;
}

/** What is under way when a connection drops is tried again by the client only when its time is over. */
export const impatient: ServiceBusClientOptions = {
  retryOptions: { maxRetries: 5, retryDelayInMs: 50, timeoutInMs: 400 },
};

/** A folder for the journal, removed when the test ends. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broker-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Closes it when the test ends. */
export function onTestFinishedClose({ close }: { close(): Promise<void> }): void {
  onTestFinished(close);
}

/** The next message of a queue; fails when none comes within two seconds. */
export async function receiveOne(receiver: ServiceBusReceiver): Promise<ServiceBusReceivedMessage> {
  const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 2000 });
  return present(message);
}

/** The next `count` messages, in the order in which they came. */
export async function receiveAll(
  receiver: ServiceBusReceiver,
  count: number,
): Promise<ServiceBusReceivedMessage[]> {
  const received: ServiceBusReceivedMessage[] = [];
  while (received.length < count) {
    const some = await receiver.receiveMessages(count - received.length, { maxWaitTimeInMs: 2000 });
    expect(some, `${count} messages were expected, ${received.length} came`).not.toHaveLength(0);
    received.push(...some);
  }
  return received;
}

export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Expected something, found nothing.');
  return value;
}

/** The counts of one queue. */
export function countsOf(broker: Broker, queue = 'q') {
  return present(broker.stats().queues[queue]);
}
