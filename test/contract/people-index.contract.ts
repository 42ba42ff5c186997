import { beforeEach, describe, expect, it } from 'vitest';
import { personKey, uncreatedConversationKey } from '../../shared/domain/ids.ts';
import type { PeopleIndex } from '../../shared/ports/conversation/people-index.ts';
import { aConversation, aConversationKey, aPerson, provenPerson } from '../support/builders.ts';
import { allPages, type FreshStores, type MakeStores } from './stores.ts';

export function describePeopleIndexContract(name: string, makeStores: MakeStores): void {
  describe(`PeopleIndex ${name}`, () => {
    let stores: FreshStores;
    let index: PeopleIndex;

    beforeEach(async () => {
      stores = await makeStores();
      index = stores.peopleIndex;
    });

    const found = async (...terms: string[]) =>
      (await index.findPeople(terms, { limit: 100 })).items.map(({ key }) => key);

    it('finds by the beginning of a word, and by several of the same person alone', async () => {
      const [ana, bob] = [aConversationKey(), aConversationKey()];
      await index.notePerson(ana, ['anna', 'muller']);
      await index.notePerson(bob, ['bob', 'muller']);
      expect(await found('ann')).toEqual([ana]);
      expect((await found('mul')).toSorted()).toEqual([ana, bob].toSorted());
      expect(await found('mul', 'bo')).toEqual([bob]);
      expect(await found('nna')).toEqual([]);
      expect(await found('mullers')).toEqual([]);
    });

    it('finds words of any letters by their beginnings', async () => {
      const key = aConversationKey();
      await index.notePerson(key, ['иван', '王小明', '𠮷']);
      for (const term of ['и', 'ив', 'иван', '王', '王小', '𠮷'])
        expect(await found(term), term).toEqual([key]);
      expect(await found('小')).toEqual([]);
    });

    it('finds by what somebody is called now, and not by what they were called before', async () => {
      const key = aConversationKey();
      await index.notePerson(key, ['anna', 'muller']);
      await index.notePerson(key, ['anna', 'schmidt']);
      expect(await found('muller')).toEqual([]);
      expect(await found('schmidt', 'anna')).toEqual([key]);
      expect(await found('anna', 'muller')).toEqual([]);
      expect(await found('anna', 'sch')).toEqual([key]);
    });

    it('finds by words that were told beside their own, until others are told, whatever they are called', async () => {
      const key = aConversationKey();
      await index.noteTold(key, ['stray']);
      expect(await found('stray')).toEqual([]);
      await index.notePerson(key, ['anna', 'muller']);
      await index.noteTold(key, ['annam']);
      await index.notePerson(key, ['anna', 'schmidt']);
      expect(await found('annam', 'sch')).toEqual([key]);
      await index.noteTold(key, ['annas']);
      expect(await found('annam')).toEqual([]);
      expect(await found('annas', 'anna')).toEqual([key]);
      await index.forgetPerson(key);
      expect(await found('annas')).toEqual([]);
    });

    it('is written along with records of personal conversations, and with people met in groups alone', async () => {
      const { conversations } = stores;
      const hers = aConversation({ user: { id: '29:1', name: 'Zoë Ångström' } });
      const group = aConversation({ conversationType: 'groupChat', user: { id: '29:2', name: 'Grupo' } });
      const member = aPerson({ user: { id: '29:3', name: 'Zora' } });
      const known = aPerson({ user: { id: '29:4', name: 'Zita' }, personal: hers.key });
      await conversations.saveConversation(hers);
      await conversations.saveConversation(group);
      await conversations.savePerson(...provenPerson(member));
      await conversations.savePerson(...provenPerson(known));
      expect(await found('angst')).toEqual([hers.key]);
      expect(await found('grupo')).toEqual([]);
      const stand = uncreatedConversationKey('msteams', '29:3');
      expect(await found('zora')).toEqual([stand]);
      expect(await index.memberAt(stand)).toEqual({ channelId: 'msteams', id: '29:3' });
      expect(await index.memberAt(hers.key)).toBeUndefined();
      expect(await found('zita')).toEqual([]);
      const members = [];
      for await (const each of index.membersOfGroups()) members.push(each.user.id);
      expect([...new Set(members)]).toEqual(['29:3']);
    });

    it('gives whoever has several words that begin so once, and goes on behind each place', async () => {
      const [ana, bob, cy] = [aConversationKey(), aConversationKey(), aConversationKey()];
      await index.notePerson(ana, ['annab', 'иана', 'anna', 'annac']);
      await index.notePerson(bob, ['annab']);
      await index.notePerson(cy, ['annabel', 'ann王', 'annb']);
      const { items } = await index.findPeople(['ann'], { limit: 100 });
      expect(items.map(({ key }) => key)).toEqual([ana, bob, cy]);
      for (const [place, one] of items.entries()) {
        const rest = await index.findPeople(['ann'], { limit: 100, after: one.place });
        expect(rest.items).toEqual(items.slice(place + 1));
      }
    });

    it('knows whether each term leads to somebody by words of their own or by told ones', async () => {
      const key = aConversationKey();
      expect(await index.isLedTo(key, ['an'])).toBe(false);
      await index.notePerson(key, ['anna']);
      await index.noteTold(key, ['mail']);
      expect(await index.isLedTo(key, ['an'])).toBe(true);
      expect(await index.isLedTo(key, ['mai', 'anna'])).toBe(true);
      expect(await index.isLedTo(key, ['anna', 'bob'])).toBe(false);
      await index.forgetPerson(key);
      expect(await index.isLedTo(key, ['an'])).toBe(false);
    });

    it('gives everybody in pages, once each', async () => {
      const keys = Array.from({ length: 7 }, aConversationKey);
      for (const key of keys) await index.notePerson(key, ['anna', 'x']);
      const pages = await allPages((page) => index.findPeople(['an'], page), 3);
      expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
      expect(
        pages
          .flat()
          .map(({ key }) => key)
          .toSorted(),
      ).toEqual(keys.toSorted());
      await expect(index.findPeople(['an'], { limit: 3, after: 'nonsense' })).rejects.toThrow(RangeError);
      await expect(index.findPeople([], { limit: 3 })).rejects.toThrow(RangeError);
    });

    it('forgets, by itself and with the conversation', async () => {
      const hers = aConversation({ user: { id: '29:1', name: 'Ana' } });
      const key = aConversationKey();
      await index.notePerson(key, ['anton']);
      await stores.conversations.saveConversation(hers);
      await index.forgetPerson(key);
      await index.forgetPerson(key);
      expect(await found('an')).toEqual([hers.key]);
      await stores.personalData.forgetConversation(
        {
          conversation: hers.key,
          tenant: hers.tenant,
          channelId: 'msteams',
          scope: 'conversation',
          persons: [personKey('29:1')],
        },
        { withDeliveries: false },
      );
      expect(await found('an')).toEqual([]);
      expect(await found('29')).toEqual([]);
    });
  });
}
