import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import { parseCalls } from '../shared/domain/delivery/call-message.ts';
import type { AnswerCalls } from '../shared/use-cases/delivery/answer-calls.ts';
import type { ParkMessage } from '../shared/use-cases/intake/park-message.ts';

/** Queue `deliveries`: wake-up calls, at most one request to a channel for each. */
export function deliveries(deps: {
  readonly answer: AnswerCalls;
  readonly parkMessage: ParkMessage;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const calls = parseCalls(body);
      await deps.answer(calls.flatMap((call) => (call.ok ? [call.value] : [])));
      const faults = calls.flatMap((call) => (call.ok ? [] : call.faults));
      if (faults.length > 0) await deps.parkMessage('deliveries', body, faults);
    });
}
