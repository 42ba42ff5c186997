import { randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';
import { toMessageBody } from '../../shared/domain/delivery/wake-up-call.ts';
import { conversationKey, notificationId } from '../../shared/domain/ids.ts';
import { queueNames } from '../../shared/manifest.ts';

/** Puts messages like the app's on a queue that nobody reads, and does nothing else. */
export interface SenderOfBatches {
  sendPage(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function createSender(connectionString: string): Promise<SenderOfBatches> {
  const client = new ServiceBusClient(connectionString);
  const sender = client.createSender(queueNames.outcomes);
  const call = {
    notification: notificationId('urn:notifier:bench', 'bare'),
    conversation: conversationKey('msteams', 'a:bare'),
    version: 0,
    hop: 0,
    slotAt: Date.now(),
  };
  return {
    async sendPage(count) {
      const batch = await sender.createMessageBatch();
      for (let message = 0; message < count; message += 1) {
        const isIn = batch.tryAddMessage({
          body: toMessageBody(call),
          messageId: randomUUID(),
          contentType: 'application/json',
        });
        if (!isIn) throw new Error(`a page of ${count} messages does not fit a batch`);
      }
      await sender.sendMessages(batch);
    },
    close: () => client.close(),
  };
}
