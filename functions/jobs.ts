import type { InvocationContext, ServiceBusQueueHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { parseJob } from '../shared/domain/event/job.ts';
import type { JobQueue } from '../shared/ports/queues.ts';
import type { MakeList } from '../shared/use-cases/audience/make-list.ts';
import type { WalkAudience } from '../shared/use-cases/audience/walk-audience.ts';
import type { LaterIfAway } from '../shared/use-cases/delivery/later.ts';
import type { ParkMessage } from '../shared/use-cases/intake/park-message.ts';
import type { AllKinds } from '../shared/use-cases/kinds/all-kinds.ts';
import type { ForgetConversation } from '../shared/use-cases/privacy/forget-conversation.ts';

const UNKNOWN_WORK = {
  path: 'job.kind',
  message: 'must be the work of a kind that this app has, with what it is about as that kind writes it',
};

/** Queue `jobs`: the next pages of a broadcast, a person to forget, or the work of a kind. */
export function jobs(deps: {
  readonly walk: WalkAudience;
  readonly makeList: MakeList;
  readonly kinds: Pick<AllKinds, 'job'>;
  readonly forget: ForgetConversation;
  readonly queue: JobQueue;
  readonly parkMessage: ParkMessage;
  readonly laterIfAway: LaterIfAway;
}): ServiceBusQueueHandler {
  return (body: unknown, context: InvocationContext) =>
    logTo(context, async () => {
      const job = parseJob(body);
      if (!job.ok) return deps.parkMessage('jobs', body, job.faults);
      const work = job.value.kind === 'work' ? deps.kinds.job(job.value.work) : undefined;
      if (job.value.kind === 'work' && work?.isReadable(job.value.about) !== true)
        return deps.parkMessage('jobs', body, [UNKNOWN_WORK]);
      try {
        if (job.value.kind === 'walk') await deps.walk(job.value);
        else if (job.value.kind === 'forget') await deps.forget(job.value.request);
        else if (job.value.kind === 'listed') await deps.makeList(job.value);
        else await work?.run(job.value.about, job.value);
      } catch (cause) {
        // The job comes back: a walk and a list go on where they stand and address nobody twice, a kind's work has its effect
        // once, and what is forgotten already is not found again.
        await deps.laterIfAway(cause, job.value.hop, (at) =>
          deps.queue.sendJobs([{ message: { ...job.value, hop: job.value.hop + 1 }, at }]),
        );
      }
    });
}
