import { describe, expect, it } from 'vitest';
import type { TurnState } from '../../shared/domain/conversation/turn-state.ts';
import { aChat } from '../support/chat.ts';

async function booking() {
  const chat = aChat();
  for (const text of ['hello', 'book travel', 'London']) await chat.says(text);
  const change = async (changed: (state: TurnState) => TurnState) => {
    const { state, tag } = await chat.world.turns.loadTurns(chat.place);
    await chat.world.turns.saveTurns(chat.place, changed(state), tag);
  };
  return { ...chat, change };
}

describe('a dialog that this version of the app cannot go on with', () => {
  it.each([
    ['of another version', { version: 99 }],
    ['of a name that is no more', { name: 'book a rocket' }],
    ['without a stack', { state: {} }],
    ['with a stack of something else', { state: { dialogStack: [{ id: 'rocket', state: {} }] } }],
    [
      'of two dialogs',
      {
        state: {
          dialogStack: [
            { id: 'book travel', state: {} },
            { id: 'book travel', state: {} },
          ],
        },
      },
    ],
    ['without its answers', { state: { dialogStack: [{ id: 'book travel', state: {} }] } }],
    [
      'with nonsense for its answers',
      { state: { dialogStack: [{ id: 'book travel', state: { answers: 7 } }] } },
    ],
  ])('%s is dropped with a sentence, and the next message is answered', async (_what, fields) => {
    const chat = await booking();
    await chat.change((state) => ({
      ...state,
      ...(state.dialog === undefined ? {} : { dialog: { ...state.dialog, ...fields } }),
    }));
    expect(await chat.hears('next friday')).toContain('I lost track of what we were in the middle of');
    expect((await chat.state()).dialog).toBeUndefined();
    expect(chat.world.log.of('dialog.dropped').length).toBe(1);
    expect(await chat.hears('book travel')).toContain('Where do you want to go?');
  });

  it('whose whole state is of another version is dropped in the same way', async () => {
    const chat = await booking();
    chat.world.turns.spoil(chat.place);
    expect(await chat.hears('help')).toMatch(/^Sorry, I lost track.*\nI tell you when/);
    expect(await chat.hears('help')).toMatch(/^I tell you when/);
  });
});

describe('an open dialog', () => {
  it('is stored in the form of the library that earlier releases ran', async () => {
    const chat = await booking();
    expect((await chat.state()).dialog).toMatchObject({
      name: 'book travel',
      version: 1,
      state: {
        dialogStack: [{ id: 'book travel', state: { answers: ['London'] } }],
      },
    });
  });
});

describe('dialogs in a group', () => {
  const group = { conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' } };
  const ben = { ...group, from: { id: '29:ben', name: 'Ben' } };

  it('belong to the person', async () => {
    const chat = aChat();
    await chat.says('hello', group);
    await chat.says('book travel', group);
    expect(await chat.hears('book travel', ben)).toContain('Where do you want to go?');
    expect(await chat.hears('Rome', ben)).toContain('When do you leave for Rome?');
    expect(await chat.hears('London', group)).toContain('When do you leave for London?');
    expect(await chat.hears('cancel', ben)).toContain('is cancelled');
    expect(await chat.hears('next friday', group)).toContain('When do you come back?');
  });
});

describe('an activity', () => {
  it('that comes again is not answered again, and does nothing again', async () => {
    const chat = await booking();
    const before = chat.replies.length;
    await chat.says('next friday', { id: 'the same' });
    await chat.says('next friday', { id: 'the same' });
    expect(chat.replies.length).toBe(before + 1);
    expect((await chat.state()).dialog?.prompt.text).toBe('When do you come back?');
  });

  it('that ends the last dialog lets go what waited for it', async () => {
    const released: string[] = [];
    const chat = aChat({ more: { releaseDeferred: async (key) => void released.push(key) } });
    for (const text of ['hello', 'book travel', 'London']) await chat.says(text);
    expect(released).toEqual([]);
    await chat.says('cancel');
    expect(released).toEqual([chat.key]);
  });
});
