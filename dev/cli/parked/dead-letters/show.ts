import { ExitStatus } from '../../command.ts';
import { brokerTarget, type ConnectionValues } from '../../connection/addresses.ts';
import { withBroker } from '../../connection/service-bus.ts';
import type { Io } from '../../io.ts';
import { printJson } from '../../output/print.ts';
import { printable } from '../../output/printable.ts';
import { styleOf } from '../../output/style.ts';
import { fields } from '../../output/table.ts';
import { indentedJson } from '../indented-json.ts';
import { readDeadLetterId } from './dead-letter-id.ts';
import { letterOf } from './letter.ts';
import { peekDeadLetter } from './peek.ts';

/** `parked show <id> --source dlq` */
export async function showDeadLetter(
  text: string,
  flags: ConnectionValues & { readonly json: boolean; readonly queue?: string | undefined },
  io: Io,
): Promise<ExitStatus> {
  const id = readDeadLetterId(text, flags.queue);
  const letter = await withBroker(brokerTarget(flags, io), async (client) =>
    letterOf(id.queue, (await peekDeadLetter(client, id)).message),
  );
  if (flags.json) {
    printJson(io, letter);
    return ExitStatus.ok;
  }
  const style = styleOf(io.out, io.env);
  io.out.write(
    fields(
      [
        ['id', letter.id],
        ['message id', letter.messageId],
        ['reason', letter.reason],
        ['description', letter.description],
        ['enqueued at', letter.enqueuedAt],
        ['deliveries', String(letter.deliveries)],
        ['content type', letter.contentType],
        ...Object.entries(letter.properties).map(([name, value]) => [name, String(value)] as const),
      ],
      style,
    ),
  );
  io.out.write(`\n${style.bold('Body')}\n${printable(indentedJson(letter.body))}\n`);
  return ExitStatus.ok;
}
