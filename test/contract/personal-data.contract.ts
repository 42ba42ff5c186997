import { beforeEach, describe, expect, it } from 'vitest';
import { forgetRequest } from '../../shared/domain/conversation/forgetting.ts';
import { noTurns } from '../../shared/domain/conversation/turn-state.ts';
import { type ConversationKey, personKey } from '../../shared/domain/ids.ts';
import {
  aConversation,
  aDeliveryRow,
  aNotification,
  aPerson,
  aResult,
  provenPerson,
} from '../support/builders.ts';
import { aNote, noteLayout } from '../support/notes.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describePersonalDataContract(name: string, makeStores: MakeStores): void {
  describe(`PersonalData ${name}`, () => {
    let stores: FreshStores;
    const ada = { id: '29:ada', name: 'Ada', aadObjectId: 'f00d' };
    const persons = [ada.id, ada.aadObjectId].map(personKey);

    beforeEach(async () => {
      stores = await makeStores();
    });

    const request = (conversation: ReturnType<typeof aConversation>, scope: 'conversation' | 'person') =>
      forgetRequest({
        conversation: conversation.key,
        tenant: conversation.tenant,
        channelId: conversation.channelId,
        scope,
        persons,
        at: stores.clock.now(),
      });

    it('finds the conversations that name a person, and the groups in which they spoke', async () => {
      const own = aConversation({ user: ada });
      const made = aConversation({ conversationType: 'groupChat', user: { id: '29:bob' }, installedBy: ada });
      const spoken = aConversation({ conversationType: 'groupChat', user: { id: '29:bob' } });
      for (const one of [own, made, spoken]) await stores.conversations.saveConversation(one);
      await stores.turns.saveTurns({ conversation: spoken.key, speaker: personKey(ada.id) }, noTurns);
      const places = (id: string) => stores.personalData.conversationsOf(personKey(id));
      expect(new Set(await places(ada.id))).toEqual(new Set([own.key, made.key, spoken.key]));
      expect(new Set(await places('f00d'))).toEqual(new Set([own.key, made.key]));
      expect(await places('29:nobody')).toEqual([]);
    });

    it('finds by an id the conversation of one who was merged, until it is forgotten', async () => {
      const [first, second] = [aConversation({ user: ada }), aConversation({ user: ada })];
      for (const one of [first, second]) await stores.conversations.saveConversation(one);
      await stores.addressees.leadToAddressee(second.key, first.key);
      await stores.addressees.removeAddressee(second);
      const places = async () => new Set(await stores.personalData.conversationsOf(personKey(ada.id)));
      expect(await places()).toEqual(new Set([first.key, second.key]));
      const withDeliveries = false;
      await stores.personalData.forgetConversation(request(second, 'conversation'), { withDeliveries });
      expect(await places()).toEqual(new Set([first.key]));
    });

    it('finds every delivery of a conversation, whatever its state', async () => {
      const { key } = aConversation();
      const rows = [
        aDeliveryRow({ id: { notification: aNotification().id, conversation: key } }),
        aDeliveryRow({
          id: { notification: aNotification().id, conversation: key },
          state: 'deferred',
          dueAt: 1,
        }),
      ];
      for (const row of rows) await stores.ledger.claimDelivery(row);
      await stores.ledger.claimDelivery(aDeliveryRow());
      const found = await stores.personalData.deliveriesOf(key);
      expect(new Set(found.map(({ id }) => id.notification))).toEqual(
        new Set(rows.map(({ id }) => id.notification)),
      );
    });

    it('gives and removes what kinds left behind that are not there any more', async () => {
      const conversation = aConversation({ user: ada });
      const records = stores.records(noteLayout);
      for (const { key } of [conversation, aConversation()]) {
        await records.put(aNote({ conversation: key, key: 'plan', value: { text: 'grün' } }));
      }
      const left = (known: readonly string[]) =>
        stores.personalData.recordsOfFormerKinds(conversation.key, new Set(known));
      expect(await left([])).toEqual([{ kind: 'notes', key: 'plan', value: { text: 'grün' } }]);
      expect(await left(['notes'])).toEqual([]);
      await stores.personalData.forgetConversation(request(conversation, 'person'), { withDeliveries: true });
      expect(await left([])).toHaveLength(1);
      const whole = request(conversation, 'conversation');
      await stores.personalData.forgetConversation(whole, { withDeliveries: true });
      expect(await left([])).toEqual([]);
      const { tenant } = aNote();
      const holders = await records.holders({ key: 'plan', tenant }, { limit: 10 });
      expect(holders.records.map(({ record }) => record.conversation)).not.toContain(conversation.key);
      expect(holders.records).toHaveLength(1);
    });

    it('removes a conversation with what lies in it, keeps the deliveries until told otherwise', async () => {
      const conversation = aConversation({ user: ada });
      const other = aConversation();
      for (const one of [conversation, other]) {
        await stores.conversations.saveConversation(one);
        await stores.conversations.greetOnce(one.key);
        await stores.preferences.savePreferences(one.key, { mutes: [], timeZone: 'Europe/Berlin' });
        await stores.turns.saveTurns({ conversation: one.key }, { ...noTurns, spokeAt: 5 });
      }
      const id = { notification: aNotification().id, conversation: conversation.key };
      await stores.ledger.claimDelivery(aDeliveryRow({ id }));

      await stores.personalData.forgetConversation(request(conversation, 'conversation'), {
        withDeliveries: false,
      });
      const isLeft = async (key: ConversationKey) => ({
        record: (await stores.conversations.findConversation(key)) !== undefined,
        preferences: (await stores.preferences.findPreferences(key)).tag !== undefined,
        turns: (await stores.turns.loadTurns({ conversation: key })).tag !== undefined,
        status: (await stores.ledger.findDesk(key)).dialog !== undefined,
      });
      const [none, all] = [false, true].map((left) => ({
        record: left,
        preferences: left,
        turns: left,
        status: left,
      }));
      expect(await isLeft(conversation.key)).toEqual(none);
      expect(await isLeft(other.key)).toEqual(all);
      expect(await stores.personalData.conversationsOf(personKey(ada.id))).toEqual([]);
      expect(
        (await stores.conversations.listConversations({ limit: 10 })).items.map(({ key }) => key),
      ).toEqual([other.key]);
      expect(await stores.conversations.greetOnce(conversation.key)).toBe(true);

      expect(await stores.ledger.findDelivery(id)).toBeDefined();
      await stores.personalData.forgetConversation(request(conversation, 'conversation'), {
        withDeliveries: true,
      });
      expect(await stores.ledger.findDelivery(id)).toBeUndefined();
    });

    it('takes one who is told on several channels from among everyone of each tenant', async () => {
      const { addressees, audience, conversations } = stores;
      const here = aConversation({ user: ada });
      const there = aConversation({ channelId: 'telegram', tenantId: 'fabrikam', user: ada });
      const other = aConversation({ tenantId: 'fabrikam' });
      for (const one of [here, { ...there, key: here.key }, other]) await conversations.saveConversation(one);
      for (const one of [here, there]) await addressees.keepPlace(here.key, one);
      // Told in a third one now, which stands in the place of the others.
      const now = aConversation({ channelId: 'slack', tenantId: 'acme', user: ada });
      await conversations.saveConversation({ ...now, key: here.key });
      const whole = request(now, 'conversation');
      const wish = { ...whole, conversation: here.key };
      await stores.personalData.forgetConversation(wish, { withDeliveries: false });
      const left = [];
      for (const { tenant } of [here, there, now]) {
        const { keys } = await audience.members({ kind: 'everyone' }, tenant, { limit: 10 });
        left.push(keys.filter((key) => key === here.key));
      }
      expect(left).toEqual([[], [], []]);
      const stays = await audience.members({ kind: 'everyone' }, there.tenant, { limit: 10 });
      expect(stays.keys).toEqual([other.key]);
    });

    it('removes of a group only what is the person’s', async () => {
      const group = aConversation({ conversationType: 'groupChat', user: { id: '29:bob' } });
      await stores.conversations.saveConversation(group);
      const placeOf = (id: string) => ({ conversation: group.key, speaker: personKey(id) });
      const [hers, his] = [placeOf(ada.id), placeOf('29:bob')];
      for (const place of [hers, his]) await stores.turns.saveTurns(place, { ...noTurns, spokeAt: 5 });
      await stores.personalData.forgetConversation(request(group, 'person'), { withDeliveries: true });
      expect((await stores.turns.loadTurns(hers)).tag).toBeUndefined();
      expect((await stores.turns.loadTurns(his)).tag).toBeDefined();
      expect(await stores.conversations.findConversation(group.key)).toEqual(group);
    });

    it('takes out of a delivery what was said and answered, and leaves the outcome', async () => {
      const conversation = aConversation();
      const id = { notification: aNotification().id, conversation: conversation.key };
      const answer = { choice: 'Great', at: 1, turn: 'x' };
      const where = { activityId: 'activity-of-ada', shownIn: 'a:ada', triedIn: 'a:ada-before' };
      await stores.ledger.recordOutcome(id, aResult(where));
      await stores.particulars.keepParticulars(id, { before: 199 });
      await stores.answers.keepAnswer({ id, ...answer });
      await stores.answers.keepAnswer({ id: { ...id, person: personKey('29:bob') }, ...answer });
      await stores.personalData.forgetDelivery(id, { scope: 'person', persons });
      expect(await stores.ledger.findOutcome(id)).toHaveProperty('activityId');
      await stores.personalData.forgetDelivery(id, { scope: 'conversation', persons });
      expect(await stores.ledger.findOutcome(id)).toEqual(aResult());
      expect(await stores.particulars.findParticulars(id)).toBeUndefined();
      // Both are new again: the first ones are gone.
      const later = { ...answer, choice: 'Fine' };
      expect((await stores.answers.keepAnswer({ id, ...later })).stands.choice).toBe('Fine');
      expect(
        (await stores.answers.keepAnswer({ id: { ...id, person: personKey('29:bob') }, ...later })).stands
          .choice,
      ).toBe('Fine');
    });

    it('takes out where a delivery was tried in vain', async () => {
      const conversation = aConversation();
      const id = { notification: aNotification().id, conversation: conversation.key };
      await stores.ledger.recordOutcome(id, aResult({ outcome: 'rejected', triedIn: 'a:ada' }));
      await stores.personalData.forgetDelivery(id, { scope: 'conversation', persons });
      expect(await stores.ledger.findOutcome(id)).toEqual(aResult({ outcome: 'rejected' }));
    });

    it('takes the answer of one person in a group, and no other', async () => {
      const { key } = aConversation();
      const id = { notification: aNotification().id, conversation: key };
      const [hers, his] = [ada.id, '29:bob'].map((who) => ({ ...id, person: personKey(who) }));
      if (hers === undefined || his === undefined) throw new Error('there are two');
      for (const one of [hers, his]) {
        await stores.answers.keepAnswer({ id: one, choice: 'Great', at: 1, turn: 'x' });
      }
      await stores.personalData.forgetDelivery(id, { scope: 'person', persons });
      const choiceOf = async (one: typeof hers) => (await stores.answers.findAnswer(one))?.stands.choice;
      expect([await choiceOf(hers), await choiceOf(his)]).toEqual([undefined, 'Great']);
    });

    it('changes a notification on what others make of it at the same moment, and makes none', async () => {
      const notification = aNotification({ data: { text: 'x' }, to: [{ user: 'a' }, { user: 'b' }] });
      const { id } = notification;
      await stores.notifications.acceptNotification(notification);
      const without = (user: string) =>
        stores.personalData.redact(id, (stored) => ({
          ...stored,
          to: stored.to.filter((entry) => !('user' in entry && entry.user === user)),
        }));
      expect(await Promise.all([without('a'), without('b')])).toEqual([true, true]);
      expect((await stores.notifications.findNotification(id))?.to).toEqual([]);
      const unknown = aNotification();
      expect(await stores.personalData.redact(unknown.id, () => unknown)).toBe(false);
      expect(await stores.notifications.findNotification(unknown.id)).toBeUndefined();
    });

    it('removes a person as met on one channel, and not as met on another', async () => {
      const [person, proofs] = provenPerson(aPerson({ user: ada }));
      await stores.conversations.savePerson(person, proofs);
      const names = [...persons, ...proofs.map((proof) => proof.person)];
      for (const name of names) await stores.personalData.forgetPerson(name, 'webchat');
      expect(await stores.conversations.peopleKnownBy('entra', 'f00d')).toEqual([person]);
      for (const name of names) await stores.personalData.forgetPerson(name, 'msteams');
      for (const name of names) expect(await stores.conversations.findPerson(name)).toBeUndefined();
      expect(await stores.conversations.peopleKnownBy('entra', 'f00d')).toEqual([]);
      expect(await stores.conversations.peopleKnownBy('channel', ada.id)).toEqual([]);
    });

    it('removes with a conversation what says that somebody is reached there, and nothing else', async () => {
      const conversation = aConversation({ channelId: 'webchat', user: ada });
      await stores.conversations.saveConversation(conversation);
      const [person, proofs] = provenPerson(
        aPerson({ channelId: 'webchat', user: ada, personal: conversation.key }),
      );
      await stores.conversations.savePerson(person, proofs);
      const bob = aPerson({ user: { id: ada.aadObjectId } });
      await stores.conversations.savePerson(...provenPerson(bob));
      const whole = { ...request(conversation, 'conversation'), persons: [] };
      await stores.personalData.forgetConversation(whole, { withDeliveries: false });
      expect(await stores.conversations.findPerson(personKey(ada.id))).toBeUndefined();
      expect(await stores.personalData.conversationsOf(personKey(ada.id))).toEqual([]);
      expect(await stores.conversations.peopleKnownBy('channel', ada.aadObjectId)).toEqual([bob]);
    });

    it('tombstones stand until they are lifted, the last one raised', async () => {
      const conversation = aConversation();
      const stone = { at: 1, turn: 'x', saidAt: 2, request: request(conversation, 'conversation') };
      await stores.tombstones.raiseTombstone(conversation.key, stone);
      expect(await stores.tombstones.findTombstone(conversation.key)).toEqual(stone);
      await stores.tombstones.raiseTombstone(conversation.key, { ...stone, cleanedAt: 3 });
      expect(await stores.tombstones.findTombstone(conversation.key)).toEqual({ ...stone, cleanedAt: 3 });
      const ofPerson = { at: 1, turn: 'x', of: persons };
      await stores.tombstones.raiseTombstone(personKey(ada.id), ofPerson);
      expect(await stores.tombstones.findTombstone(personKey(ada.id))).toEqual(ofPerson);
      await stores.tombstones.liftTombstone(conversation.key);
      await stores.tombstones.liftTombstone(conversation.key);
      expect(await stores.tombstones.findTombstone(conversation.key)).toBeUndefined();
    });
  });
}
