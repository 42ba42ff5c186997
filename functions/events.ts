import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { EventQueue } from '../shared/ports/queues.ts';
import type { AcceptEvent } from '../shared/use-cases/accept-event.ts';
import type { ComeBack } from '../shared/use-cases/come-back.ts';
import { fromQueue } from './cloud-event-binding.ts';

/** Queue `events`: one CloudEvent from an upstream service. */
export function events(deps: {
  readonly accept: AcceptEvent;
  readonly queue: EventQueue;
  readonly comeBack: ComeBack;
  readonly clock: Clock;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const received = { ...fromQueue(body, context.triggerMetadata), at: deps.clock.now() };
      const traceparent = context.traceContext?.traceParent;
      try {
        await deps.accept(traceparent === undefined ? received : { ...received, traceparent });
      } catch (cause) {
        // The event comes back as it was; whatever of it was stored already is found again by its id.
        await deps.comeBack(cause, 0, (at) => deps.queue.putBack(received, at));
      }
    });
}
