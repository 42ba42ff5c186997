import type { ServiceBusClient, ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { deadLetterReceiver, sequenceOf } from './peek.ts';

const AT_ONCE = 50;
/** How long the broker may take to hand out the next ones; nothing by then means that there are none to be had. */
const PATIENCE_MS = 2000;

/** Which dead letters are wanted. */
export interface Wanted {
  readonly queue: string;
  /** Their numbers. */
  readonly sequences: ReadonlySet<string>;
  /** The place of the last of them: so many are handed out before all have come. */
  readonly lastPlace: number;
}

/**
 * Takes dead letters one after the other: `work` settles each. Gives the numbers that could not be had, because they
 * are gone or another reader holds them.
 *
 * A broker hands out the oldest first, so others may come along; they are given back at the end, unchanged. They are
 * held until then, or they would be handed out again at once.
 */
export async function takeDeadLetters(
  client: ServiceBusClient,
  { queue, sequences, lastPlace }: Wanted,
  work: (message: ServiceBusReceivedMessage, receiver: ServiceBusReceiver) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const left = new Set(sequences);
  const others: ServiceBusReceivedMessage[] = [];
  const receiver = deadLetterReceiver(client, queue);
  try {
    let expected = lastPlace;
    while (left.size > 0) {
      // No more than there are: asked for more, the client would wait for them.
      const count = Math.max(1, Math.min(AT_ONCE, expected));
      const messages = await receiver.receiveMessages(count, { maxWaitTimeInMs: PATIENCE_MS });
      if (messages.length === 0) break;
      expected -= messages.length;
      for (const message of messages) {
        if (!left.has(sequenceOf(message))) {
          others.push(message);
          continue;
        }
        await work(message, receiver);
        left.delete(sequenceOf(message));
      }
    }
  } finally {
    // A lock that ran out has given its message back already.
    await Promise.allSettled(others.map((message) => receiver.abandonMessage(message)));
    await receiver.close();
  }
  return left;
}
