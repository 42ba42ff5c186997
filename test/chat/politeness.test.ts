import { describe, expect, it } from 'vitest';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';

async function aChatWithEverything() {
  const world = aWorld();
  return aChat({ world, more: { answer: (await everyCommand(world)).answer } });
}

/** What takes nothing from what is said behind it. */
const openings = [
  'hi',
  'Hello!',
  'hey notifier,',
  'good morning,',
  'moin',
  'thanks,',
  'Thank you.',
  'danke,',
  'ok thanks, now',
  'please',
];

describe('what is said behind a greeting or thanks', () => {
  it.each(openings)('is done, and not answered with a word alone: %s', async (opening) => {
    const { says, hears } = await aChatWithEverything();
    await says('hello');
    expect(await hears(`${opening} remind me to stretch in 2 minutes`)).toContain('Reminder **1** is set');
    expect(await hears(`${opening} subscribe builds`)).toContain('**builds**');
    expect(await hears(`${opening} book travel`)).toContain('Where');
  });

  it('is never met with silence, also right behind the greeting', async () => {
    const { says, hears } = await aChatWithEverything();
    await says('hello');
    for (const text of [
      'hi cancel',
      'hello, what is this?',
      'hallo erinnere mich an x in 2 minuten',
      'hi stop',
    ])
      expect([text, await hears(text)]).not.toEqual([text, '']);
    expect(await hears('hi statsu')).toContain('**status**');
  });

  it('is answered where there is nothing, also right behind the greeting', async () => {
    const { says, hears, world } = await aChatWithEverything();
    await says('hello');
    for (const text of ['hi', 'Hello!', 'good morning', 'hey there'])
      expect([text, await hears(text)]).toEqual([text, expect.stringMatching(/^Hello! I am here/)]);
    world.clock.advance(60_000);
    expect(await hears('hi')).toContain('Hello');
    expect(await hears('thanks a lot')).toBe('You are welcome.');
    expect(await hears('danke')).toBe('You are welcome.');
  });
});

describe('what is said to be polite is no part of what is wanted', () => {
  it.each([
    ['subscribe thanks', 'Which topic?'],
    ['subscribe please', 'Which topic?'],
    ['subscribe thanks a lot', 'Which topic?'],
    ['subscribe, thank you very much!', 'Which topic?'],
    ['please subscribe me', 'Which topic?'],
    ['abonniere danke schön', 'Which topic?'],
    ['subscribe builds, thanks a lot', 'on **builds**'],
    ['subscribe builds thank you so much', 'on **builds**'],
    ['abonniere builds vielen dank', 'on **builds**'],
    ['abonniere builds dankeschön', 'on **builds**'],
    ['builds bitte abonnieren', 'on **builds**'],
    ['remind me please', 'What shall I remind you of, and when?'],
    ['erinnerung bitte', 'What shall I remind you of, and when?'],
  ])('%s', async (text, heard) => {
    const { says, hears } = await aChatWithEverything();
    await says('hello');
    expect(await hears(text)).toContain(heard);
  });
});
