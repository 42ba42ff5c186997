import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBroker } from '../broker.ts';
import { aBrokerProcess, aConfig } from './broker-process.ts';
import {
  aBroker,
  aClient,
  aFolder,
  countsOf,
  impatient,
  present,
  receiveAll,
  receiveOne,
} from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

describe('a broker that starts again on its data', () => {
  it('has every message in the state in which it was', async () => {
    const clock = new ManualClock();
    const options = {
      clock,
      dataDir: aFolder(),
      queues: [{ name: 'q', lockMs: 30_000, maxDeliveryCount: 3 }],
    };
    const first = await aBroker(options);
    const client = aClient(first);
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q');
    const body = { text: 'Grüße', bytes: 3 };
    const applicationProperties = { 'cloudEvents:type': 't', raw: Buffer.from([0, 255]) };
    await sender.sendMessages(
      ['done', 'dead', 'deferred', 'locked', 'failed once'].map((name) => ({ body: name })),
    );
    await sender.sendMessages({ body, messageId: 'whole', applicationProperties });
    const [scheduled] = await sender.scheduleMessages(
      [{ body: 'scheduled' }],
      new Date(clock.now() + 60_000),
    );
    const [done, dead, deferred, locked, failed] = await receiveAll(receiver, 5);
    await receiver.completeMessage(present(done));
    await receiver.deadLetterMessage(present(dead), {
      deadLetterReason: 'r',
      deadLetterErrorDescription: 'd',
    });
    await receiver.deferMessage(present(deferred));
    await receiver.abandonMessage(present(failed));
    const before = countsOf(first);
    await client.close();
    await first.close();

    const second = await aBroker(options);
    expect(countsOf(second)).toEqual(before);
    const again = aClient(second);
    const next = again.createReceiver('q');
    expect(await receiveOne(next)).toMatchObject({ body: 'failed once', deliveryCount: 1 });
    expect(await receiveOne(next)).toMatchObject({ body, messageId: 'whole', applicationProperties });
    const [fetched] = await next.receiveDeferredMessages([present(deferred?.sequenceNumber)]);
    expect(fetched?.body).toBe('deferred');
    await next.completeMessage(present(locked));
    const buried = await receiveOne(again.createReceiver('q', { subQueueType: 'deadLetter' }));
    expect(buried).toMatchObject({ body: 'dead', deadLetterReason: 'r' });
    await again.createSender('q').cancelScheduledMessages(present(scheduled));
    expect(countsOf(second)).toMatchObject({ active: 2, scheduled: 0 });
  });

  it('goes on with sequence numbers, locks and the memory of message ids', async () => {
    const clock = new ManualClock();
    const options = {
      clock,
      dataDir: aFolder(),
      queues: [{ name: 'q', duplicateWindowMs: 600_000, lockMs: 30_000 }],
    };
    const first = await aBroker(options);
    const client = aClient(first);
    const receiver = client.createReceiver('q', { receiveMode: 'receiveAndDelete' });
    await client.createSender('q').sendMessages([
      { body: 1, messageId: 'a' },
      { body: 2, messageId: 'b' },
    ]);
    const taken = await receiveOne(receiver);
    await receiveOne(client.createReceiver('q'));
    await client.close();
    await first.close();

    clock.advance(10_000);
    const second = await aBroker(options);
    const sender = aClient(second).createSender('q');
    await sender.sendMessages([
      { body: 3, messageId: 'a' },
      { body: 4, messageId: 'c' },
    ]);
    expect(countsOf(second)).toMatchObject({ active: 2, locked: 1 });
    const [, last] = await aClient(second).createReceiver('q').peekMessages(10);
    expect(last?.sequenceNumber?.toNumber()).toBe(present(taken.sequenceNumber).toNumber() + 2);
    clock.advance(20_000);
    expect(countsOf(second).locked).toBe(0);
  });

  it('remembers ids and numbers of messages that are long gone, however often it starts', async () => {
    const options = { dataDir: aFolder(), queues: [{ name: 'q', duplicateWindowMs: 600_000 }] };
    const first = await aBroker(options);
    const client = aClient(first);
    await client.createSender('q').sendMessages({ body: 1, messageId: 'a' });
    await receiveOne(client.createReceiver('q', { receiveMode: 'receiveAndDelete' }));
    await client.close();
    await first.close();
    await (await aBroker(options)).close();
    const third = aClient(await aBroker(options));
    await third.createSender('q').sendMessages([
      { body: 2, messageId: 'a' },
      { body: 3, messageId: 'b' },
    ]);
    const message = await receiveOne(third.createReceiver('q'));
    expect([message.body, message.sequenceNumber?.toNumber()]).toEqual([3, 2]);
  });

  it('does at once what fell due while nothing ran', async () => {
    const clock = new ManualClock();
    const options = {
      clock,
      dataDir: aFolder(),
      queues: [{ name: 'q', lockMs: 5000, deadLetterOnExpiry: true }],
    };
    const first = await aBroker(options);
    const client = aClient(first);
    const sender = client.createSender('q');
    await sender.sendMessages([{ body: 'locked' }, { body: 'short', timeToLive: 8000 }]);
    await sender.scheduleMessages({ body: 'scheduled' }, new Date(clock.now() + 7000));
    await receiveOne(client.createReceiver('q'));
    await client.close();
    await first.close();
    clock.advance(9000);
    const second = await aBroker(options);
    expect(countsOf(second)).toEqual({ active: 2, scheduled: 0, deferred: 0, locked: 0, deadLetter: 1 });
  });

  it('keeps the messages of a queue that is missing from the configuration for the day it comes back', async () => {
    const dataDir = aFolder();
    const first = await aBroker({ dataDir, queues: [{ name: 'q' }, { name: 'Other' }] });
    const client = aClient(first);
    await client.createSender('Other').sendMessages({ body: 'kept' });
    await client.close();
    await first.close();
    const without = await aBroker({ dataDir });
    await expect(aClient(without).createReceiver('Other').peekMessages(1)).rejects.toMatchObject({
      code: 'MessagingEntityNotFound',
    });
    await without.close();
    const back = await aBroker({ dataDir, queues: [{ name: 'other' }] });
    expect((await receiveOne(aClient(back).createReceiver('other'))).body).toBe('kept');
  });

  it('leaves out a last write that a kill cut short, and nothing else', async () => {
    const dataDir = aFolder();
    const first = await aBroker({ dataDir });
    await aClient(first)
      .createSender('q')
      .sendMessages([{ body: 1 }, { body: 2 }]);
    await first.close();
    const path = join(dataDir, 'broker.journal');
    appendFileSync(path, readFileSync(path).subarray(0, 30));
    const second = await aBroker({ dataDir });
    expect(countsOf(second).active).toBe(2);
  });

  it('refuses a damaged journal by name instead of losing what is behind the damage', async () => {
    const dataDir = aFolder();
    const first = await aBroker({ dataDir });
    await aClient(first)
      .createSender('q')
      .sendMessages([{ body: 'one' }, { body: 'two' }]);
    await first.close();
    const path = join(dataDir, 'broker.journal');
    const bytes = readFileSync(path);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(startBroker({ port: 0, queues: [{ name: 'q' }], dataDir })).rejects.toThrow(
      /broker\.journal is damaged at byte \d+.*Move the file away/,
    );
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('does not share its data with a second broker', async () => {
    const dataDir = aFolder();
    const first = await aBroker({ dataDir });
    await expect(startBroker({ port: 0, queues: [{ name: 'q' }], dataDir })).rejects.toThrow(
      /Another broker uses the data folder/,
    );
    await first.close();
    await aBroker({ dataDir });
  });

  it('keeps its file in proportion to what is alive', async () => {
    const dataDir = aFolder();
    const broker = await aBroker({ dataDir, compactAboveBytes: 100_000 });
    const client = aClient(broker);
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q', { receiveMode: 'receiveAndDelete' });
    await sender.sendMessages({ body: 'stays', scheduledEnqueueTimeUtc: new Date(Date.now() + 60_000) });
    for (let round = 0; round < 20; round += 1) {
      await sender.sendMessages(Array.from({ length: 50 }, () => ({ body: 'x'.repeat(500) })));
      await receiveAll(receiver, 50);
    }
    expect(broker.stats().journalBytes).toBeLessThan(150_000);
    await broker.close();
    const again = await aBroker({ dataDir });
    expect(countsOf(again)).toMatchObject({ active: 0, scheduled: 1 });
  });
});

describe('a broker that is killed', () => {
  it('has lost nothing that a sender was told is safe, and brings back nothing that a receiver completed', async () => {
    const folder = aFolder();
    const args = ['--port', '0', '--data', join(folder, 'data')];
    const config = aConfig(folder, { RequiresDuplicateDetection: true });
    const first = await aBrokerProcess(...args, '--config', config);
    const client = aClient(first, { retryOptions: { maxRetries: 0, timeoutInMs: 1000 } });
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q');
    const acknowledged: string[] = [];
    const completing = new Set<string>();
    const completed = new Set<string>();
    const enough = Promise.withResolvers<void>();
    let isKilled = false;
    const senders = Array.from({ length: 10 }, async (_, lane) => {
      for (let number = 0; !isKilled; number += 1) {
        const messageId = `${lane}-${number}`;
        try {
          await sender.sendMessages({ body: 'x'.repeat(500), messageId });
        } catch {
          return; // Killed before it answered: this one may be there or not.
        }
        acknowledged.push(messageId);
        if (acknowledged.length === 600) enough.resolve();
      }
    });
    const receiving = async () => {
      while (!isKilled) {
        for (const message of await receiver.receiveMessages(3, { maxWaitTimeInMs: 50 })) {
          completing.add(String(message.messageId));
          await receiver.completeMessage(message);
          completed.add(String(message.messageId));
        }
      }
    };
    const killed = receiving().catch(() => {}); // It ends with the broker.
    await enough.promise;
    await first.stop('SIGKILL');
    isKilled = true;
    await Promise.all([...senders, killed]);
    await client.close();

    const second = await aBrokerProcess(...args, '--config', config);
    const again = aClient(second, impatient);
    const there = new Set<string>();
    const next = again.createReceiver('q');
    for (let some = await next.peekMessages(250); some.length > 0; some = await next.peekMessages(250)) {
      for (const { messageId } of some) {
        expect(there, 'a message is there twice').not.toContain(messageId);
        there.add(String(messageId));
      }
    }
    expect(completed.size).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !there.has(id) && !completing.has(id))).toEqual([]);
    expect([...completed].filter((id) => there.has(id))).toEqual([]);
    await again.createSender('q').sendMessages({ body: 'again', messageId: present(acknowledged[0]) });
    expect(await next.peekMessages(1), 'its id was forgotten').toEqual([]);
    expect((await second.stop('SIGTERM')).code).toBe(0);
  });
});
