import { encodeString } from '../message/codec.ts';
import type { PropertyChanges } from '../message/properties.ts';

/** Why a message is dead: application properties of the dead letter, named as Service Bus names them. */
export interface DeadLetterReason {
  readonly reason: string | undefined;
  readonly description: string | undefined;
  readonly properties?: PropertyChanges | undefined;
}

export function deliveriesExhausted(count: number): DeadLetterReason {
  return {
    reason: 'MaxDeliveryCountExceeded',
    description: `Message could not be consumed after ${count} delivery attempts.`,
  };
}

export function timeToLiveEnded(): DeadLetterReason {
  return { reason: 'TTLExpiredException', description: 'The message expired and was dead lettered.' };
}

export function asProperties({ reason, description, properties }: DeadLetterReason): PropertyChanges {
  const changes = new Map(properties);
  if (reason !== undefined) changes.set('DeadLetterReason', encodeString(reason));
  if (description !== undefined) changes.set('DeadLetterErrorDescription', encodeString(description));
  return changes;
}
