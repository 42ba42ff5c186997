import { describe, expect, it } from 'vitest';
import type { TurnState } from '../../../shared/domain/conversation/turn-state.ts';
import { aTravelChat } from './support/travel-chat.ts';

async function booking() {
  const chat = aTravelChat();
  for (const text of ['hello', 'book travel', 'London']) await chat.says(text);
  const change = async (changed: (state: TurnState) => TurnState) => {
    const { state, tag } = await chat.world.turns.loadTurns(chat.place);
    await chat.world.turns.saveTurns(chat.place, changed(state), tag);
  };
  return { ...chat, change };
}

describe('a booking that this version of the app cannot go on with', () => {
  it.each([
    ['without its answers', { state: { dialogStack: [{ id: 'book travel', state: {} }] } }],
    [
      'with nonsense for its answers',
      { state: { dialogStack: [{ id: 'book travel', state: { booking: 7 } }] } },
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
});

describe('an open booking', () => {
  it('is stored in the form of the library that earlier releases ran', async () => {
    const chat = await booking();
    expect((await chat.state()).dialog).toMatchObject({
      name: 'book travel',
      version: 1,
      state: {
        dialogStack: [
          { id: 'book travel', state: { booking: { step: 'departure', destination: 'London' } } },
        ],
      },
    });
  });

  it('that an earlier release asked a question of goes on with the answer', async () => {
    const chat = await booking();
    const answers = {
      step: 'travellers',
      destination: 'Oslo',
      departure: '2027-01-04',
      returning: 'one-way',
    };
    const stack = [{ id: 'book travel', state: { booking: answers } }];
    await chat.change((state) => ({
      ...state,
      ...(state.dialog === undefined ? {} : { dialog: { ...state.dialog, state: { dialogStack: stack } } }),
    }));
    expect(await chat.hears('two of us')).toContain('**Oslo**');
  });
});
