import { beforeEach, describe, expect, it } from 'vitest';
import { noTurns, type TurnState } from '../../shared/domain/conversation/turn-state.ts';
import { personKey } from '../../shared/domain/ids.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeTurnStoreContract(name: string, makeStores: MakeStores): void {
  describe(`TurnStore ${name}`, () => {
    let stores: FreshStores;
    const conversation = aConversation().key;
    const place = { conversation };

    beforeEach(async () => {
      stores = await makeStores();
    });

    function aState(fields: Partial<TurnState> = {}): TurnState {
      const { id } = aNotification();
      return {
        dialog: {
          name: 'book travel',
          title: 'travel booking',
          version: 1,
          state: { dialogStack: [{ id: 'book travel', state: { booking: { step: 'departure' } } }] },
          prompt: { text: 'When do you leave?', suggestions: ['tomorrow'] },
        },
        interruptions: [
          { notification: id, pushedAt: 7, shownAt: 8, prompt: { text: 'How was it?' }, choices: ['Fine'] },
        ],
        cards: [
          { activityId: '1', shownIn: '19:x;messageid=1', about: 'dialog', said: { text: 'When?' } },
          { activityId: '2', about: 'reminders', drawnBy: 'reminders 1' },
        ],
        seen: [id],
        replaced: { by: id, title: 'travel booking' },
        spokeAt: stores.clock.now(),
        turns: [
          {
            id: 'a',
            at: 1,
            press: 'p',
            replies: [
              { text: 'x', card: { type: 'AdaptiveCard' }, cards: [{ type: 'AdaptiveCard' }], drawnBy: 'z' },
            ],
            said: 0,
            sayingUntil: 9,
          },
        ],
        ...fields,
      };
    }

    it('knows nothing of somebody who never spoke', async () => {
      expect(await stores.turns.loadTurns(place)).toEqual({ state: noTurns });
      expect((await stores.ledger.findDesk(conversation)).dialog).toBeUndefined();
    });

    it('gives back what was saved, and tells the delivery desk what the dialogs are doing', async () => {
      const state = aState();
      expect(await stores.turns.saveTurns(place, state)).toEqual({ tag: expect.any(String) });
      expect((await (await stores.inAnotherProcess()).turns.loadTurns(place)).state).toEqual(state);
      expect((await stores.ledger.findDesk(conversation)).dialog).toEqual({
        active: true,
        interruption: state.interruptions[0]?.notification,
        lastSpokenAt: state.spokeAt,
      });
    });

    it('tells the desk when the last dialog is over', async () => {
      const saved = await stores.turns.saveTurns(place, aState());
      if (saved === 'lost') throw new Error('nobody else writes');
      await stores.turns.saveTurns(place, { ...noTurns, spokeAt: 5 }, saved.tag);
      expect((await stores.ledger.findDesk(conversation)).dialog).toEqual({ active: false, lastSpokenAt: 5 });
    });

    it('lets only one of two writers through who read the same, and the status is the winner’s', async () => {
      const saved = await stores.turns.saveTurns(place, noTurns);
      if (saved === 'lost') throw new Error('nobody else writes');
      expect(await stores.turns.saveTurns(place, aState(), saved.tag)).not.toBe('lost');
      expect(await stores.turns.saveTurns(place, noTurns, saved.tag)).toBe('lost');
      expect(await stores.turns.saveTurns(place, noTurns)).toBe('lost');
      expect((await stores.ledger.findDesk(conversation)).dialog?.active).toBe(true);
    });

    it('keeps the people of a group apart, and tells deliveries nothing of their dialogs', async () => {
      const ana = { conversation, speaker: personKey('ana') };
      await stores.turns.saveTurns(ana, aState());
      expect((await stores.turns.loadTurns({ conversation, speaker: personKey('ben') })).state).toEqual(
        noTurns,
      );
      expect((await stores.turns.loadTurns(place)).state).toEqual(noTurns);
      expect((await stores.ledger.findDesk(conversation)).dialog).toBeUndefined();
    });

    it('keeps a state that is larger than a property of a row', async () => {
      const replies = [{ text: 'ü'.repeat(150_000) }];
      const state = aState({ turns: [{ id: 'a', at: 1, replies, said: 0, sayingUntil: 2 }] });
      await stores.turns.saveTurns(place, state);
      expect((await (await stores.inAnotherProcess()).turns.loadTurns(place)).state).toEqual(state);
    });
  });
}
