import { beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryRow } from '../../../shared/domain/delivery/delivery.ts';
import { noSends } from '../../../shared/domain/delivery/pace.ts';
import type { Notification } from '../../../shared/domain/event/notification.ts';
import { vouchesForAll } from '../../../shared/domain/identity/vouching.ts';
import { personKey } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { catalogOf } from '../../../shared/kinds/catalog.ts';
import { captureConversation } from '../../../shared/use-cases/conversation/capture-conversation.ts';
import { findTold } from '../../../shared/use-cases/conversation/find-told.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import {
  aConversation,
  aConversationKey,
  aDeliveryRow,
  aNotification,
  aPerson,
  aResult,
  aTopic,
  provenPerson,
} from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

/** What the happy path costs: the figures that the bill and the pace of a broadcast rest on. */
describe('table operations', () => {
  const clock = new FakeClock();
  let wire: Wire;
  let stores: Stores;

  beforeEach(async () => {
    wire = new Wire();
    stores = tableStores(await freshTables({ httpClient: wire.httpClient }), clock);
    wire.take();
  });

  async function costOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    wire.take();
    await work();
    return wire.take();
  }

  it('of a delivery are three: the desk, the claim with the windows, the outcome', async () => {
    const conversation = aConversation();
    await stores.conversations.saveConversation(conversation);
    const id = { notification: aNotification().id, conversation: conversation.key };
    const { ledger } = stores;
    expect(await costOf(() => ledger.findDesk(conversation.key))).toEqual(['query conversations']);
    const claim = () => ledger.claimDelivery(aDeliveryRow({ id }), { next: noSends });
    expect(await costOf(claim)).toEqual(['transaction conversations']);
    expect(await costOf(() => ledger.recordOutcome(id, aResult()))).toEqual(['insert notifications']);
  });

  it('of the other steps of a delivery are one each', async () => {
    const { ledger } = stores;
    const row = aDeliveryRow();
    let claimed: DeliveryRow | 'lost' = 'lost';
    const claim = async () => {
      claimed = await ledger.claimDelivery(row);
    };
    expect(await costOf(claim)).toEqual(['insert conversations']);
    expect(await costOf(() => ledger.changeDelivery({ ...row, ...(claimed as DeliveryRow) }))).toEqual([
      'replace conversations',
    ]);
    expect(await costOf(() => ledger.countSends(row.id.conversation, 3, clock.now()))).toEqual([
      'get conversations',
      'insert conversations',
    ]);
    expect(await costOf(() => ledger.findDelivery(row.id))).toEqual(['get conversations']);
    expect(await costOf(() => ledger.findOutcome(row.id))).toEqual(['get notifications']);
    expect(await costOf(() => ledger.recordPending(row.id, 'retrying'))).toEqual(['merge notifications']);
    await ledger.recordOutcome(row.id, aResult());
    expect(await costOf(() => ledger.withdrawOutcome(row.id, aResult()))).toEqual([
      'get notifications',
      'delete notifications',
    ]);
  });

  it('of a plain sentence is one that looks whether something was asked', async () => {
    const conversation = aConversationKey();
    const { ledger, notifications, asked } = stores;
    const told = findTold({ ...stores, kinds: catalogOf([]) });
    const choice = (said: string) => told.choice(conversation, said, clock.now());
    const tell = async (more: Partial<Notification>) => {
      const notification = aNotification(more);
      await notifications.acceptNotification(notification);
      const id = { notification: notification.id, conversation };
      await ledger.claimDelivery(aDeliveryRow({ id, claimedAt: clock.now() }));
      return notification.id;
    };
    for (let news = 0; news < 30; news += 1) await tell({});
    expect(await costOf(() => choice('just a sentence'))).toEqual(['get conversations']);
    const data = { to: { everyone: true }, question: 'Lunch?', choices: ['Yes', 'No'] };
    const first = await tell({ type: 'survey.requested', data });
    const second = await tell({ type: 'survey.requested', data: { ...data, choices: ['Yes', 'Later'] } });
    for (const id of [first, second]) await asked.addTold(conversation, id);
    const read = ['get conversations', 'get notifications', 'get notifications'];
    expect(await costOf(() => choice('just a sentence'))).toEqual(read);
    expect(await costOf(() => choice('yes'))).toEqual([...read, 'get conversations']);
    expect([await choice('YES'), await choice('no')]).toMatchObject([
      { notification: second, index: 0, at: clock.now() },
      { notification: first, index: 1 },
    ]);
  });

  it('of a lost claim are one more, which looks whose claim is there', async () => {
    const row = aDeliveryRow();
    await stores.ledger.claimDelivery(row);
    expect(await costOf(() => stores.ledger.claimDelivery(row))).toEqual([
      'insert conversations',
      'get conversations',
    ]);
  });

  it('of addressing are one for a hundred', async () => {
    const { id } = aNotification();
    const keys = Array.from({ length: 100 }, aConversationKey);
    expect(await costOf(() => stores.ledger.addressRecipients(id, keys))).toEqual([
      'transaction notifications',
    ]);
    expect(await costOf(() => stores.ledger.addressRecipients(id, keys.slice(0, 1)))).toEqual([
      'merge notifications',
    ]);
    expect(await costOf(() => stores.ledger.unfinishedDeliveries(id))).toEqual(['query notifications']);
    expect(await costOf(() => stores.ledger.countOutcomes(id))).toEqual(['query notifications']);
    expect(await costOf(() => stores.ledger.listResults(id, { limit: 100 }))).toEqual([
      'query notifications',
    ]);
  });

  it('of capturing are the indexes (by tenant, by id, by word) and the record; the tenant once a process', async () => {
    const { conversations } = stores;
    const of = (operations: readonly string[]) => operations.toSorted();
    /** By name and id: what is known, that it is being written, a row a word, that it is written. */
    const byWord = [
      'get conversations',
      'insert conversations',
      ...Array.from({ length: 4 }, () => 'put directory'),
      'replace conversations',
    ];
    const saved = ['put directory', 'put directory', 'put conversations'];
    const first = await costOf(() => conversations.saveConversation(aConversation()));
    expect(of(first)).toEqual(of(['put directory', ...saved, ...byWord]));
    // The record goes last: whatever leads to it is there before it.
    expect(first.at(-1)).toBe('put conversations');
    const conversation = aConversation();
    expect(of(await costOf(() => conversations.saveConversation(conversation)))).toEqual(
      of([...saved, ...byWord]),
    );
    const moved = { ...conversation, serviceUrl: 'https://smba.trafficmanager.net/amer/' };
    expect(of(await costOf(() => conversations.saveConversation(moved)))).toEqual(
      of([...saved, 'get conversations']),
    );
    expect(await costOf(() => conversations.findConversation(conversation.key))).toEqual([
      'get conversations',
    ]);
    // By each id: where it is looked up, the person by their proof, and the row of the former release.
    const user = { id: '29:ada', aadObjectId: 'f00d' };
    const proven = provenPerson(aPerson({ user, personal: conversation.key }));
    expect(await costOf(() => conversations.savePerson(...proven))).toEqual([
      ...Array.from({ length: 2 }, () => 'put directory'),
      ...Array.from({ length: 4 }, () => 'merge directory'),
    ]);
    expect(await costOf(() => conversations.findPerson(personKey('f00d')))).toEqual(['get directory']);
    expect(await costOf(() => conversations.peopleKnownBy('entra', 'f00d'))).toEqual([
      'query directory',
      'get directory',
    ]);
    expect(await costOf(() => conversations.peopleKnownBy('channel', 'f00d'))).toEqual(['query directory']);
    expect(await costOf(() => conversations.greetOnce(conversation.key))).toEqual(['insert conversations']);
  });

  it('of an activity of somebody known are reads, three in Teams, and in another conversation of theirs two more', async () => {
    const capture = captureConversation({
      ...stores,
      vouching: vouchesForAll,
      clock,
      merge: async () => [],
    });
    const says = (conversationId: string) => {
      const { channelId, serviceUrl, conversationType, bot } = aConversation();
      const user = { id: '29:ada', aadObjectId: 'f00d' };
      const reference = { channelId, serviceUrl, conversationType, bot, user, conversationId };
      return capture({ reference, speaker: user, change: 'seen' });
    };
    for (const conversationId of ['a:1', 'a:2']) await says(conversationId);
    expect((await costOf(() => says('a:1'))).toSorted()).toEqual([
      'get directory',
      'get directory',
      'query conversations',
    ]);
    expect((await costOf(() => says('a:2'))).toSorted()).toEqual([
      'get conversations',
      'get directory',
      'get directory',
      'query conversations',
      'query conversations',
    ]);
  });

  it('of a subscription are its two rows and once a process the tenant', async () => {
    const { key, tenant } = aConversation();
    const topic = aTopic('builds');
    const subscribe = () =>
      stores.subscriptions.subscribe({ conversation: key, tenant, topic, since: clock.now() });
    expect(await costOf(subscribe)).toHaveLength(3);
    expect(await costOf(subscribe)).toEqual(['put directory', 'insert conversations']);
    expect(await costOf(() => stores.subscriptions.subscriptionsOf(key))).toEqual(['query conversations']);
    expect(await costOf(() => stores.subscriptions.unsubscribe({ key, tenant }, topic))).toEqual([
      'delete directory',
      'delete conversations',
    ]);
  });

  it('of a page of a broadcast are one, and one more for each suppressed member', async () => {
    const people = [aConversation(), aConversation(), aConversation()];
    for (const person of people) await stores.conversations.saveConversation(person);
    const [{ key, tenant }] = people as [(typeof people)[0]];
    const page = () => stores.audience.members({ kind: 'everyone' }, tenant, { limit: 100 });
    expect(await costOf(page)).toEqual(['query directory']);
    await stores.conversations.suppressConversation(key, 'blocked');
    expect(await costOf(page)).toEqual(['query directory', 'get conversations']);
    expect(await costOf(() => stores.audience.tenants({ kind: 'everyone' }))).toEqual(['query directory']);
  });

  it('of a listing are the tenants, the index and a record each', async () => {
    const people = [aConversation(), aConversation()];
    for (const person of people) await stores.conversations.saveConversation(person);
    expect(await costOf(() => stores.conversations.listConversations({ limit: 10 }))).toEqual([
      'query directory',
      'query directory',
      'get conversations',
      'get conversations',
    ]);
  });

  it('of a notification are one each, two to accept it, and two to move a walk', async () => {
    const { notifications } = stores;
    const notification = aNotification({ data: { text: 'x'.repeat(200_000) } });
    const { id } = notification;
    const walk = {
      notification: id,
      group: { kind: 'everyone' },
      tenant: aConversation().tenant,
      done: false,
    } as const;
    expect(await costOf(() => notifications.acceptNotification(notification))).toEqual([
      'insert notifications',
      'put directory',
    ]);
    // Again: whoever accepted it may have died before it was listed.
    expect(await costOf(() => notifications.acceptNotification(notification))).toEqual([
      'insert notifications',
      'get notifications',
      'put directory',
    ]);
    expect(await costOf(() => notifications.findNotification(id))).toEqual(['get notifications']);
    // The mark of a cancel costs nothing beside the content.
    expect(await costOf(() => notifications.findMarkedNotification(id))).toEqual(['query notifications']);
    expect(await costOf(() => notifications.findCancellation(id))).toEqual(['get notifications']);
    expect(await costOf(() => notifications.cancelNotification(id, 1))).toEqual([
      'get notifications',
      'insert notifications',
    ]);
    expect(await costOf(() => notifications.markPlanned(id))).toEqual(['insert notifications']);
    expect(await costOf(() => notifications.isPlanned(id))).toEqual(['get notifications']);
    expect(await costOf(() => notifications.beginWalk(walk))).toEqual(['insert notifications']);
    expect(await costOf(() => notifications.advanceWalk({ ...walk, after: aConversationKey() }))).toEqual([
      'get notifications',
      'replace notifications',
    ]);
    expect(await costOf(() => notifications.walksOf(id))).toEqual(['query notifications']);
  });

  it('of the due index and of parking are one each', async () => {
    const entry = { at: clock.now(), kind: 'delivery', id: aDeliveryRow().id } as const;
    expect(await costOf(() => stores.dueIndex.addDue(entry))).toEqual(['put due']);
    expect(await costOf(() => stores.dueIndex.findOverdue(clock.now(), 100))).toEqual(['query due']);
    expect(await costOf(() => stores.dueIndex.removeDue(entry))).toEqual(['delete due']);
    const parked = {
      id: aDeliveryRow().id.notification,
      reason: 'too-large',
      faults: [],
      original: 'x'.repeat(256 * 1024),
      kind: 'event',
      parkedAt: clock.now(),
    } as const;
    expect(await costOf(() => stores.parking.parkItem(parked))).toEqual(['put parked']);
    expect(await costOf(() => stores.parking.findParked(parked.id))).toEqual(['get parked']);
    expect(await costOf(() => stores.parking.listParked({ limit: 10 }))).toEqual(['query parked']);
    expect(await costOf(() => stores.parking.dropParked(parked.id))).toEqual(['delete parked']);
  });

  it('of a reservation are one write while nobody else moves the cursor', async () => {
    const { tenant } = aConversation();
    const reserve = () => stores.pacer.reserve(tenant, 10, clock.now(), minutes(1));
    expect(await costOf(reserve)).toEqual(['get pace', 'insert pace']);
    expect(await costOf(reserve)).toEqual(['replace pace']);
    expect(await costOf(() => stores.pacer.reserve(tenant, 1, clock.now(), 0))).toEqual([]);
    expect(await costOf(() => stores.pacer.holdBack(tenant, clock.now() + minutes(2), clock.now()))).toEqual([
      'replace pace',
    ]);
  });
});
