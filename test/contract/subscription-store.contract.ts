import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../shared/ports/conversation/subscription-store.ts';
import { aConversation, aConversationKey, aTopic } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeSubscriptionStoreContract(name: string, makeStores: MakeStores): void {
  describe(`SubscriptionStore ${name}`, () => {
    let stores: FreshStores;
    let store: FreshStores['subscriptions'];
    const { key: conversation, tenant } = aConversation();

    beforeEach(async () => {
      stores = await makeStores();
      store = stores.subscriptions;
    });

    function aSubscription(topic: string, fields: Partial<Subscription> = {}): Subscription {
      return { conversation, tenant, topic: aTopic(topic), since: stores.clock.now(), ...fields };
    }

    it('lists the own subscriptions by topic', async () => {
      for (const topic of ['builds/web', 'weather', 'builds', 'ärger im büro 1.0']) {
        expect(await store.subscribe(aSubscription(topic))).toBe(true);
      }
      await store.subscribe(aSubscription('weather', { conversation: aConversationKey() }));
      expect(await store.subscriptionsOf(conversation)).toEqual([
        aSubscription('builds'),
        aSubscription('builds/web'),
        aSubscription('weather'),
        aSubscription('ärger im büro 1.0'),
      ]);
    });

    it('says of a second subscription that it is not new, and keeps the first', async () => {
      const first = aSubscription('weather');
      expect(await store.subscribe(first)).toBe(true);
      expect(await store.subscribe({ ...first, since: first.since + 1 })).toBe(false);
      expect(await store.subscriptionsOf(conversation)).toEqual([first]);
    });

    it('takes a subscription away once', async () => {
      await store.subscribe(aSubscription('weather'));
      await store.subscribe(aSubscription('builds'));
      expect(await store.unsubscribe({ key: conversation, tenant }, aTopic('weather'))).toBe(true);
      expect(await store.unsubscribe({ key: conversation, tenant }, aTopic('weather'))).toBe(false);
      expect(await store.subscriptionsOf(conversation)).toEqual([aSubscription('builds')]);
    });

    it('knows of none where there is none', async () => {
      expect(await store.subscriptionsOf(aConversationKey())).toEqual([]);
    });
  });
}
