import { expect, it } from 'vitest';
import { everyCommand } from '../../support/every-command.ts';
import { faultsOfShape } from '../../support/one-message.ts';
import { heardIn } from '../../support/reading.ts';
import { aWorld } from '../../support/world.ts';
import { aTravelChat, travelBook } from './support/travel-chat.ts';

it('is one message each in a dialog, where a command comes in between, and at its end', async () => {
  const world = aWorld();
  const chat = aTravelChat({
    world,
    more: { answer: (await everyCommand(world, undefined, travelBook)).answer },
  });
  const texts = ['hello', 'book travel', 'help', 'London', 'nonsense', 'next friday', 'status', 'one way'];
  for (const text of [
    ...texts,
    '2',
    'back',
    '3',
    'yes',
    'what is this',
    'thanks',
    'cancel',
    'x'.repeat(5000),
  ]) {
    await chat.says(text);
  }
  const booked = chat.replies.find((reply) => heardIn(reply).startsWith('Booked. Have a good trip!'));
  expect(JSON.stringify(booked?.attachments)).toContain('TR-');
  expect(chat.replies.flatMap(faultsOfShape)).toEqual([]);
  // The words of a prompt are the activity's own text.
  const prompts = chat.replies.filter((reply) => /When do you|How many|Shall I/.test(heardIn(reply)));
  expect(prompts.length).toBeGreaterThan(5);
  expect(prompts.every(({ text }) => text !== undefined)).toBe(true);
});
