import type {
  MessageHandlers,
  ServiceBusClient,
  ServiceBusReceivedMessage,
  ServiceBusReceiver,
} from '@azure/service-bus';
import { HostError, messageOf } from '../core/errors.ts';
import type { LogSink } from '../core/invocation.ts';
import { type Outage, watchOutage } from './outage.ts';
import type { Delivery, MessageSource, ReceivedMessage } from './received-message.ts';
import { Settlements } from './settlements.ts';

/** A queue, or a topic with one of its subscriptions. */
export type Entity = { queue: string } | { topic: string; subscription: string };

/** The stock Service Bus client, one per connection string, with one receiver per function. */
export interface ServiceBusConnections {
  /**
   * @param count messages to ask for ahead of their settlement: those in work and those prefetched.
   * @throws HostError for a connection string that cannot be used.
   */
  source(
    connection: { setting: string; connectionString: string },
    entity: Entity,
    count: number,
  ): Promise<MessageSource>;
  close(): Promise<void>;
}

interface Connection {
  client: ServiceBusClient;
  outage: Outage;
}

/** A broker that comes back is noticed within about this time. Milliseconds. */
const retryDelayMs = 500;

export function serviceBusConnections(log: LogSink): ServiceBusConnections {
  const connections = new Map<string, Connection>();
  const system = (level: 'warning' | 'information', message: string): void =>
    log({ level, category: 'system', message });

  async function connect(setting: string, connectionString: string): Promise<Connection> {
    const existing = connections.get(connectionString);
    if (existing) return existing;
    const { ServiceBusClient, parseServiceBusConnectionString } = await import('@azure/service-bus');
    try {
      const { fullyQualifiedNamespace: host } = parseServiceBusConnectionString(connectionString);
      const client = new ServiceBusClient(connectionString, {
        retryOptions: { retryDelayInMs: retryDelayMs, maxRetries: 0 },
      });
      const outage = watchOutage({
        down: (message) => system('warning', `Service Bus at ${host}: ${message}. Trying until it works.`),
        up: () => system('information', `Service Bus at ${host}: receiving again.`),
      });
      const connection = { client, outage };
      connections.set(connectionString, connection);
      return connection;
    } catch (error) {
      throw new HostError(
        `The app setting "${setting}" is not a usable connection string: ${messageOf(error)}`,
      );
    }
  }

  return {
    async source({ setting, connectionString }, entity, count) {
      const { client, outage } = await connect(setting, connectionString);
      // The host renews locks itself: the client's own renewer mixes up messages with the same message id.
      // Dates stay dates: as the numbers that the client would make of them they could not be told apart from others.
      const options = {
        maxAutoLockRenewalDurationInMs: 0,
        skipParsingBodyAsJson: true,
        skipConvertingDate: true,
      } as const;
      const receiver =
        'queue' in entity
          ? client.createReceiver(entity.queue, options)
          : client.createReceiver(entity.topic, entity.subscription, options);
      const missing = watchOutage({
        down: (message) => system('warning', `${message}. Trying until it works.`),
        up: () => system('information', `Receiving from ${receiver.entityPath} again.`),
      });
      return messageSource(receiver, { connection: outage, entity: missing }, count);
    },

    async close() {
      await Promise.all([...connections.values()].map(({ client }) => client.close().catch(() => {})));
      connections.clear();
    },
  };
}

function messageSource(
  receiver: ServiceBusReceiver,
  outages: { connection: Outage; entity: Outage },
  count: number,
): MessageSource {
  const stopping = new AbortController();
  let subscription: { close(): Promise<void> } | undefined;
  let settling: NodeJS.Timeout | undefined;
  const settlements = new Settlements();

  function failed(error: Error): void {
    clearTimeout(settling);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (entityTroubles.has(code)) outages.entity.failed(code, () => error.message);
    else if (code === 'UnauthorizedAccess') outages.connection.failed(code, () => error.message);
    else outages.connection.failed('unreachable', () => `not reachable (${error.message})`);
  }

  return {
    async start(handle) {
      // The client calls postInitialize each time its link is open; its typings leave that out.
      const handlers: MessageHandlers & { postInitialize(): Promise<void> } = {
        processMessage: (message) => handle(toDelivery(receiver, settlements, message)),
        processError: async ({ error }) => {
          if (!stopping.signal.aborted) failed(error);
        },
        postInitialize: async () => {
          outages.connection.recovered();
          clearTimeout(settling);
          settling = setTimeout(outages.entity.recovered, entityRefusalMs).unref();
        },
      };
      subscription = receiver.subscribe(handlers, {
        maxConcurrentCalls: count,
        autoCompleteMessages: false,
        abortSignal: stopping.signal,
      });
    },
    async stop() {
      stopping.abort();
      clearTimeout(settling);
      await subscription?.close();
    },
  };
}

/** A link to an entity that is missing opens first and is refused after; within this time. Milliseconds. */
const entityRefusalMs = 2000;

/** Troubles of one queue, topic or subscription; all others are the connection's. */
const entityTroubles = new Set(['MessagingEntityNotFound', 'MessagingEntityDisabled']);

function toDelivery(
  receiver: ServiceBusReceiver,
  settlements: Settlements,
  message: ServiceBusReceivedMessage,
): Delivery {
  return {
    message: toReceivedMessage(message),
    complete: () => settlements.run('complete', () => receiver.completeMessage(message)),
    abandon: () => settlements.run('abandon', () => receiver.abandonMessage(message)),
    renewLock: () => receiver.renewMessageLock(message),
  };
}

function toReceivedMessage(message: ServiceBusReceivedMessage): ReceivedMessage {
  return {
    body: bodyOf(message),
    messageId: idText(message.messageId),
    contentType: message.contentType,
    correlationId: idText(message.correlationId),
    subject: message.subject,
    to: message.to,
    replyTo: message.replyTo,
    replyToSessionId: message.replyToSessionId,
    sessionId: message.sessionId,
    partitionKey: message.partitionKey,
    deadLetterSource: message.deadLetterSource,
    lockToken: message.lockToken,
    lockedUntil: message.lockedUntilUtc,
    deliveryCount: message.deliveryCount ?? 0,
    enqueuedTime: message.enqueuedTimeUtc ?? new Date(),
    expiresAt: message.timeToLive === undefined ? undefined : message.expiresAtUtc,
    sequenceNumber: message.sequenceNumber?.toString() ?? '0',
    applicationProperties: message.applicationProperties ?? {},
  };
}

function idText(id: string | number | Buffer | undefined): string | undefined {
  return id === undefined || typeof id === 'string' ? id : id.toString();
}

/** Several data sections are one body, their bytes one after the other. */
function bodyOf({ body, _rawAmqpMessage: { bodyType } }: ServiceBusReceivedMessage): unknown {
  return bodyType === 'data' && Array.isArray(body) ? Buffer.concat(body) : body;
}
