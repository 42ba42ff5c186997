import type { ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';
import { CommandFailed } from '../command.ts';

/**
 * Sends messages, as many at once as the broker takes. `onSent` hears how many are sent so far. Throws `CommandFailed`
 * for a message that is larger than the broker takes; those before it may have been sent.
 */
export async function sendInBatches(
  sender: ServiceBusSender,
  messages: Iterable<ServiceBusMessage>,
  onSent: (sent: number) => void,
): Promise<void> {
  let sent = 0;
  let batch = await sender.createMessageBatch();
  for (const message of messages) {
    if (batch.tryAddMessage(message)) continue;
    if (batch.count > 0) {
      await sender.sendMessages(batch);
      sent += batch.count;
      onSent(sent);
      batch = await sender.createMessageBatch();
      if (batch.tryAddMessage(message)) continue;
    }
    throw new CommandFailed(
      `an event is larger than a message may be (${batch.maxSizeInBytes} bytes); shorten it, or link to the long form. Sent before it: ${sent}`,
    );
  }
  if (batch.count > 0) await sender.sendMessages(batch);
  onSent(sent + batch.count);
}
