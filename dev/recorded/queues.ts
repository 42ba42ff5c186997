import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { defined } from '../../shared/domain/defined.ts';
import { fromBytes, type RecordedMessage, toBytes } from './store-file.ts';

const PAGE = 200;

/** Everything that lies in these queues, what somebody holds and what is due later included; nothing is taken out. */
export async function readQueues(
  connectionString: string,
  names: readonly string[],
): Promise<readonly RecordedMessage[]> {
  const client = new ServiceBusClient(connectionString);
  try {
    const messages: RecordedMessage[] = [];
    for (const queue of names) messages.push(...(await readQueue(client, queue)));
    return messages;
  } finally {
    await client.close();
  }
}

async function readQueue(client: ServiceBusClient, queue: string): Promise<readonly RecordedMessage[]> {
  const receiver = client.createReceiver(queue, { skipParsingBodyAsJson: true });
  const messages: RecordedMessage[] = [];
  for (;;) {
    // The receiver remembers how far it has looked.
    const page = await receiver.peekMessages(PAGE);
    for (const message of page) {
      const { body, messageId, contentType, applicationProperties, scheduledEnqueueTimeUtc } = message;
      messages.push({
        queue,
        enqueuedAt: message.enqueuedTimeUtc?.getTime() ?? 0,
        ...(message.state === 'scheduled' && scheduledEnqueueTimeUtc !== undefined
          ? { visibleAt: scheduledEnqueueTimeUtc.getTime() }
          : {}),
        ...(messageId === undefined ? {} : { messageId: String(messageId) }),
        ...defined({ contentType }),
        ...(Object.keys(applicationProperties ?? {}).length === 0
          ? {}
          : { properties: plain(applicationProperties ?? {}) }),
        body: fromBytes(Buffer.from(body)),
      });
    }
    if (page.length === 0) return messages;
  }
}

/** Puts recorded messages on their queues, each to become visible when it would have. */
export async function writeQueues(
  connectionString: string,
  messages: readonly RecordedMessage[],
): Promise<void> {
  const client = new ServiceBusClient(connectionString);
  try {
    for (const [queue, own] of Map.groupBy(messages, (message) => message.queue)) {
      const sender = client.createSender(queue);
      await sender.sendMessages(own.map(toMessage));
    }
  } finally {
    await client.close();
  }
}

function toMessage({
  body,
  visibleAt,
  messageId,
  contentType,
  properties,
}: RecordedMessage): ServiceBusMessage {
  return {
    body: toBytes(body),
    ...(visibleAt === undefined ? {} : { scheduledEnqueueTimeUtc: new Date(visibleAt) }),
    ...defined({ messageId, contentType, applicationProperties: properties }),
  };
}

function plain(properties: { readonly [name: string]: unknown }): NonNullable<RecordedMessage['properties']> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value] as const]
        : [],
    ),
  );
}
