import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import { parseJob } from '../shared/domain/event/job.ts';
import type { JobQueue } from '../shared/ports/queues.ts';
import type { WalkAudience } from '../shared/use-cases/audience/walk-audience.ts';
import type { ComeBack } from '../shared/use-cases/delivery/come-back.ts';
import type { ParkMessage } from '../shared/use-cases/intake/park-message.ts';
import type { ReportPrices } from '../shared/use-cases/prices/report-prices.ts';
import type { ForgetConversation } from '../shared/use-cases/privacy/forget-conversation.ts';

/** Queue `jobs`: the next pages of a broadcast, a long answer, or a person to forget. */
export function jobs(deps: {
  readonly walk: WalkAudience;
  readonly reportPrices: ReportPrices;
  readonly forget: ForgetConversation;
  readonly queue: JobQueue;
  readonly parkMessage: ParkMessage;
  readonly comeBack: ComeBack;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const job = parseJob(body);
      if (!job.ok) return deps.parkMessage('jobs', body, job.faults);
      try {
        if (job.value.kind === 'walk') await deps.walk(job.value);
        else if (job.value.kind === 'forget') await deps.forget(job.value.request);
        else await deps.reportPrices(job.value);
      } catch (cause) {
        // The job comes back: a walk goes on where it stands and addresses nobody twice, a report is made once, and what
        // is forgotten already is not found again.
        await deps.comeBack(cause, job.value.hop, (at) =>
          deps.queue.send([{ message: { ...job.value, hop: job.value.hop + 1 }, at }]),
        );
      }
    });
}
