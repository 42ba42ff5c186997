import { beforeEach, describe, expect, it } from 'vitest';
import { personKey } from '../../shared/domain/ids.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeToldListContract(name: string, makeStores: MakeStores): void {
  describe.each(['missed', 'asked'] as const)(`ToldList of what was %s, ${name}`, (list) => {
    let stores: FreshStores;
    const ana = aConversation();

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('has nothing for a conversation in which nothing was told', async () => {
      expect(await stores[list].toldOf(ana.key)).toEqual([]);
    });

    it('gives the newest first, each once and where it was put first, and no others', async () => {
      const [one, two, other] = [aNotification().id, aNotification().id, aNotification().id];
      await stores[list].addTold(ana.key, one);
      await stores[list].addTold(ana.key, two);
      await stores[list].addTold(aConversation().key, other);
      await stores[list === 'missed' ? 'asked' : 'missed'].addTold(ana.key, other);
      await stores[list].addTold(ana.key, one);
      expect(await (await stores.inAnotherProcess())[list].toldOf(ana.key)).toEqual([two, one]);
    });

    it('lists the newest 50', async () => {
      const ids = Array.from({ length: 52 }, () => aNotification().id);
      for (const id of ids) await stores[list].addTold(ana.key, id);
      expect(await stores[list].toldOf(ana.key)).toEqual(ids.slice(2).reverse());
    });

    it('loses none of several that are added at the same moment', async () => {
      const ids = Array.from({ length: 4 }, () => aNotification().id);
      await Promise.all(ids.map((id) => stores[list].addTold(ana.key, id)));
      expect([...(await stores[list].toldOf(ana.key))].sort()).toEqual([...ids].sort());
    });

    it('is united with another, in the order that is given; what was added meanwhile stays in front', async () => {
      const [old, middle, newer, meanwhile] = Array.from({ length: 4 }, () => aNotification().id);
      if (old === undefined || middle === undefined || newer === undefined || meanwhile === undefined) return;
      await stores[list].addTold(ana.key, middle);
      await stores[list].addTold(ana.key, meanwhile);
      for (let time = 0; time < 2; time += 1) await stores[list].uniteTold(ana.key, [newer, middle, old]);
      expect(await stores[list].toldOf(ana.key)).toEqual([meanwhile, newer, middle, old]);
      const many = Array.from({ length: 60 }, () => aNotification().id);
      await stores[list].uniteTold(ana.key, many);
      expect(await stores[list].toldOf(ana.key)).toEqual([
        meanwhile,
        newer,
        middle,
        old,
        ...many.slice(0, 46),
      ]);
    });

    it('goes with the conversation when that is forgotten', async () => {
      await stores.conversations.saveConversation(ana);
      await stores[list].addTold(ana.key, aNotification().id);
      const request = {
        conversation: ana.key,
        tenant: ana.tenant,
        channelId: ana.channelId,
        scope: 'conversation',
        persons: [personKey(ana.user?.id ?? '')],
      } as const;
      await stores.personalData.forgetConversation(request, { withDeliveries: false });
      expect(await stores[list].toldOf(ana.key)).toEqual([]);
    });
  });
}
