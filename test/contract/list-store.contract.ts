import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationKey } from '../../shared/domain/ids.ts';
import { NOT_BEGUN } from '../../shared/ports/event/list-store.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeListStoreContract(name: string, makeStores: MakeStores): void {
  describe(`ListStore ${name}`, () => {
    let stores: FreshStores;
    const { id } = aNotification();

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('gives the people of each tenant once, in key order, whatever the size of a page', async () => {
      const ours = Array.from({ length: 130 }, () => aConversation({ tenantId: 'contoso' }));
      const theirs = Array.from({ length: 3 }, () => aConversation({ tenantId: 'fabrikam' }));
      await stores.lists.addToList(id, [...ours, ...theirs, ...ours.slice(0, 10)]);
      await stores.lists.addToList(id, theirs);
      const [mine, other] = [ours[0], theirs[0]];
      if (mine === undefined || other === undefined) throw new Error('nobody');
      expect(await stores.lists.tenantsOnList(id)).toEqual([mine.tenant, other.tenant].sort());
      for (const limit of [1, 9, 1000]) {
        const keys: ConversationKey[] = [];
        for (;;) {
          const after = keys.at(-1);
          const page = await stores.lists.membersOnList(id, mine.tenant, {
            limit,
            ...(after === undefined ? {} : { after }),
          });
          keys.push(...page.keys);
          if (page.done) break;
          expect(page.keys).not.toHaveLength(0);
        }
        expect(keys).toEqual(ours.map(({ key }) => key).sort());
      }
      expect(await stores.lists.tenantsOnList(aNotification().id)).toEqual([]);
    });

    it('knows who is excepted, of this notification alone', async () => {
      const [ada, bob] = [aConversation().key, aConversation().key];
      await stores.lists.exceptFromList(id, [ada, ada]);
      expect(await stores.lists.excepted(id, [ada, bob])).toEqual(new Set([ada]));
      expect(await stores.lists.excepted(aNotification().id, [ada])).toEqual(new Set());
    });

    it('keeps how far it is, and loses nothing of two that go on at once', async () => {
      expect(await stores.lists.listProgress(id)).toEqual(NOT_BEGUN);
      await Promise.all(
        [1, 2, 3].map((instant) =>
          stores.lists.advanceList(id, (before) => ({ ...before, begun: [...before.begun, instant] })),
        ),
      );
      const next = await stores.lists.advanceList(id, (before) => ({
        ...before,
        source: 2,
        after: 'x',
        isMade: true,
      }));
      expect([...next.begun].sort()).toEqual([1, 2, 3]);
      expect(await (await stores.inAnotherProcess()).lists.listProgress(id)).toEqual(next);
    });

    it('goes with its notification, a bite at a time', async () => {
      const notification = aNotification();
      await stores.notifications.acceptNotification(notification);
      await stores.lists.addToList(
        notification.id,
        Array.from({ length: 30 }, () => aConversation()),
      );
      const ada = aConversation().key;
      await stores.lists.exceptFromList(notification.id, [ada]);
      await stores.lists.advanceList(notification.id, (before) => ({ ...before, isMade: true }));
      for (let bite = 0; bite < 20; bite += 1) {
        if ((await stores.retention.removeNotification(notification.id, 10)) === 'done') break;
      }
      expect(await stores.lists.tenantsOnList(notification.id)).toEqual([]);
      expect(await stores.lists.excepted(notification.id, [ada])).toEqual(new Set());
      expect(await stores.lists.listProgress(notification.id)).toEqual(NOT_BEGUN);
    });
  });
}
