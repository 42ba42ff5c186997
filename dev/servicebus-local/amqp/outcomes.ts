import type { Delivery } from 'rhea';
import { z } from 'zod';
import type { Outcome } from '../queue/outcome.ts';
import { encodedEntries, fieldAt } from './rhea-internals.ts';

/** The AMQP outcomes with which a client ends its hold on a message. */
export const outcomeNames = ['accepted', 'released', 'modified', 'rejected'] as const;
export type OutcomeName = (typeof outcomeNames)[number];

const map = z.record(z.string(), z.unknown()).nullish();
const modifiedState = z.object({ undeliverable_here: z.boolean().nullish() });
const text = z.string().nullish();
const rejectedState = z.object({
  error: z.object({ condition: text, description: text, info: map }).nullish(),
});

/** Of the info of a rejection, what is no property to set. */
const reasonNames = new Set(['DeadLetterReason', 'DeadLetterErrorDescription']);

/** What the outcome of a delivery means for the message, as Service Bus reads it. */
export function outcomeOf(name: OutcomeName, delivery: Delivery): Outcome {
  switch (name) {
    case 'accepted':
      return { kind: 'complete' };
    case 'released':
      return { kind: 'release' };
    case 'modified': {
      const { undeliverable_here } = modifiedState.parse(fields(delivery));
      const properties = new Map(encodedEntries(fieldAt(delivery.remote_state, 2)));
      return { kind: undeliverable_here ? 'defer' : 'abandon', properties };
    }
    case 'rejected': {
      const { error } = rejectedState.parse(fields(delivery));
      const { DeadLetterReason, DeadLetterErrorDescription } = error?.info ?? {};
      const info = encodedEntries(fieldAt(fieldAt(delivery.remote_state, 0), 2));
      const isDeadLetter = error?.condition === 'com.microsoft:dead-letter';
      return {
        kind: 'dead-letter',
        reason: text.parse(DeadLetterReason) ?? (isDeadLetter ? undefined : (error?.condition ?? undefined)),
        description: text.parse(DeadLetterErrorDescription) ?? error?.description ?? undefined,
        properties: new Map(info.filter(([name]) => !reasonNames.has(name))),
      };
    }
  }
}

/** The fields of the outcome; rhea has them as getters of a prototype, which a schema would not see. */
function fields(delivery: Delivery): unknown {
  const state: unknown = delivery.remote_state;
  const { undeliverable_here, error } = state as Record<string, unknown>; // parsed by the caller
  return { undeliverable_here, error: plainError(error) };
}

function plainError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  const { condition, description, info } = error as Record<string, unknown>; // parsed by the caller
  return { condition, description, info };
}
