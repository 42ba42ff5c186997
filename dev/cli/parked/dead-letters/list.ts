import { ExitStatus } from '../../command.ts';
import { brokerTarget, type ConnectionValues } from '../../connection/addresses.ts';
import { withBroker } from '../../connection/service-bus.ts';
import type { Io } from '../../io.ts';
import { printJson } from '../../output/print.ts';
import { styleOf } from '../../output/style.ts';
import { table } from '../../output/table.ts';
import { chosenQueues } from './dead-letter-id.ts';
import { type Letter, letterOf } from './letter.ts';
import { peekDeadLetters } from './peek.ts';

/** `parked list --source dlq` */
export async function listDeadLetters(
  flags: ConnectionValues & { readonly json: boolean; readonly queue?: string | undefined },
  limit: number,
  io: Io,
): Promise<ExitStatus> {
  const queues = chosenQueues(flags.queue);
  const letters: Letter[] = [];
  await withBroker(brokerTarget(flags, io), async (client) => {
    for (const queue of queues) {
      if (letters.length >= limit) break;
      for await (const message of peekDeadLetters(client, queue)) {
        letters.push(letterOf(queue, message));
        if (letters.length >= limit) break;
      }
    }
  });
  if (flags.json) printJson(io, { items: letters });
  else if (letters.length === 0) io.out.write('There are no dead letters.\n');
  else {
    const style = styleOf(io.out, io.env);
    const columns = ['ID', 'MESSAGE ID', 'ENQUEUED AT', 'DELIVERIES', 'REASON', 'WHY'];
    const rows = letters.map((letter) => [
      letter.id,
      letter.messageId,
      letter.enqueuedAt,
      String(letter.deliveries),
      letter.reason,
      letter.description,
    ]);
    io.out.write(
      table(
        columns.map((title) => ({ title })),
        rows,
        { screen: io.out, style },
      ),
    );
    io.out.write(`${style.dim('Next:')} npx notifier parked show <id> --source dlq, replay or drop\n`);
  }
  return ExitStatus.ok;
}
