import { expect, it } from 'vitest';
import { aKindChat } from '../../../../test/support/kind-chat.ts';
import { sampleDialog } from './sample-dialog.ts';

it('sample dialog asks its questions, and takes the first answer with its name', async () => {
  const chat = await aKindChat(sampleDialog);
  expect(await chat.hears('sample dialog')).toBe('What do you want?');
  expect(await chat.hears('tea')).toBe('How many of tea?');
  expect(await chat.hears('many')).toBe('A number, please. How many of tea?');
  expect(await chat.hears('2')).toBe('Done: 2 of **tea**.');
  expect(await chat.hears('sample dialog coffee')).toBe('How many of coffee?');
  expect(await chat.hears('cancel')).toBe('All right, nothing was done.');
});
