import { didYouMean } from '../../../../shared/domain/nearest-name.ts';
import { queueNames } from '../../../../shared/manifest.ts';
import { UsageError } from '../../arguments/usage-error.ts';

/** Names one dead letter: `events/17`. */
export interface DeadLetterId {
  readonly queue: string;
  /** The broker's own number in the queue, 64 bits. */
  readonly sequence: string;
}

const queues: readonly string[] = Object.values(queueNames);

/** The queues that `--queue` chooses: one, or all. Throws `UsageError`. */
export function chosenQueues(queue: string | undefined): readonly string[] {
  if (queue === undefined) return queues;
  if (queues.includes(queue)) return [queue];
  throw new UsageError(
    `--queue is "${queue}" and must be one of ${queues.join(', ')}${didYouMean(queue, queues)}`,
  );
}

/** Reads `events/17`, or `17` with `--queue events`. Throws `UsageError`. */
export function readDeadLetterId(text: string, queue: string | undefined): DeadLetterId {
  const [, named = queue, sequence] = /^(?:([a-z]+)\/)?(\d{1,19})$/.exec(text) ?? [];
  if (sequence === undefined || named === undefined) {
    throw new UsageError(
      `"${text}" names no dead letter; write QUEUE/NUMBER as "parked list --source dlq" shows it, such as events/17`,
    );
  }
  chosenQueues(named);
  if (queue !== undefined && queue !== named) {
    throw new UsageError(
      `"${text}" lies in queue "${named}", and --queue says "${queue}"; leave --queue out`,
    );
  }
  return { queue: named, sequence };
}

export function formatDeadLetterId(queue: string, sequence: string): string {
  return `${queue}/${sequence}`;
}
