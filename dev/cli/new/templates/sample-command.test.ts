import { expect, it } from 'vitest';
import { aKindChat } from '../../../../test/support/kind-chat.ts';
import { sampleCommand } from './sample-command.ts';

it('sample command answers, and stands in help', async () => {
  const chat = await aKindChat(sampleCommand);
  expect(await chat.hears('sample command')).toMatch(/^It is \d+:\d\d/);
  expect(await chat.hears('help')).toContain('sample command');
  expect(await chat.hears('help sample command')).toContain('Says what time it is for you');
});
