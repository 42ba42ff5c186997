import { ServiceBusClient, type ServiceBusMessage, type ServiceBusReceivedMessage } from '@azure/service-bus';
import rhea from 'rhea';
import { type Broker, type BrokerOptions, startBroker } from 'servicebus-local';

type QueueOptions = Omit<BrokerOptions['queues'][number], 'name'>;

/** A broker with the queue `orders`, and a client that is not the host's. */
export interface Orders {
  readonly broker: Broker;
  send(...messages: (ServiceBusMessage | object)[]): Promise<void>;
  /** Takes one message from the dead-letter queue, waiting for it. */
  deadLetter(): Promise<ServiceBusReceivedMessage>;
  /** Settles when nothing is left in the queue, neither waiting nor locked. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

export async function startOrders(options: QueueOptions = {}, port = 0): Promise<Orders> {
  const broker = await startBroker({ port, queues: [{ name: 'orders', ...options }] });
  const client = new ServiceBusClient(broker.connectionString);
  const sender = client.createSender('orders');
  return {
    broker,
    send: (...messages) =>
      sender.sendMessages(
        messages.map((each) => ('body' in each ? (each as ServiceBusMessage) : { body: each })),
      ), // as checked
    async deadLetter() {
      const receiver = client.createReceiver('orders', { subQueueType: 'deadLetter' });
      const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 10_000 });
      await receiver.close();
      if (!message) throw new Error('no dead letter came');
      return message;
    },
    async drained() {
      for (;;) {
        const counts = broker.stats().queues.orders;
        if (counts && counts.active + counts.locked === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      await client.close();
      await broker.close();
    },
  };
}

/** Sends as a plain AMQP 1.0 client does, which chooses sections and types by itself; settles when it is accepted. */
export async function sendAmqp(port: number, address: string, ...messages: rhea.Message[]): Promise<void> {
  const connection = rhea
    .create_container()
    .connect({ host: '127.0.0.1', port, username: 'any', reconnect: false });
  const sender = connection.open_sender(address);
  await new Promise<void>((resolve) => sender.once('sendable', () => resolve()));
  for (const message of messages) {
    const accepted = new Promise<void>((resolve) => sender.once('accepted', () => resolve()));
    sender.send(message);
    await accepted;
  }
  await new Promise<void>((resolve) => {
    connection.once('connection_close', () => resolve());
    connection.close();
  });
}
