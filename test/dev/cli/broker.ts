import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { afterAll } from 'vitest';
import { type Broker, startBroker } from '../../../dev/servicebus-local/broker.ts';
import { queues } from '../../../shared/manifest.ts';

/** A real broker with the app's queues, and a stock client to look into them. Both end with the test file. */
export async function aBroker() {
  const broker: Broker = await startBroker({
    port: 0,
    queues: queues.map(({ name, requiresDuplicateDetection }) => ({
      name,
      duplicateWindowMs: requiresDuplicateDetection ? 600_000 : 0,
    })),
  });
  const client = new ServiceBusClient(broker.connectionString);
  afterAll(async () => {
    await client.close();
    await broker.close();
  });
  return {
    connection: broker.connectionString,
    host: `localhost:${broker.port}`,
    client,

    /** Takes everything off a queue; the bodies come as bytes. */
    async takeAll(queue: string): Promise<readonly ServiceBusReceivedMessage[]> {
      const receiver = client.createReceiver(queue, {
        receiveMode: 'receiveAndDelete',
        skipParsingBodyAsJson: true,
      });
      const taken: ServiceBusReceivedMessage[] = [];
      const waiting = () => broker.stats().queues[queue]?.active ?? 0;
      // As many as there are: asked for more, the client would wait for them.
      while (waiting() > 0) taken.push(...(await receiver.receiveMessages(Math.min(100, waiting()))));
      await receiver.close();
      return taken;
    },

    /** Sends messages and makes dead letters of them. */
    async deadLetter(queue: string, ...messages: readonly DeadLetter[]): Promise<void> {
      const sender = client.createSender(queue);
      const receiver = client.createReceiver(queue, { receiveMode: 'peekLock' });
      for (const message of messages) {
        await sender.sendMessages({ ...message });
        const [received] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
        if (received === undefined) throw new Error('the message was not there');
        await receiver.deadLetterMessage(received, {
          deadLetterReason: 'MaxDeliveryCountExceeded',
          deadLetterErrorDescription: 'tried 10 times',
        });
      }
      await Promise.all([sender.close(), receiver.close()]);
    },
  };
}

export interface DeadLetter {
  readonly body: unknown;
  readonly messageId?: string;
  readonly contentType?: string;
  readonly applicationProperties?: { readonly [name: string]: string };
}

/** The body of a received message as JSON. */
export function jsonOf(message: ServiceBusReceivedMessage | undefined): unknown {
  return JSON.parse(Buffer.from(message?.body).toString('utf8'));
}
