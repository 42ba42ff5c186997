import { expect, it } from 'vitest';
import { help } from '../../shared/chat/commands/help.ts';
import { dialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { aConversation } from '../support/builders.ts';

const does = () => 'Does it';

it('a dialog says by which words it is gone on with, beside those of every dialog', () => {
  const entry = { name: 'order pizza', usage: 'order pizza', does, load: () => Promise.reject(new Error()) };
  const book = dialogBook([{ ...entry, resumed: { en: ['back to the oven'], de: ['zurück zum ofen'] } }]);
  const said = ['back to the oven', 'zurück zum Ofen', 'resume', 'resume pizza', 'continue', 'weitermachen'];
  expect(said.filter((text) => !book.resumes(text))).toEqual([]);
  expect(dialogBook([entry]).resumes('back to the oven')).toBe(false);
  expect(book.resumes('continue booking')).toBe(false);
});

it('what an app has of its own stands by itself in help', async () => {
  const own = { name: 'order pizza', usage: 'order pizza', does };
  const text = async (...commands: (typeof own)[]) => {
    const helping = help(
      () => [{ name: 'status', usage: 'status', does, group: 'you' }, ...commands],
      (command) => command,
    );
    const turn = { id: 't', at: 0, text: 'help', locale: 'en', conversation: aConversation() };
    return (await helping.run(turn, '')).text;
  };
  expect(await text(own)).toContain('**Also here**: order pizza\n\n**You and this chat**: status');
  expect(await text()).not.toContain('Also here');
});
