import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { heardIn } from '../support/reading.ts';
import { ChatPerson, eventually } from './person.ts';

/** A window that a test can wait for. */
const BURST = '3/8s';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    channelArgs: ['--no-limits'],
    env: { NOTIFIER_REQUESTS_PER_SECOND: '200', NOTIFIER_BURST: BURST },
  });
});

afterAll(async () => {
  await stack?.stop();
});

async function arrives(name: string): Promise<ChatPerson> {
  const { channel } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const person = await ChatPerson.arrives(channel, `dl_holding_${name}`);
  await person.says('hello');
  await person.hears('Hello');
  return person;
}

const api = (path: string) => `${stack.addresses.functions}/api/${path}`;

/** Publishes a notification for one person and gives what names it. */
async function tell(person: ChatPerson, text: string, delivery: object = {}) {
  const event = {
    specversion: '1.0',
    type: 'notification.requested',
    source: 'urn:holding',
    id: randomUUID(),
    data: { to: { user: person.id }, text, delivery },
  };
  const answer = await fetch(api('events'), {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  if (answer.status !== 202) throw new Error(`publishing was answered by ${answer.status}`);
  return event;
}

const report = z.object({
  recipients: z.array(z.object({ state: z.string(), reason: z.string().optional() })),
});

/** `delivered`, `deferred waiting`, `suppressed muted`; empty while nobody is addressed. */
async function stateOf(event: { readonly source: string; readonly id: string }): Promise<string> {
  const query = new URLSearchParams({ source: event.source, id: event.id, recipients: '1' });
  const answer = await fetch(`${api('notifications')}?${query}`);
  if (!answer.ok) return '';
  const [recipient] = report.parse(await answer.json()).recipients;
  return [recipient?.state, recipient?.reason].filter((word) => word !== undefined).join(' ');
}

async function comesTo(event: { readonly source: string; readonly id: string }, state: string) {
  await eventually(`"${state}"`, async () => (await stateOf(event)) === state);
}

describe('a person who is left alone', () => {
  it('gets three of six that come at once, and the other three as one digest when the window ends', async () => {
    const ana = await arrives('ana');
    const texts = ['1', '2', '3', '4', '5', '6'].map((number) => `ad hoc ${number}`);
    const events = [];
    for (const text of texts) events.push(await tell(ana, text, { mode: 'adHoc' }));
    await ana.hears('A lot at once: 3 notifications');
    const seen = await ana.sees();
    const digest = seen.find(({ summary }) => summary?.startsWith('A lot at once'));
    const alone = texts.filter((text) => seen.some((shown) => heardIn(shown).startsWith(text)));
    expect(alone.length).toBe(3);
    for (const text of texts.filter((one) => !alone.includes(one))) {
      expect(digest?.summary).toContain(text);
      expect(JSON.stringify(digest?.attachments)).toContain(text);
    }
    for (const event of events) await comesTo(event, 'delivered');
  });

  it('can read each of forty that come at once, and asks for all of it by missed', async () => {
    const eve = await arrives('eve');
    const long = (number: number) => `forty ${number}, ${'and so on '.repeat(number === 39 ? 800 : 20)}end`;
    const events = [];
    for (let number = 0; number < 40; number += 1) {
      events.push(await tell(eve, long(number), { mode: 'adHoc' }));
    }
    for (const event of events) await comesTo(event, 'delivered');
    const seen = await eve.sees();
    const shown = seen.map(({ text = '', attachments = [] }) => text + JSON.stringify(attachments));
    for (let number = 0; number < 40; number += 1) {
      const begun = long(number).slice(0, 300);
      expect(shown.filter((one) => one.includes(begun))).toHaveLength(1);
    }
    expect(seen.every(({ attachments = [] }) => attachments.length <= 5)).toBe(true);

    await eve.says('missed');
    await eventually('the page of what was missed', async () =>
      (await eve.sees()).some(({ attachments }) => JSON.stringify(attachments ?? '').includes('In full')),
    );
  });

  it('gets nothing while it is muted but what is urgent, and everything again after', async () => {
    const ben = await arrives('ben');
    await ben.says('mute for 1 hour');
    await ben.hears('Done. I keep everything from you');
    await comesTo(await tell(ben, 'muted'), 'suppressed muted');
    await tell(ben, 'the house is on fire', { urgent: true });
    await ben.hears('the house is on fire');
    await ben.says('unmute');
    await ben.hears('Done. Nothing is muted any more.');
    await tell(ben, 'back again');
    await ben.hears('back again');
    expect(await ben.texts()).not.toContain('muted');
  });

  it('gets what came in quiet hours as one digest when they are turned off, and sees them in status', async () => {
    const cleo = await arrives('cleo');
    // All day but the minute before this one: the test runs inside of them, whatever the time.
    const now = new Date();
    const minuteOfDay = now.getUTCHours() * 60 + now.getUTCMinutes();
    const clock = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    await cleo.says(
      `quiet hours ${clock((minuteOfDay + 1438) % 1440)}-${clock((minuteOfDay + 1430) % 1440)}`,
    );
    await cleo.hears('Done. Your quiet hours are');
    const events = [await tell(cleo, 'night one'), await tell(cleo, 'night two', { mode: 'adHoc' })];
    for (const event of events) await comesTo(event, 'deferred quiet-hours');
    await cleo.says('status');
    await eventually('the status', async () =>
      (await cleo.texts()).some((text) => text.includes('Held back: **2** until your quiet hours end')),
    );
    await cleo.says('quiet hours off');
    await cleo.hears('During your quiet hours: 2 notifications');
    for (const event of events) await comesTo(event, 'delivered');
  });

  it('is not disturbed while booking, and gets what waited as one digest after', async () => {
    const dora = await arrives('dora');
    await dora.says('book travel');
    await eventually('the first question', async () => (await dora.texts()).length > 1);
    const events = [await tell(dora, 'wait one'), await tell(dora, 'wait two')];
    for (const event of events) await comesTo(event, 'deferred waiting');
    await tell(dora, 'by the way', { mode: 'adHoc' });
    await dora.hears('by the way');
    expect((await dora.texts()).some((text) => text.includes('wait one'))).toBe(false);
    await dora.says('cancel');
    await dora.hears('While you were busy: 2 notifications');
    for (const event of events) await comesTo(event, 'delivered');
  });
});
