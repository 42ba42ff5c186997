import { beforeEach, describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../shared/domain/time.ts';
import { aConversation, anEvent, aPerson, aWakeUpCall } from '../support/builders.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { InMemoryDeliveryQueue, InMemoryEventQueue } from '../support/fakes/queues/in-memory-queues.ts';
import { ScriptedMessenger } from '../support/fakes/scripted-messenger.ts';
import { inMemoryStores } from '../support/fakes/stores/in-memory-stores.ts';
import { Watch } from '../support/fakes/watch.ts';

describe('the queue in memory', () => {
  let clock: FakeClock;
  let queue: InMemoryDeliveryQueue;

  beforeEach(() => {
    clock = new FakeClock();
    queue = new InMemoryDeliveryQueue(clock);
  });

  it('gives messages when they are due, the earliest first, equals in the order of sending', async () => {
    const [later, first, second, past] = [aWakeUpCall(), aWakeUpCall(), aWakeUpCall(), aWakeUpCall()];
    const soon = clock.now() + seconds(10);
    await queue.send([{ message: later, at: soon }, { message: first }, { message: second }]);
    await queue.send([{ message: past, at: clock.now() - minutes(1) }]);
    expect(queue.takeAll()).toEqual([first, second, past]);
    expect(queue.take()).toBeUndefined();
    expect(queue.nextAt).toBe(soon);
    clock.set(soon);
    expect(queue.take()).toEqual(later);
    expect(queue.waiting).toEqual([]);
    expect(queue.sent).toHaveLength(4);
  });

  it('swallows a message id seen within ten minutes, as the broker does, and none after', async () => {
    const call = aWakeUpCall();
    await queue.send([{ message: call }, { message: call }, { message: { ...call, hop: 1 } }]);
    expect(queue.takeAll()).toEqual([call, { ...call, hop: 1 }]);
    expect(queue.duplicates).toEqual([call]);
    clock.advance(minutes(10) + 1);
    await queue.send([{ message: call }]);
    expect(queue.takeAll()).toEqual([call]);
  });

  it('loses everything when told to', async () => {
    await queue.send([{ message: aWakeUpCall() }]);
    queue.lose();
    expect(queue.takeAll()).toEqual([]);
  });

  it('takes the same event twice: events have no duplicate detection', async () => {
    const events = new InMemoryEventQueue(clock);
    const event = anEvent();
    await events.publishEvents([event, event]);
    await events.putBackEvent({ original: '{}' }, clock.now() + 1);
    expect(events.takeAll()).toEqual([{ event }, { event }]);
    clock.advance(1);
    expect(events.takeAll()).toEqual([{ original: '{}' }]);
  });
});

describe('the scripted messenger', () => {
  it('shows what it sends, and answers by script where there is one', async () => {
    const messenger = new ScriptedMessenger();
    const conversation = aConversation({ conversationId: 'c1' });
    const unclear = { kind: 'failed', status: 502, code: 'BadGateway', surelyNotSent: false } as const;
    messenger.next('c1', { result: unclear, shown: true });
    expect(await messenger.sendActivity(conversation, { text: 'one' })).toEqual(unclear);
    expect(await messenger.sendActivity(conversation, { text: 'two' })).toMatchObject({ kind: 'sent' });
    expect(messenger.textsIn('c1')).toEqual(['one', 'two']);
    messenger.nextCreation({ kind: 'untrusted' });
    const ada = aPerson({ user: { id: '29:ada' } });
    expect(await messenger.createConversation(ada)).toEqual({ kind: 'untrusted' });
    const again = [await messenger.createConversation(ada), await messenger.createConversation(ada)];
    expect(again[0]).toEqual(again[1]);
  });
});

describe('a watch over ports', () => {
  it('counts calls over all ports, and lets the chosen one fail before or after it is done', async () => {
    const watch = new Watch();
    const stores = inMemoryStores({ clock: new FakeClock() });
    const conversations = watch.over('conversations', stores.conversations);
    const ledger = watch.over('ledger', stores.ledger);
    const [ada, bob] = [aConversation(), aConversation()];
    const error = new Error('the process is gone');

    watch.failCall(0, { error, when: 'before' });
    watch.failNext('conversations.saveConversation', { error, when: 'after' });
    await expect(conversations.saveConversation(ada)).rejects.toBe(error);
    expect(await stores.conversations.findConversation(ada.key)).toBeUndefined();
    await expect(conversations.saveConversation(bob)).rejects.toBe(error);
    expect(await stores.conversations.findConversation(bob.key)).toEqual(bob);
    await ledger.findDesk(ada.key);
    expect([
      watch.count('conversations.saveConversation'),
      watch.count('conversations'),
      watch.count('ledger'),
    ]).toEqual([2, 2, 1]);
    expect(watch.calls.at(-1)).toEqual({ port: 'ledger', method: 'findDesk' });
  });
});
