import { app, type ServiceBusQueueHandler } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { createFunctionsCore } from '../../core/functions-core.ts';
import type { LogEntry } from '../../core/invocation.ts';
import { createMessageListener, type MessageListenerOptions } from '../../service-bus/message-listener.ts';
import type { Delivery, ReceivedMessage } from '../../service-bus/received-message.ts';

/** A source whose deliveries a test makes, and what became of them. */
function fakeSource() {
  const settled: string[] = [];
  let handle: (delivery: Delivery) => Promise<void> = () => Promise.reject(new Error('not started'));
  return {
    settled,
    start: async (handler: typeof handle) => {
      handle = handler;
    },
    stop: async () => {},
    deliver(
      id: string,
      message: Partial<ReceivedMessage> = {},
      refuse: Partial<Delivery> = {},
    ): Promise<void> {
      return handle({
        message: {
          body: JSON.stringify({ id }),
          messageId: id,
          deliveryCount: 0,
          enqueuedTime: new Date(),
          sequenceNumber: '1',
          applicationProperties: {},
          ...message,
        },
        complete: async () => void settled.push(`${id} completed`),
        abandon: async () => void settled.push(`${id} abandoned`),
        renewLock: async () => new Date(Date.now() + 60_000),
        ...refuse,
      });
    },
  };
}

async function listening(handler: ServiceBusQueueHandler, options: Partial<MessageListenerOptions> = {}) {
  const source = fakeSource();
  const logged: LogEntry[] = [];
  const core = createFunctionsCore();
  await core.load(() => app.serviceBusQueue('probe', { connection: 'C', queueName: 'q', handler }));
  const registered = core.functions.get('probe');
  if (!registered) throw new Error('not registered');
  const listener = createMessageListener({
    registered,
    source,
    run: core.invoke,
    log: (entry) => logged.push(entry),
    maxConcurrentCalls: 16,
    autoComplete: true,
    maxAutoLockRenewalMs: 0,
    ...options,
  });
  await listener.start();
  return { ...source, listener, logged, warnings: () => logged.map((entry) => entry.message) };
}

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};
const turns = async () => {
  for (let count = 0; count < 20; count++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a message', () => {
  it('is completed when the function returns', async () => {
    const { deliver, settled } = await listening(() => {});
    await deliver('a');
    expect(settled).toEqual(['a completed']);
  });

  it('is not completed before the function has returned', async () => {
    const { open, opened } = gate();
    const { deliver, settled } = await listening(() => opened);
    const handled = deliver('a');
    await turns();
    expect(settled).toEqual([]);
    open();
    await handled;
    expect(settled).toEqual(['a completed']);
  });

  it('is abandoned at once when the function throws', async () => {
    const { deliver, settled } = await listening(() => Promise.reject(new Error('no')));
    await deliver('a');
    expect(settled).toEqual(['a abandoned']);
  });

  it('is left to its lock when auto-complete is off, but still abandoned on a throw', async () => {
    const handler: ServiceBusQueueHandler = (_, context) => {
      if (context.triggerMetadata?.id === 'bad') throw new Error('no');
    };
    const { deliver, settled } = await listening(handler, { autoComplete: false });
    await deliver('good');
    await deliver('bad');
    expect(settled).toEqual(['bad abandoned']);
  });

  it('that no function can take is abandoned, with the reason in the log', async () => {
    const { deliver, settled, warnings } = await listening(() => {});
    await deliver('a', { body: [1, 2] });
    expect(settled).toEqual(['a abandoned']);
    expect(warnings()).toEqual([expect.stringContaining('Message "a" cannot be given to the function: ')]);
  });

  it('whose settlement fails is told as coming again, and harms no other', async () => {
    const { deliver, settled, warnings } = await listening(() => {});
    await deliver('a', {}, { complete: () => Promise.reject(new Error('the lock was lost')) });
    await deliver('b');
    expect(warnings()).toEqual([
      'Message "a" could not be completed and will be delivered again: the lock was lost',
    ]);
    expect(settled).toEqual(['b completed']);
  });
});

describe('the number of messages in work', () => {
  it('never exceeds maxConcurrentCalls: prefetched ones wait their turn, in order', async () => {
    const gates = new Map(['a', 'b', 'c', 'd'].map((id) => [id, gate()]));
    const begun: unknown[] = [];
    const handler: ServiceBusQueueHandler = (_, context) => {
      const id = String(context.triggerMetadata?.id);
      begun.push(id);
      return gates.get(id)?.opened;
    };
    const { deliver, settled } = await listening(handler, { maxConcurrentCalls: 2 });
    const handled = [...gates.keys()].map((id) => deliver(id));
    await turns();
    expect(begun).toEqual(['a', 'b']);
    gates.get('b')?.open();
    await handled[1];
    await turns();
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const each of gates.values()) each.open();
    await Promise.all(handled);
    expect(settled.toSorted()).toEqual(['a completed', 'b completed', 'c completed', 'd completed']);
  });

  it('frees the place of a message whose function threw', async () => {
    const { deliver, settled } = await listening(() => Promise.reject(new Error('no')), {
      maxConcurrentCalls: 1,
    });
    await Promise.all([deliver('a'), deliver('b'), deliver('c')]);
    expect(settled).toEqual(['a abandoned', 'b abandoned', 'c abandoned']);
  });
});

describe('a listener that stops', () => {
  it('waits until what is in work is settled, and leaves what waits to its lock', async () => {
    const { open, opened } = gate();
    const settling = gate();
    const { deliver, settled, listener } = await listening(() => opened, { maxConcurrentCalls: 1 });
    const complete = async () => {
      await settling.opened;
      settled.push('a completed');
    };
    deliver('a', {}, { complete });
    deliver('b');
    await turns();
    let stopped = false;
    const stopping = listener.stop().then(() => {
      stopped = true;
    });
    open();
    await turns();
    expect(stopped).toBe(false);
    settling.open();
    await stopping;
    expect(settled).toEqual(['a completed']);
  });
});
