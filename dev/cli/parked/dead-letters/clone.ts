import { randomUUID } from 'node:crypto';
import type { ServiceBusMessage, ServiceBusReceivedMessage } from '@azure/service-bus';
import { sendersProperties } from './letter.ts';

/** A message part by part, for bodies that are no bytes. */
type AmqpAnnotatedMessage = ServiceBusReceivedMessage['_rawAmqpMessage'];

/** What the sender said of the message, beside body and properties. */
const KEPT = [
  'contentType',
  'correlationId',
  'subject',
  'to',
  'replyTo',
  'sessionId',
  'replyToSessionId',
  'partitionKey',
  'timeToLive',
] as const;

/**
 * The message as it was sent, under a new message id: with its own the broker's duplicate detection would swallow it
 * without a word. What the broker adds to dead letters stays behind.
 */
export function cloneOf(message: ServiceBusReceivedMessage): ServiceBusMessage | AmqpAnnotatedMessage {
  const { bodyType } = message._rawAmqpMessage;
  const applicationProperties = sendersProperties(message);
  if (bodyType === 'value' || bodyType === 'sequence') {
    const {
      messageId: _old,
      creationTime,
      absoluteExpiryTime,
      ...properties
    } = message._rawAmqpMessage.properties ?? {};
    return {
      bodyType,
      body: message.body,
      properties: { ...properties, messageId: randomUUID() },
      applicationProperties,
    };
  }
  const kept = KEPT.map((name) => [name, message[name]] as const).filter(([, value]) => value !== undefined);
  return {
    // Bytes, because the receiver does not parse them.
    body: message.body,
    messageId: randomUUID(),
    applicationProperties,
    ...Object.fromEntries(kept),
  };
}
