import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { type DueCall, parseCalls } from '../shared/domain/delivery/wake-up-call.ts';
import type { Fault } from '../shared/domain/fault.ts';
import type { AnswerCalls } from '../shared/use-cases/delivery/answer-calls.ts';
import type { ParkMessage } from '../shared/use-cases/intake/park-message.ts';

/** Queue `deliveries`: wake-up calls, at most one request to a channel for each. */
export function deliveries(deps: {
  readonly answer: AnswerCalls;
  readonly parkMessage: ParkMessage;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const calls: DueCall[] = [];
      const faults: Fault[] = [];
      for (const call of parseCalls(body)) {
        if (call.ok) calls.push(call.value);
        else faults.push(...call.faults);
      }
      await deps.answer(calls);
      if (faults.length > 0) await deps.parkMessage('deliveries', body, faults);
    });
}
