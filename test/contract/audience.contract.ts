import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../shared/domain/conversation/conversation.ts';
import type { ConversationKey, TenantKey } from '../../shared/domain/ids.ts';
import type { MemberGroup } from '../../shared/ports/delivery/audience.ts';
import { aConversation, anUncreatedConversation, aTopic } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

const everyone: MemberGroup = { kind: 'everyone' };
const builds: MemberGroup = { kind: 'topic', topic: aTopic('builds') };

export function describeAudienceContract(name: string, makeStores: MakeStores): void {
  describe(`Audience ${name}`, () => {
    let stores: FreshStores;

    beforeEach(async () => {
      stores = await makeStores();
    });

    async function save(count: number, fields: Partial<Conversation> = {}): Promise<Conversation[]> {
      const conversations = Array.from({ length: count }, () => aConversation(fields));
      for (const conversation of conversations) await stores.conversations.saveConversation(conversation);
      return conversations;
    }

    async function subscribe({ key, tenant }: Conversation, topic = 'builds'): Promise<void> {
      const since = stores.clock.now();
      await stores.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic(topic), since });
    }

    /** Walks through a group as a broadcast does. */
    async function walk(group: MemberGroup, tenant: TenantKey, limit: number): Promise<ConversationKey[]> {
      const keys: ConversationKey[] = [];
      for (;;) {
        const after = keys.at(-1);
        const page = await stores.audience.members(group, tenant, {
          limit,
          ...(after === undefined ? {} : { after }),
        });
        expect(page.keys.length).toBeLessThanOrEqual(limit);
        keys.push(...page.keys);
        if (page.done) return keys;
        expect(page.keys).not.toHaveLength(0);
      }
    }

    const keysOf = (conversations: readonly Conversation[]) => conversations.map(({ key }) => key).sort();

    it('gives everyone of a tenant once, in key order, whatever the size of a page', async () => {
      const ours = await save(23, { tenantId: 'contoso' });
      await save(3, { tenantId: 'fabrikam' });
      await stores.conversations.saveConversation(anUncreatedConversation({ tenantId: 'contoso' }));
      const tenant = ours[0]?.tenant as TenantKey;
      for (const limit of [1, 5, 23, 1000]) {
        expect(await walk(everyone, tenant, limit)).toEqual(keysOf(ours));
      }
    });

    it('gives the subscribers of a topic, and not those of another or above it', async () => {
      const [ada, bob, cy] = (await save(3)) as [Conversation, Conversation, Conversation];
      await subscribe(ada);
      await subscribe(bob);
      await subscribe(cy, 'builds/web');
      expect(await walk(builds, ada.tenant, 10)).toEqual(keysOf([ada, bob]));
      await stores.subscriptions.unsubscribe(bob, aTopic('builds'));
      expect(await walk(builds, ada.tenant, 10)).toEqual([ada.key]);
    });

    it('says who of some are members, suppressed or not', async () => {
      const [ada, bob, cy] = (await save(3)) as [Conversation, Conversation, Conversation];
      await subscribe(ada);
      await subscribe(bob);
      await subscribe(cy, 'builds/web');
      await stores.conversations.suppressConversation(bob.key, 'blocked');
      const keys = [ada.key, bob.key, cy.key];
      expect(await stores.audience.membersAmong(builds, ada.tenant, keys)).toEqual(
        new Set([ada.key, bob.key]),
      );
      expect(await stores.audience.membersAmong(builds, ada.tenant, [])).toEqual(new Set());
    });

    it('names the tenants with members', async () => {
      const [ada] = await save(1, { tenantId: 'contoso' });
      const [bob] = await save(1, { tenantId: 'fabrikam' });
      if (ada !== undefined) await subscribe(ada);
      expect(await stores.audience.tenants(everyone)).toEqual([ada?.tenant, bob?.tenant].sort());
      expect(await stores.audience.tenants(builds)).toEqual([ada?.tenant]);
      expect(await stores.audience.tenants({ kind: 'topic', topic: aTopic('weather') })).toEqual([]);
    });

    it('leaves out who is suppressed, of everyone and of a topic, until they are back', async () => {
      const people = await save(4);
      for (const person of people) await subscribe(person);
      const [gone, ...others] = people;
      if (gone === undefined) return expect.fail('four were saved');
      await stores.conversations.suppressConversation(gone.key, 'blocked');
      for (const group of [everyone, builds]) {
        expect(await walk(group, gone.tenant, 2)).toEqual(keysOf(others));
      }
      await stores.conversations.saveConversation(gone);
      for (const group of [everyone, builds]) {
        expect(await walk(group, gone.tenant, 2)).toEqual(keysOf(people));
      }
    });

    it('leaves out who is saved as suppressed', async () => {
      const [ada] = await save(1);
      const [bob] = await save(1, { suppressed: 'uninstalled' });
      expect(await walk(everyone, ada?.tenant as TenantKey, 10)).toEqual([ada?.key]);
      expect(bob?.tenant).toBe(ada?.tenant);
    });

    it('walks past a long run of suppressed people', async () => {
      const people = await save(12);
      const reachable = [...people].sort((a, b) => (a.key < b.key ? -1 : 1)).at(-1);
      for (const person of people) {
        if (person !== reachable) await stores.conversations.suppressConversation(person.key, 'blocked');
      }
      expect(await walk(everyone, people[0]?.tenant as TenantKey, 2)).toEqual([reachable?.key]);
    });

    it('ends at once for a tenant without members', async () => {
      const { tenant } = aConversation({ tenantId: 'nobody' });
      expect(await stores.audience.members(everyone, tenant, { limit: 10 })).toEqual({
        keys: [],
        done: true,
      });
    });

    it('refuses a limit that is none', async () => {
      const { tenant } = aConversation();
      await expect(stores.audience.members(everyone, tenant, { limit: 0 })).rejects.toThrow(RangeError);
      await expect(stores.audience.members(everyone, tenant, { limit: 1001 })).rejects.toThrow(RangeError);
    });
  });
}
