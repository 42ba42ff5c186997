import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { defined } from '../shared/domain/defined.ts';
import { utf8Text } from '../shared/domain/event/event-body.ts';
import { type Instant, parseInstant } from '../shared/domain/time.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { EventQueue } from '../shared/ports/queues.ts';
import type { LaterIfAway } from '../shared/use-cases/delivery/later.ts';
import type { AcceptEvent } from '../shared/use-cases/intake/accept-event.ts';
import { fromQueue, wasReadAs } from './cloud-event-binding.ts';
import { traceparentOf } from './traceparent.ts';

/** Queue `events`: one CloudEvent from an upstream service. */
export function events(deps: {
  readonly accept: AcceptEvent;
  readonly queue: EventQueue;
  readonly laterIfAway: LaterIfAway;
  readonly clock: Clock;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const at = deps.clock.now();
      const bound = fromQueue(body, context.triggerMetadata);
      const bytes = await bytesOf(bound.original, context.triggerMetadata, deps.queue);
      const received = {
        ...bound,
        ...defined({ bytes }),
        ...enqueuedAt(context.triggerMetadata, at),
        ...traceparentOf(context),
        at,
      };
      try {
        await deps.accept(received);
      } catch (cause) {
        // The event comes back as it was; whatever of it was stored already is found again by its id.
        await deps.laterIfAway(cause, 0, (at) => deps.queue.putBackEvent(received, at));
      }
    });
}

/**
 * The body's bytes, where the host could read them only with replaced characters; the queue still has the message that
 * is being handled. While the queue cannot say, the message stays on it as it is: what this throws, the broker counts.
 */
async function bytesOf(
  original: string,
  metadata: { readonly [name: string]: unknown } | undefined,
  queue: EventQueue,
): Promise<Uint8Array | undefined> {
  const number = metadata?.sequenceNumber;
  if (!original.includes('\ufffd') || typeof number !== 'number') return undefined;
  const bytes = await queue.bytesOf(number);
  return bytes !== undefined && utf8Text(bytes) === undefined && wasReadAs(bytes, original)
    ? bytes
    : undefined;
}

/**
 * When the broker took the message. A body can overwrite it, but whoever writes the body can name the event's time as
 * well; what is no past instant is left out.
 */
function enqueuedAt(
  metadata: { readonly [name: string]: unknown } | undefined,
  now: Instant,
): { readonly enqueuedAt?: Instant } {
  const text = metadata?.enqueuedTime;
  const instant = typeof text === 'string' ? parseInstant(text) : undefined;
  return instant === undefined || instant > now ? {} : { enqueuedAt: instant };
}
