import type { ServiceBusClient, ServiceBusReceivedMessage } from '@azure/service-bus';
import { CommandFailed } from '../../command.ts';
import { type DeadLetterId, formatDeadLetterId } from './dead-letter-id.ts';

const PAGE = 100;

export function deadLetterReceiver(client: ServiceBusClient, queue: string) {
  return client.createReceiver(queue, {
    subQueueType: 'deadLetter',
    receiveMode: 'peekLock',
    // The body as it came: read as JSON and written again it would be another one.
    skipParsingBodyAsJson: true,
  });
}

/** The dead letters of a queue, oldest first, without taking them: read as the caller draws. */
export async function* peekDeadLetters(
  client: ServiceBusClient,
  queue: string,
): AsyncGenerator<ServiceBusReceivedMessage, void, undefined> {
  const receiver = deadLetterReceiver(client, queue);
  try {
    for (;;) {
      // The receiver remembers how far it has looked.
      const page = await receiver.peekMessages(PAGE);
      if (page.length === 0) return;
      yield* page;
    }
  } finally {
    await receiver.close();
  }
}

/** A dead letter and its place in the queue, from 1 on. */
export interface Peeked {
  readonly message: ServiceBusReceivedMessage;
  readonly place: number;
}

/** One dead letter, without taking it. Throws `CommandFailed` when it is not there. */
export async function peekDeadLetter(
  client: ServiceBusClient,
  { queue, sequence }: DeadLetterId,
): Promise<Peeked> {
  let place = 0;
  for await (const message of peekDeadLetters(client, queue)) {
    place += 1;
    if (sequenceOf(message) === sequence) return { message, place };
  }
  throw new CommandFailed(
    `there is no dead letter ${formatDeadLetterId(queue, sequence)}; npx notifier parked list --source dlq shows what there is`,
  );
}

/** The broker's number as text: as a JavaScript number it would lose digits. */
export function sequenceOf(message: ServiceBusReceivedMessage): string {
  return message.sequenceNumber?.toString() ?? '';
}
