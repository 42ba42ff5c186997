import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { isJsonObject } from '../../shared/domain/json-object.ts';
import { cardOf } from '../support/reading.ts';
import { ChatPerson, eventually } from './person.ts';

let stack: Stack;
/** Asked for something that repeats before anything else, because a second occurrence takes its minute. */
let dan: ChatPerson;

beforeAll(async () => {
  stack = await startStack({ channelArgs: ['--no-limits'], env: { NOTIFIER_REQUESTS_PER_SECOND: '200' } });
  dan = await arrives('dan');
  await dan.says('remind me to breathe every minute starting in 3 seconds');
  await dan.hears('Reminder **1** is set: breathe');
});

afterAll(async () => {
  await stack?.stop();
});

async function arrives(name: string): Promise<ChatPerson> {
  const { channel } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const person = await ChatPerson.arrives(channel, `dl_reminders_${name}`);
  await person.says('hello');
  await person.hears('Hello');
  return person;
}

const count = async (person: ChatPerson, text: string) =>
  (await person.texts()).filter((heard) => heard.startsWith(text)).length;

/** What the person was shown last that says so. */
async function lastThatSays(person: ChatPerson, text: string) {
  const shown = await person.shown(text);
  if (shown === undefined) throw new Error(`nothing says "${text}"`);
  return shown;
}

/** The commands on the buttons of the last card that says so, by their titles. */
async function buttonsUnder(person: ChatPerson, text: string): Promise<{ readonly [title: string]: string }> {
  return Object.fromEntries(buttonsOn(cardOf(await lastThatSays(person, text))));
}

function buttonsOn(value: unknown): readonly (readonly [title: string, command: string])[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOn);
  if (!isJsonObject(value)) return [];
  const { title, data } = value;
  if (typeof title === 'string' && isJsonObject(data) && typeof data.notifier === 'string')
    return [[title, data.notifier]];
  return Object.values(value).flatMap(buttonsOn);
}

async function toldAt(person: ChatPerson, text: string): Promise<number> {
  const shown = await lastThatSays(person, text);
  return Date.parse(z.object({ timestamp: z.string() }).parse(shown).timestamp);
}

describe('a reminder', () => {
  it('asked for in the chat is confirmed, and comes within two seconds of its time', async () => {
    const ana = await arrives('ana');
    const askedAt = Date.now();
    await ana.says('remind me to stretch in 4 seconds');
    await ana.hears('Reminder **1** is set: stretch');
    await ana.hears('Reminder: stretch');
    const late = (await toldAt(ana, 'Reminder: stretch')) - askedAt - 4000;
    expect(late).toBeGreaterThanOrEqual(-50);
    expect(late).toBeLessThan(2000);
    expect(Object.keys(await buttonsUnder(ana, 'Reminder: stretch'))).toContain('Done');
  });

  it('that is cancelled, or moved, does not come at its first time', async () => {
    const ben = await arrives('ben');
    await ben.says('remind me to cancel this in 3 seconds');
    await ben.hears('Reminder **1** is set');
    await ben.says('cancel reminder 1');
    await ben.hears('Reminder 1 is cancelled');
    await ben.says('remind me to move this in 3 seconds');
    await ben.hears('Reminder **2** is set');
    await ben.says('edit reminder 2 in 6 seconds');
    await ben.hears('Reminder **2** is moved');
    const movedAt = Date.now();
    await ben.hears('Reminder: move this');
    expect((await toldAt(ben, 'Reminder: move this')) - movedAt).toBeGreaterThan(4000);
    expect(await count(ben, 'Reminder: cancel this')).toBe(0);
    expect(await count(ben, 'Reminder: move this')).toBe(1);
  });

  it('that came can be snoozed and done by the buttons on its card', async () => {
    const cleo = await arrives('cleo');
    await cleo.says('remind me to call Ann in 1 second');
    await cleo.hears('Reminder: call Ann');
    const pressed = await buttonsUnder(cleo, 'Reminder: call Ann');
    await cleo.says((pressed['20 minutes'] ?? '').replace('20 minutes', '2 seconds'));
    await cleo.hears('Snoozed until');
    await eventually('the snoozed one', async () => (await count(cleo, 'Reminder: call Ann')) === 2);
    await cleo.says(pressed.Done ?? '');
    await cleo.hears('Done: call Ann');
    await cleo.says(pressed['1 hour'] ?? '');
    await cleo.hears('Reminder 1 (call Ann) is done already');
  });

  it('comes once when the app is killed right before its second', async () => {
    const eve = await arrives('eve');
    const askedAt = Date.now();
    await eve.says('remind me to duck in 6 seconds');
    await eve.hears('Reminder **1** is set');
    await eventually('the moment before', async () => Date.now() > askedAt + 5700);
    await stack.kill('functions', 'SIGKILL');
    await stack.waitUntilRestarted('functions');
    // A process that was quicker than the signal may have taken the message with it: its lock holds for a minute.
    await eventually('the reminder', async () => (await count(eve, 'Reminder: duck')) > 0, 90_000);
    await eve.says('reminders');
    await eve.hears('Your reminders');
    expect(await count(eve, 'Reminder: duck')).toBe(1);
  }, 150_000);

  it('that repeats names the next time, and comes again by the tick of a minute', async () => {
    await dan.hears('Reminder: breathe');
    const shown = await lastThatSays(dan, 'Reminder: breathe');
    expect(JSON.stringify(shown?.attachments)).toContain('Next: ');
    const again = async () => (await count(dan, 'Reminder: breathe')) >= 2;
    await eventually('the second occurrence', again, 90_000);
    await dan.says('cancel reminder 1');
    await dan.hears('Reminder 1 is cancelled');
  }, 120_000);
});
