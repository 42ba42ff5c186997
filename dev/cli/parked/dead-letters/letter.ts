import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { defined } from '../../../../shared/domain/defined.ts';
import { formatDeadLetterId } from './dead-letter-id.ts';
import { sequenceOf } from './peek.ts';

/** A dead letter as the commands show it. */
export interface Letter {
  readonly id: string;
  readonly queue: string;
  readonly messageId: string;
  readonly reason: string;
  readonly description: string;
  /** When it became a dead letter, or was enqueued: the broker tells one time. RFC 3339. */
  readonly enqueuedAt: string;
  readonly deliveries: number;
  readonly contentType?: string;
  readonly properties: { readonly [name: string]: unknown };
  /** The body as text. */
  readonly body: string;
}

/** What the broker adds to a dead letter; not the sender's, so it does not travel on. */
export const brokersOwn: readonly string[] = ['DeadLetterReason', 'DeadLetterErrorDescription'];

export function letterOf(queue: string, message: ServiceBusReceivedMessage): Letter {
  const { contentType } = message;
  return {
    id: formatDeadLetterId(queue, sequenceOf(message)),
    queue,
    messageId: String(message.messageId ?? ''),
    reason: message.deadLetterReason ?? '',
    description: message.deadLetterErrorDescription ?? '',
    enqueuedAt: message.enqueuedTimeUtc?.toISOString() ?? '',
    deliveries: message.deliveryCount ?? 0,
    properties: sendersProperties(message),
    body: bodyText(message.body),
    ...defined({ contentType }),
  };
}

export function sendersProperties(
  message: Pick<ServiceBusReceivedMessage, 'applicationProperties'>,
): NonNullable<ServiceBusReceivedMessage['applicationProperties']> {
  return Object.fromEntries(
    Object.entries(message.applicationProperties ?? {}).filter(([name]) => !brokersOwn.includes(name)),
  );
}

function bodyText(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}
