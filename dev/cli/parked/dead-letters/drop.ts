import { CommandFailed, ExitStatus } from '../../command.ts';
import { brokerTarget, type ConnectionValues } from '../../connection/addresses.ts';
import { withBroker } from '../../connection/service-bus.ts';
import type { Io } from '../../io.ts';
import { printJson } from '../../output/print.ts';
import { formatDeadLetterId, readDeadLetterId } from './dead-letter-id.ts';
import { peekDeadLetter } from './peek.ts';
import { takeDeadLetters } from './take.ts';

/** `parked drop <id> --source dlq` */
export async function dropDeadLetter(
  text: string,
  flags: ConnectionValues & { readonly json: boolean; readonly queue?: string | undefined },
  io: Io,
): Promise<ExitStatus> {
  const id = readDeadLetterId(text, flags.queue);
  const shown = formatDeadLetterId(id.queue, id.sequence);
  await withBroker(brokerTarget(flags, io), async (client) => {
    const { place } = await peekDeadLetter(client, id);
    const wanted = { queue: id.queue, sequences: new Set([id.sequence]), lastPlace: place };
    const left = await takeDeadLetters(client, wanted, (message, receiver) =>
      receiver.completeMessage(message),
    );
    if (left.size > 0) {
      throw new CommandFailed(
        `dead letter ${shown} could not be taken: somebody else holds it; try again in a minute`,
      );
    }
  });
  if (flags.json) printJson(io, { id: shown, dropped: true });
  else io.out.write(`Dropped ${shown}.\n`);
  return ExitStatus.ok;
}
