import { beforeEach, describe, expect, it } from 'vitest';
import type { Reach } from '../../shared/domain/conversation/reach.ts';
import { conversationKey, personKey } from '../../shared/domain/ids.ts';
import { aConversation } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function addresseeStoreContract(makeStores: MakeStores): void {
  describe('addressees', () => {
    let stores: FreshStores;
    const one = aConversation();
    const other = aConversation({ conversationId: 'a:ä/\\#?💬' });

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('are nobody under a key that was never met', async () => {
      expect(await stores.addressees.findAddressee(one.key)).toEqual({});
      expect(await stores.addressees.provenBy(personKey('x'))).toBeUndefined();
      expect(await stores.addressees.findPlace(one.key, other.key)).toBeUndefined();
    });

    it('keep a proof, and a conversation that leads to them, whoever claims it after', async () => {
      const { addressees } = stores;
      expect(await addressees.claimProof(personKey('x'), one.key)).toBe(one.key);
      expect(await addressees.claimProof(personKey('x'), other.key)).toBe(one.key);
      expect(await addressees.provenBy(personKey('x'))).toBe(one.key);
      const place = conversationKey('msteams', 'a:place');
      expect(await addressees.leadToAddressee(place, one.key)).toBe(one.key);
      expect(await addressees.leadToAddressee(place, other.key)).toBe(one.key);
      expect(await addressees.findAddressee(place)).toEqual({ belongsTo: one.key });
      expect((await stores.ledger.findDesk(place)).belongsTo).toBe(one.key);
    });

    it('have a record, a reach that one writer wins, and what leads to each place', async () => {
      const { addressees } = stores;
      await stores.conversations.saveConversation(one);
      const reach: Reach = {
        chosen: other.key,
        channelId: 'msteams',
        places: [
          { key: one.key, channelId: 'msteams', kind: 'default', isGone: true },
          { key: other.key, channelId: 'msteams', kind: 'session' },
        ],
      };
      expect(await addressees.saveReach(one.key, reach)).toBe('saved');
      expect(await addressees.saveReach(one.key, reach)).toBe('lost');
      const { tag, ...looked } = await addressees.findAddressee(one.key);
      expect(looked).toEqual({ record: one, reach });
      expect((await stores.ledger.findDesk(one.key)).reach).toEqual(reach);
      const without = { channelId: 'msteams', places: [] };
      expect(await addressees.saveReach(one.key, without, tag)).toBe('saved');
      expect(await addressees.saveReach(one.key, reach, tag)).toBe('lost');
      // Whether somebody is suppressed is said of them, not of one of their conversations.
      await addressees.keepPlace(one.key, { ...other, suppressed: 'uninstalled' });
      expect(await addressees.findPlace(one.key, other.key)).toEqual({ ...other, key: one.key });
      expect(await addressees.everyPlace(one.key)).toEqual([other.key]);
      expect(await addressees.everyPlace(other.key)).toEqual([]);
    });

    it('know the keys under which they were told before, each once, as long as they are not forgotten', async () => {
      const { addressees, personalData } = stores;
      const third = aConversation();
      for (const earlier of [other.key, third.key, other.key])
        await addressees.keepEarlierKey(one.key, earlier);
      expect([...(await addressees.earlierKeys(one.key))].sort()).toEqual([other.key, third.key].sort());
      expect(await addressees.everyPlace(one.key)).toEqual([]);
      expect(await addressees.earlierKeys(other.key)).toEqual([]);
      const { key: conversation, tenant, channelId } = one;
      const request = { conversation, tenant, channelId, scope: 'conversation', persons: [] } as const;
      await personalData.forgetConversation(request, { withDeliveries: false });
      expect(await addressees.earlierKeys(one.key)).toEqual([]);
    });

    it('who were merged have no record, and are not among everyone', async () => {
      await stores.conversations.saveConversation(one);
      await stores.addressees.leadToAddressee(one.key, other.key);
      await stores.addressees.removeAddressee(one);
      await stores.addressees.removeAddressee(one);
      expect(await stores.addressees.findAddressee(one.key)).toEqual({ belongsTo: other.key });
      const page = await stores.audience.members({ kind: 'everyone' }, one.tenant, { limit: 10 });
      expect(page).toEqual({ keys: [], done: true });
    });

    it('have the status of the dialogs of where they are told, and of no other conversation', async () => {
      const { turns, ledger, conversations } = stores;
      const state = { interruptions: [], seen: [], turns: [], spokeAt: 5 };
      await turns.saveTurns({ conversation: one.key }, state);
      await conversations.saveConversation(one);
      expect((await ledger.findDesk(one.key)).dialog?.lastSpokenAt).toBe(5);
      await conversations.saveConversation({ ...other, key: one.key });
      expect((await ledger.findDesk(one.key)).dialog).toBeUndefined();
      const within = { conversation: one.key, within: other.key };
      await turns.saveTurns({ ...within, isApart: true }, { ...state, spokeAt: 6 });
      expect((await ledger.findDesk(one.key)).dialog).toBeUndefined();
      const { tag } = await turns.loadTurns(within);
      await turns.saveTurns(within, { ...state, spokeAt: 7 }, tag);
      expect((await ledger.findDesk(one.key)).dialog?.lastSpokenAt).toBe(7);
      await turns.saveTurns({ conversation: one.key, within: conversationKey('msteams', 'a:3') }, state);
      expect((await ledger.findDesk(one.key)).dialog).toBeUndefined();
      expect((await turns.loadTurns({ conversation: one.key })).state.spokeAt).toBe(5);
    });
  });
}
