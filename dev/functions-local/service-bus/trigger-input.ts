import type { TriggerInput } from '../core/invocation.ts';
import type { RpcTypedData } from '../core/rpc.ts';
import { childTraceContext } from '../core/trace-context.ts';
import { applyBodyProperties } from './body-properties.ts';
import { bodyText } from './body-text.ts';
import { propertiesJson } from './properties-json.ts';
import type { ReceivedMessage } from './received-message.ts';

/** The names of the trigger metadata, as the Service Bus extension gives them. */
const metadataNames = [
  ...['DeliveryCount', 'DeadLetterSource', 'LockToken', 'ExpiresAtUtc', 'ExpiresAt', 'EnqueuedTimeUtc'],
  ...['EnqueuedTime', 'MessageId', 'ContentType', 'ReplyTo', 'SequenceNumber', 'To', 'Subject', 'Label'],
  ...['CorrelationId', 'ApplicationProperties', 'UserProperties', 'SessionId', 'ReplyToSessionId'],
  ...['PartitionKey', 'TransactionPartitionKey'],
];
const canonicalNames = new Map(metadataNames.map((name) => [name.toLowerCase(), name]));

/**
 * What a Service Bus function gets for one message, quirks of the real host included: the body is text
 * whatever the content type says (the library parses it when it is JSON), the delivery count starts at 1, and
 * top-level properties of the body override the broker's metadata.
 *
 * Left out are the host's own objects (`Client`, `MessageActions`, `MessageReceiver`, `sys`, ...), which mean
 * nothing outside .NET.
 *
 * @param binary for a trigger with `dataType: 'binary'`: the body arrives as a Buffer and overrides nothing.
 * @throws TypeError for an AMQP body that is neither bytes nor text, and with `binary` for any but bytes.
 */
export function serviceBusTriggerInput(message: ReceivedMessage, binary = false): TriggerInput {
  const { applicationProperties: properties } = message;
  const traceParent = properties['Diagnostic-Id'] ?? properties.traceparent;
  const traceContext = childTraceContext(traceParent, properties.tracestate);
  const triggerMetadata = brokerMetadata(message);
  if (binary) {
    if (message.body instanceof Uint8Array) {
      return { data: { bytes: message.body }, triggerMetadata, traceContext };
    }
    throw new TypeError(
      'The message body is an AMQP value or sequence; a function with dataType binary cannot take it.',
    );
  }
  const text = bodyText(message.body);
  applyBodyProperties(triggerMetadata, text, canonicalNames);
  return { data: { string: text }, triggerMetadata, traceContext };
}

function brokerMetadata(message: ReceivedMessage): Record<string, RpcTypedData> {
  const metadata: Record<string, RpcTypedData> = {};
  const text = (name: string, value: string | undefined): void => {
    if (value !== undefined) metadata[name] = { string: value };
  };
  const expiresAt = message.expiresAt ? dotnetDate(message.expiresAt) : endOfTime;
  const enqueuedTime = dotnetDate(message.enqueuedTime);
  const properties = { json: propertiesJson(message.applicationProperties) };
  metadata.DeliveryCount = { json: String(message.deliveryCount + 1) };
  text('DeadLetterSource', message.deadLetterSource);
  text('LockToken', message.lockToken);
  metadata.ExpiresAtUtc = { json: `"${expiresAt}"` };
  metadata.ExpiresAt = { json: `"${expiresAt}+00:00"` };
  // Without a zone, as the real host gives it: read as local time unless one takes care.
  metadata.EnqueuedTimeUtc = { json: `"${enqueuedTime}"` };
  metadata.EnqueuedTime = { json: `"${enqueuedTime}+00:00"` };
  text('MessageId', message.messageId);
  text('ContentType', message.contentType);
  text('ReplyTo', message.replyTo);
  metadata.SequenceNumber = { json: message.sequenceNumber };
  text('To', message.to);
  text('Subject', message.subject);
  text('Label', message.subject);
  text('CorrelationId', message.correlationId);
  metadata.ApplicationProperties = properties;
  metadata.UserProperties = properties;
  text('SessionId', message.sessionId);
  text('ReplyToSessionId', message.replyToSessionId);
  text('PartitionKey', message.partitionKey);
  return metadata;
}

/** The end of .NET's calendar, for a message without time to live. */
const endOfTime = '9999-12-31T23:59:59.9999999';

/** ISO date and time without zone; a fraction only when there is one, without trailing zeros. */
function dotnetDate(date: Date): string {
  return date.toISOString().replace(/\.?0*Z$/, '');
}
