import { describe, expect, it } from 'vitest';
import { aBroker, jsonOf } from './broker.ts';
import { notifier } from './command-line.ts';

const { connection, client, takeAll, deadLetter } = await aBroker();
const dlq = ['--source', 'dlq', '--connection', connection];

interface Listed {
  readonly items: readonly { readonly id: string; readonly messageId: string; readonly queue: string }[];
}

async function list(...flags: readonly string[]): Promise<Listed['items']> {
  const { json } = await notifier(['parked', 'list', '--json', ...dlq, ...flags]);
  return (json() as Listed).items; // What the tests below look at.
}

/** Ends every dead letter that a test leaves. */
async function empty(): Promise<void> {
  for (const { id } of await list()) await notifier(['parked', 'drop', id, ...dlq]);
}

describe('the dead letters of the queues', () => {
  it('are listed, of all queues or of one, without being taken', async () => {
    await deadLetter('events', { body: { a: 1 }, messageId: 'm-1' });
    await deadLetter('jobs', { body: { b: 2 }, messageId: 'm-2' });
    for (let look = 0; look < 2; look += 1) {
      expect(await list()).toMatchObject([
        { queue: 'events', messageId: 'm-1', reason: 'MaxDeliveryCountExceeded', body: '{"a":1}' },
        { queue: 'jobs', messageId: 'm-2', description: 'tried 10 times' },
      ]);
    }
    expect(await list('--queue', 'jobs')).toHaveLength(1);
    expect(await list('--limit', '1')).toHaveLength(1);
    const { out, status } = await notifier(['parked', 'list', ...dlq]);
    expect(out).toMatch(/ID\s+MESSAGE ID/);
    expect(out).toContain('tried 10 times');
    expect(status).toBe(0);
    await empty();
    expect((await notifier(['parked', 'list', ...dlq])).out).toBe('There are no dead letters.\n');
  });

  it('are shown one by one', async () => {
    await deadLetter('events', {
      body: { text: 'hi\u001b[2J' },
      applicationProperties: { traceparent: 't' },
    });
    const [item] = await list();
    const { out } = await notifier(['parked', 'show', item?.id ?? '', ...dlq]);
    expect(out).toContain('"text": "hi');
    expect(out).toMatch(/traceparent\s+t/);
    const { json } = await notifier(['parked', 'show', item?.id ?? '', '--json', ...dlq]);
    expect(json()).toMatchObject({ id: item?.id, properties: { traceparent: 't' } });
    await empty();
  });

  it('go back on their queue as they were, under a new message id', async () => {
    const body = Buffer.from('{ "as" : "it was" }');
    const properties = { cloudEvents_id: '7', traceparent: 't' };
    await deadLetter('deliveries', {
      body,
      messageId: 'm-3',
      contentType: 'application/json',
      applicationProperties: properties,
    });
    const [item] = await list();
    const { status, out } = await notifier(['parked', 'replay', item?.id ?? '', ...dlq]);
    expect(status).toBe(0);
    expect(out).toBe(`${item?.id}  went back on its queue\n`);
    const [message, ...more] = await takeAll('deliveries');
    expect(Buffer.from(message?.body).toString()).toBe(body.toString());
    expect(message).toMatchObject({ contentType: 'application/json', applicationProperties: properties });
    expect(message?.messageId).not.toBe('m-3');
    expect(more).toEqual([]);
    expect(await list()).toEqual([]);
  });

  it('keep a body that is no bytes', async () => {
    await deadLetter('events', { body: 'placeholder' });
    await empty();
    const sender = client.createSender('events');
    await sender.sendMessages({ bodyType: 'value', body: 'a value', properties: { correlationId: 'c' } });
    const receiver = client.createReceiver('events');
    const [received] = await receiver.receiveMessages(1);
    if (received !== undefined) await receiver.deadLetterMessage(received);
    await Promise.all([sender.close(), receiver.close()]);
    await notifier(['parked', 'replay', '--all', ...dlq]);
    const [message] = await takeAll('events');
    expect(message).toMatchObject({ body: 'a value', correlationId: 'c' });
    expect(message?._rawAmqpMessage.bodyType).toBe('value');
  });

  it('are replayed one out of many, the others staying as they are', async () => {
    for (const n of [1, 2, 3]) await deadLetter('events', { body: { n } });
    const [, second] = await list();
    const { status } = await notifier(['parked', 'replay', second?.id ?? '', ...dlq]);
    expect(status).toBe(0);
    expect((await takeAll('events')).map(jsonOf)).toEqual([{ n: 2 }]);
    expect(await list()).toMatchObject([{ body: '{"n":1}' }, { body: '{"n":3}' }]);
    const dropped = await notifier(['parked', 'drop', (await list())[1]?.id ?? '', '--json', ...dlq]);
    expect(dropped.json()).toMatchObject({ dropped: true });
    expect(await list()).toMatchObject([{ body: '{"n":1}' }]);
    await empty();
  });

  it('are replayed all, of one queue or of every queue, after a dry run that touches none', async () => {
    await deadLetter('events', { body: { n: 1 } }, { body: { n: 2 } });
    await deadLetter('jobs', { body: { n: 3 } });
    const dry = await notifier(['parked', 'replay', '--all', '--dry-run', '--json', ...dlq]);
    expect(dry.json()).toMatchObject({ dryRun: true, replayed: { length: 3 }, missed: [] });
    expect(await list()).toHaveLength(3);
    await notifier(['parked', 'replay', '--all', '--queue', 'jobs', ...dlq]);
    expect(await list()).toHaveLength(2);
    await notifier(['parked', 'replay', '--all', ...dlq]);
    expect(await list()).toEqual([]);
    expect((await takeAll('events')).map(jsonOf)).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await takeAll('jobs')).map(jsonOf)).toEqual([{ n: 3 }]);
    const none = await notifier(['parked', 'replay', '--all', ...dlq]);
    expect(none).toMatchObject({ status: 0, out: 'There are no dead letters.\n' });
  });

  it('that somebody else holds stay there, and it is said', async () => {
    await deadLetter('events', { body: { n: 1 } });
    const holder = client.createReceiver('events', { subQueueType: 'deadLetter' });
    const [held] = await holder.receiveMessages(1);
    const { status, err } = await notifier(['parked', 'replay', '--all', ...dlq]);
    expect(status).toBe(1);
    expect(err).toContain('1 dead letter could not be taken');
    expect(await takeAll('events')).toEqual([]);
    if (held !== undefined) await holder.completeMessage(held);
    await holder.close();
  });

  it('that are not there are named', async () => {
    for (const command of ['show', 'replay', 'drop']) {
      const { status, out, err } = await notifier(['parked', command, 'events/99999', ...dlq]);
      expect({ status, out }, command).toEqual({ status: 1, out: '' });
      expect(err).toContain('there is no dead letter events/99999');
    }
  });
});
