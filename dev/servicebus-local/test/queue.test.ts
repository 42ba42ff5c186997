import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { BrokerError } from '../broker-error.ts';
import type { Clock } from '../clock.ts';
import { Images } from '../journal/images.ts';
import { Journal } from '../journal/journal.ts';
import { parseMessage } from '../message/message.ts';
import { Namespace } from '../queue/namespace.ts';
import { defaultSettings } from '../queue/settings.ts';
import { present } from './broker-under-test.ts';

/** A queue whose timers never come, as when the machine is busy or slept: only the time goes on. */
function aQueueWithLateTimers() {
  let now = 1_700_000_000_000;
  const clock: Clock = { now: () => now, wakeAt: () => () => {} };
  const journal = new Journal({ path: undefined, onFailure() {} });
  const settings = { ...defaultSettings, name: 'q', lockMs: 1000, deadLetterOnExpiry: true };
  const namespace = new Namespace([settings], { clock, journal, images: new Images() });
  const later = (ms: number) => {
    now += ms;
  };
  return { later, entity: present(namespace.entity('q')) };
}

function aMessage(ttl?: number) {
  return parseMessage(rhea.message.encode({ message_id: 'm', body: 1, ttl }));
}

describe('a queue whose timers come late', () => {
  it('counts a lock as lost from the very moment at which it ends', () => {
    const { entity, later } = aQueueWithLateTimers();
    entity.main.accept([aMessage()]);
    const { token } = present(entity.main.receive(1)[0]?.lock);
    later(1000);
    expect(() => entity.main.settle(token, { kind: 'complete' })).toThrow(BrokerError);
    expect(() => entity.main.renew(token)).toThrow(/The lock supplied is invalid/);
  });

  it('delivers no message whose time to live is over', () => {
    const { entity, later } = aQueueWithLateTimers();
    entity.main.accept([aMessage(500), aMessage()]);
    later(500);
    expect(entity.main.peek(0, 10)).toHaveLength(1);
    expect(entity.main.receive(10)).toHaveLength(1);
    expect(entity.counts).toMatchObject({ active: 1, deadLetter: 1 });
  });
});
