import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import { parseWakeUpCall } from '../shared/domain/delivery/wake-up-call.ts';
import type { DeliveryQueue } from '../shared/ports/queues.ts';
import type { ComeBack } from '../shared/use-cases/delivery/come-back.ts';
import type { DeliverNotification } from '../shared/use-cases/delivery/deliver-notification.ts';
import type { ParkMessage } from '../shared/use-cases/intake/park-message.ts';

/** Queue `deliveries`: one wake-up call, at most one request to a channel. */
export function deliveries(deps: {
  readonly deliver: DeliverNotification;
  readonly queue: DeliveryQueue;
  readonly parkMessage: ParkMessage;
  readonly comeBack: ComeBack;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const call = parseWakeUpCall(body);
      if (!call.ok) return deps.parkMessage('deliveries', body, call.faults);
      try {
        await deps.deliver(call.value);
      } catch (cause) {
        // The call comes back, with what it carries. Nobody is told twice: what is known of a request was passed on
        // already, and where it could not be, there is a claim, whose lease decides.
        await deps.comeBack(cause, call.value.hop, (at) =>
          deps.queue.send([{ message: { ...call.value, hop: call.value.hop + 1 }, at }]),
        );
      }
    });
}
