import { RestError } from '@azure/data-tables';
import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import { aConversation, aNotification, aTopic } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

const everyone = { kind: 'everyone' } as const;
const builds = { kind: 'topic', topic: aTopic('builds') } as const;

/** What is left behind when the process ends between two writes of one method, and what the repetition makes of it. */
describe('a crash between two writes', () => {
  const clock = new FakeClock();
  let wire: Wire;
  let stores: Stores;

  beforeEach(async () => {
    wire = new Wire();
    stores = tableStores(await freshTables({ httpClient: wire.httpClient }), clock);
  });

  /** Runs `work` until its first request for `operation`, which and everything after is never made. */
  async function dieBefore(operation: string, work: () => Promise<unknown>): Promise<void> {
    let dead = false;
    wire.onRequest(async (one, send) => {
      dead ||= one === operation;
      if (!dead) return send();
      throw new RestError('the process is gone', { code: 'EPROTO' });
    });
    await expect(work()).rejects.toThrow(StoreUnavailable);
    wire.onRequest(undefined);
  }

  const members = (group: typeof everyone | typeof builds, tenant = aConversation().tenant) =>
    stores.audience.members(group, tenant, { limit: 10 });

  it('of a save leaves an index row without a record: skipped when listed, complete when saved again', async () => {
    const conversation = aConversation();
    await dieBefore('put conversations', () => stores.conversations.saveConversation(conversation));
    expect(await stores.conversations.findConversation(conversation.key)).toBeUndefined();
    expect(await stores.conversations.listConversations({ limit: 10 })).toEqual({ items: [] });
    await stores.conversations.saveConversation(conversation);
    expect(await stores.conversations.listConversations({ limit: 10 })).toEqual({ items: [conversation] });
  });

  it('of a save never leaves a record that nobody finds', async () => {
    const conversation = aConversation();
    await dieBefore('put directory', () => stores.conversations.saveConversation(conversation));
    expect(await stores.conversations.findConversation(conversation.key)).toBeUndefined();
  });

  it('of a suppression leaves nobody out who is not suppressed', async () => {
    const conversation = aConversation();
    await stores.conversations.saveConversation(conversation);
    const suppress = () => stores.conversations.suppressConversation(conversation.key, 'blocked');
    await dieBefore('update conversations', suppress);
    expect((await members(everyone)).keys).toEqual([conversation.key]);
    await dieBefore('update directory', suppress);
    expect((await stores.conversations.findConversation(conversation.key))?.suppressed).toBe('blocked');
    await suppress();
    expect((await members(everyone)).keys).toEqual([]);
  });

  it('of a subscription is made good by subscribing again', async () => {
    const { key, tenant } = aConversation();
    const subscription = { conversation: key, tenant, topic: builds.topic, since: clock.now() };
    await dieBefore('insert conversations', () => stores.subscriptions.subscribe(subscription));
    expect(await stores.subscriptions.subscriptionsOf(key)).toEqual([]);
    expect(await stores.subscriptions.subscribe(subscription)).toBe(true);
    expect((await members(builds, tenant)).keys).toEqual([key]);
  });

  it('of leaving a topic leaves no member behind, and is made good by leaving again', async () => {
    const { key, tenant } = aConversation();
    const subscription = { conversation: key, tenant, topic: builds.topic, since: clock.now() };
    await stores.subscriptions.subscribe(subscription);
    const leave = () => stores.subscriptions.unsubscribe({ key, tenant }, builds.topic);
    await dieBefore('delete conversations', leave);
    expect((await members(builds, tenant)).keys).toEqual([]);
    expect(await leave()).toBe(true);
    expect(await stores.subscriptions.subscriptionsOf(key)).toEqual([]);
  });

  it('or a race does not leave somebody out who came back while being suppressed', async () => {
    const conversation = aConversation();
    const { key, tenant } = conversation;
    await stores.conversations.saveConversation(conversation);
    await stores.subscriptions.subscribe({
      conversation: key,
      tenant,
      topic: builds.topic,
      since: clock.now(),
    });
    // The person writes after the record was suppressed and before the indexes are marked.
    let back = false;
    wire.onRequest(async (operation, send) => {
      if (operation === 'update directory' && !back) {
        back = true;
        await stores.conversations.saveConversation(conversation);
      }
      return send();
    });
    await stores.conversations.suppressConversation(key, 'blocked');
    wire.onRequest(undefined);
    expect(back).toBe(true);
    expect(await stores.conversations.findConversation(key)).toEqual(conversation);
    for (const group of [everyone, builds]) expect((await members(group, tenant)).keys).toEqual([key]);

    // The stale marks were taken off: the next page looks nobody up.
    wire.take();
    await members(everyone, tenant);
    expect(wire.take()).toEqual(['query directory']);
  });

  it('of what is accepted leaves it unlisted until it comes again, and then lists it by the time that stands', async () => {
    const first = aNotification({ acceptedAt: 1000 });
    const announced = aNotification({ acceptedAt: 1000 });
    const { key } = aConversation();
    const keep = (acceptedAt: number) =>
      stores.announcements.keep([
        { notification: { ...announced, acceptedAt }, conversation: key, dueEntries: [] },
      ]);
    const listed = async () => {
      const found = [];
      for await (const one of stores.listing.acceptedBetween(0, 5000)) found.push(one);
      return found;
    };
    await dieBefore('put directory', () => stores.notifications.acceptNotification(first));
    await dieBefore('transaction directory', () => keep(1000));
    expect(await listed()).toEqual([]);
    expect(await stores.notifications.acceptNotification({ ...first, acceptedAt: 3000 })).toBe('known');
    expect(await listed()).toEqual([{ notification: first.id, acceptedAt: 1000 }]);
    await stores.retention.removeNotification(first.id, 100);
    await keep(4000);
    expect(await listed()).toEqual([{ notification: announced.id, acceptedAt: 1000 }]);
  });

  it('does not list a conversation twice whose tenant became known later', async () => {
    const { tenantId: _none, ...first } = aConversation({ conversationId: 'the same' });
    const unknownTenant = aConversation({ conversationId: 'x', channelId: 'directline' }).tenant;
    await stores.conversations.saveConversation({ ...first, tenant: unknownTenant });
    const second = aConversation({ conversationId: 'the same', tenantId: 'fabrikam' });
    await stores.conversations.saveConversation(second);
    expect((await stores.conversations.listConversations({ limit: 10 })).items).toEqual([second]);
  });
});
