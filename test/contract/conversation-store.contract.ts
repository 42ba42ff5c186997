import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../shared/domain/conversation/conversation.ts';
import { personKey, tenantKey } from '../../shared/domain/ids.ts';
import { minutes } from '../../shared/domain/time.ts';
import {
  aConversation,
  aConversationKey,
  anUncreatedConversation,
  aPerson,
  provenPerson,
} from '../support/builders.ts';
import { allPages, type FreshStores, type MakeStores } from './stores.ts';

/** Ids as channels make them: 900 characters, signs that no table key may hold, characters beyond 16 bits. */
export const strangeIds = [
  '19:meeting_a/b\\c#d?e@thread.v2;messageid=1700000000000',
  `a:${'long/'.repeat(180)}`.slice(0, 900),
  "O'Brien's 100% +1 \t",
  '👩‍👩‍👧 Ærøskøbing',
  `cut in the middle of a character \ud83d`,
];

export function describeConversationStoreContract(name: string, makeStores: MakeStores): void {
  describe(`ConversationStore ${name}`, () => {
    let stores: FreshStores;
    let store: FreshStores['conversations'];

    beforeEach(async () => {
      stores = await makeStores();
      store = stores.conversations;
    });

    it('knows nothing of a conversation or a person never met', async () => {
      expect(await store.findConversation(aConversationKey())).toBeUndefined();
      expect(await store.findPerson(personKey('29:nobody'))).toBeUndefined();
      expect(await store.peopleKnownBy('channel', '29:nobody')).toEqual([]);
      expect(await store.listConversations({ limit: 10 })).toEqual({ items: [] });
      expect(await store.listTenants()).toEqual([]);
    });

    it('gives back a record with every field, also to another process', async () => {
      const conversation = aConversation({
        conversationName: 'Launch 🚀',
        conversationType: 'channel',
        team: { id: '19:team', name: 'Team' },
        channel: { id: '19:channel' },
        locale: 'de-DE',
        timeZone: 'Europe/Berlin',
        user: { id: '29:ada', name: 'Ada', aadObjectId: 'f00d' },
      });
      await store.saveConversation(conversation);
      expect(await store.findConversation(conversation.key)).toEqual(conversation);
      expect(
        await (await stores.inAnotherProcess()).conversations.findConversation(conversation.key),
      ).toEqual(conversation);
    });

    it('leaves out what a record does not say, also when an earlier one said it', async () => {
      const first = aConversation({ locale: 'de-DE', conversationName: 'Launch' });
      const { locale: _locale, conversationName: _name, ...second } = first;
      await store.saveConversation(first);
      await store.saveConversation(second);
      expect(await store.findConversation(first.key)).toStrictEqual(second);
    });

    it.each(strangeIds)('finds a conversation and a person by the id %j again', async (id) => {
      const conversation = aConversation({ conversationId: id, conversationName: id });
      const person = aPerson({ user: { id, name: id }, personal: conversation.key });
      await store.saveConversation(conversation);
      await store.savePerson(...provenPerson(person));
      expect(await store.findConversation(conversation.key)).toEqual(conversation);
      expect(await store.peopleKnownBy('channel', id)).toEqual([person]);
      expect((await store.listConversations({ limit: 10 })).items).toEqual([conversation]);
    });

    it('may save the same again without making it two', async () => {
      const conversation = aConversation();
      await store.saveConversation(conversation);
      await store.saveConversation(conversation);
      expect((await store.listConversations({ limit: 10 })).items).toEqual([conversation]);
      expect(await store.listTenants()).toEqual([conversation.tenant]);
    });

    it('gives copies: changing one changes nothing that is stored', async () => {
      const conversation = aConversation();
      await store.saveConversation(conversation);
      const copy = await store.findConversation(conversation.key);
      Object.assign(copy ?? {}, { serviceUrl: 'https://elsewhere.example' });
      expect(await store.findConversation(conversation.key)).toEqual(conversation);
    });

    it('finds a person by each proof, and by each id whatever its scope', async () => {
      const user = { id: '29:ada', aadObjectId: 'F00D' };
      const here = aPerson({ user, tenantId: 'contoso', personal: aConversationKey(), metAt: 5 });
      const elsewhere = aPerson({ user, tenantId: 'fabrikam', channelId: 'slack', metAt: 6 });
      for (const person of [here, elsewhere]) {
        const [, proofs] = provenPerson(person);
        await store.savePerson(person, proofs);
        for (const proof of proofs) expect(await store.findPerson(proof.person)).toEqual(person);
      }
      const found = async (kind: 'entra' | 'channel', id: string) =>
        (await store.peopleKnownBy(kind, id)).map(({ metAt }) => metAt).sort();
      expect(await found('entra', 'f00d')).toEqual([5, 6]);
      expect(await found('entra', 'F00D')).toEqual([5, 6]);
      expect(await found('channel', '29:ada')).toEqual([5, 6]);
      expect(await found('channel', '29:ADA')).toEqual([]);
      expect(await found('channel', 'f00d')).toEqual([]);
    });

    it('remembers a person by their bare ids too, for an instance of the former release', async () => {
      const person = aPerson({ user: { id: '29:ada', aadObjectId: 'f00d' } });
      await store.savePerson(...provenPerson(person));
      expect(await store.findPerson(personKey('29:ada'))).toEqual(person);
      expect(await store.findPerson(personKey('f00d'))).toEqual(person);
    });

    it('leaves alone who is remembered already, where only somebody new is to be', async () => {
      const [person, proofs] = provenPerson(aPerson({ user: { id: '29:ada' }, metAt: 5 }));
      await store.savePerson(person, proofs, { onlyNew: true });
      await store.savePerson({ ...person, metAt: 6 }, proofs, { onlyNew: true });
      expect(await store.peopleKnownBy('channel', '29:ada')).toEqual([person]);
      expect(await store.findPerson(personKey('29:ada'))).toBeUndefined();
    });

    it('keeps the personal conversation of a person who is met in a group afterwards', async () => {
      const person = aPerson({ user: { id: '29:ada', name: 'Ada, née Byron 🎩'.repeat(100) } });
      const [, proofs] = provenPerson(person);
      const personal = aConversationKey();
      await store.savePerson({ ...person, personal }, proofs);
      const later = { ...person, user: { id: '29:ada' }, serviceUrl: 'https://newer.example/' };
      await store.savePerson(later, proofs);
      expect(await store.peopleKnownBy('channel', '29:ada')).toEqual([{ ...later, personal }]);
      const newer = aConversationKey();
      await store.savePerson({ ...person, personal: newer }, proofs);
      expect((await store.peopleKnownBy('channel', '29:ada'))[0]?.personal).toBe(newer);
    });

    it('suppresses a conversation until it is saved unsuppressed', async () => {
      const conversation = aConversation();
      await store.saveConversation(conversation);
      stores.clock.advance(minutes(5));
      await store.suppressConversation(conversation.key, 'blocked');
      await store.suppressConversation(conversation.key, 'blocked');
      expect(await store.findConversation(conversation.key)).toEqual({
        ...conversation,
        suppressed: 'blocked',
        changedAt: stores.clock.now(),
      });
      await store.saveConversation(conversation);
      expect(await store.findConversation(conversation.key)).toStrictEqual(conversation);
    });

    it('suppresses nothing that is not stored', async () => {
      const key = aConversationKey();
      await store.suppressConversation(key, 'uninstalled');
      expect(await store.findConversation(key)).toBeUndefined();
      expect(await store.listConversations({ limit: 10 })).toEqual({ items: [] });
    });

    it('greets once, however many ask at the same time', async () => {
      const key = aConversationKey();
      const other = await stores.inAnotherProcess();
      const asked = await Promise.all(
        Array.from({ length: 10 }, (_, turn) =>
          (turn % 2 === 0 ? store : other.conversations).greetOnce(key),
        ),
      );
      expect(asked.filter((first) => first)).toHaveLength(1);
      expect(await store.greetOnce(key)).toBe(false);
      expect(await store.greetOnce(aConversationKey())).toBe(true);
    });

    it('lists every created conversation of every tenant once, page by page', async () => {
      const conversations = [
        ...Array.from({ length: 12 }, () => aConversation({ tenantId: 'contoso' })),
        ...Array.from({ length: 5 }, () => aConversation({ tenantId: 'fabrikam' })),
        ...Array.from({ length: 3 }, () => anonymousConversation()),
      ];
      for (const conversation of conversations) await store.saveConversation(conversation);
      const uncreated = anUncreatedConversation();
      await store.saveConversation(uncreated);
      await store.suppressConversation(conversations[0]?.key ?? aConversationKey(), 'blocked');

      for (const limit of [1, 6, 20, 1000]) {
        const pages = await allPages((page) => store.listConversations(page), limit);
        const keys = pages.flat().map(({ key }) => key);
        expect(new Set(keys)).toEqual(new Set(conversations.map(({ key }) => key)));
        expect(keys).toHaveLength(conversations.length);
        expect(pages.every((page) => page.length <= limit)).toBe(true);
      }
      expect(await store.findConversation(uncreated.key)).toEqual(uncreated);
    });

    it('goes on behind the last page although others were saved meanwhile', async () => {
      const conversations = Array.from({ length: 6 }, () => aConversation());
      for (const conversation of conversations) await store.saveConversation(conversation);
      const first = await store.listConversations({ limit: 3 });
      for (let more = 0; more < 6; more++) await store.saveConversation(aConversation());
      const rest = await store.listConversations({
        limit: 1000,
        ...(first.after === undefined ? {} : first),
      });
      const keys = [...first.items, ...rest.items].map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toEqual(expect.arrayContaining(conversations.map(({ key }) => key)));
    });

    it('names the tenants in which any conversation is stored', async () => {
      await store.saveConversation(aConversation({ tenantId: 'contoso' }));
      await store.saveConversation(aConversation({ tenantId: 'fabrikam' }));
      expect(new Set(await store.listTenants())).toEqual(
        new Set(['contoso', 'fabrikam'].map((tenantId) => tenantKey({ tenantId, channelId: 'msteams' }))),
      );
    });

    it('refuses a limit that is none and a place that no page gave', async () => {
      await expect(store.listConversations({ limit: 0 })).rejects.toThrow(RangeError);
      await expect(store.listConversations({ limit: 1001 })).rejects.toThrow(RangeError);
      await expect(store.listConversations({ limit: 10, after: "' or true" })).rejects.toThrow(RangeError);
    });
  });
}

function anonymousConversation(): Conversation {
  const { tenantId: _none, ...conversation } = aConversation({ channelId: 'directline' });
  return { ...conversation, tenant: tenantKey({ channelId: 'directline' }) };
}
