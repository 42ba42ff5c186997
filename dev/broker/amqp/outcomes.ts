import type { Delivery } from 'rhea';
import { z } from 'zod';
import type { PropertyChanges } from '../message/properties.ts';
import type { Outcome } from '../queue/outcome.ts';
import { encodeValue } from './rhea-internals.ts';

/** The AMQP outcomes with which a client ends its hold on a message. */
export const outcomeNames = ['accepted', 'released', 'modified', 'rejected'] as const;
export type OutcomeName = (typeof outcomeNames)[number];

const map = z.record(z.string(), z.unknown()).nullish();
const modifiedState = z.object({ undeliverable_here: z.boolean().nullish(), message_annotations: map });
const text = z.string().nullish();
const rejectedState = z.object({
  error: z.object({ condition: text, description: text, info: map }).nullish(),
});

/** What the outcome of a delivery means for the message, as Service Bus reads it. */
export function outcomeOf(name: OutcomeName, delivery: Delivery): Outcome {
  switch (name) {
    case 'accepted':
      return { kind: 'complete' };
    case 'released':
      return { kind: 'release' };
    case 'modified': {
      const { undeliverable_here, message_annotations } = modifiedState.parse(fields(delivery));
      const properties = propertyChanges(message_annotations);
      return { kind: undeliverable_here ? 'defer' : 'abandon', properties };
    }
    case 'rejected': {
      const { error } = rejectedState.parse(fields(delivery));
      const { DeadLetterReason, DeadLetterErrorDescription, ...others } = error?.info ?? {};
      const isDeadLetter = error?.condition === 'com.microsoft:dead-letter';
      return {
        kind: 'dead-letter',
        reason: text.parse(DeadLetterReason) ?? (isDeadLetter ? undefined : (error?.condition ?? undefined)),
        description: text.parse(DeadLetterErrorDescription) ?? error?.description ?? undefined,
        properties: propertyChanges(others),
      };
    }
  }
}

/** Application properties to set, from the map that a client sent. Those without a value are left out. */
export function propertyChanges(values: Record<string, unknown> | null | undefined): PropertyChanges {
  const changes = new Map<string, Buffer>();
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value !== null && value !== undefined) changes.set(name, encodeValue(value));
  }
  return changes;
}

/** The fields of the outcome; rhea has them as getters of a prototype, which a schema would not see. */
function fields(delivery: Delivery): unknown {
  const state: unknown = delivery.remote_state;
  const { undeliverable_here, message_annotations, error } = state as Record<string, unknown>; // parsed by the caller
  return { undeliverable_here, message_annotations, error: plainError(error) };
}

function plainError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  const { condition, description, info } = error as Record<string, unknown>; // parsed by the caller
  return { condition, description, info };
}
