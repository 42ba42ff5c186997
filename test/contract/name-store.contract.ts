import { beforeEach, describe, expect, it } from 'vitest';
import { type PersonKey, personKey } from '../../shared/domain/ids.ts';
import type { NameStore } from '../../shared/ports/conversation/name-store.ts';
import { aConversationKey, aPerson, provenPerson } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function nameStoreContract(makeStores: MakeStores): void {
  describe('NameStore', () => {
    let stores: FreshStores;
    let names: NameStore;
    const [ana, bob] = [personKey('ana'), personKey('bob')];
    const told = (kind: 'mail' | 'userPrincipalName', name: string) => names.toldOf(kind, name);

    beforeEach(async () => {
      stores = await makeStores();
      names = stores.names;
    });

    it('finds of whom a name was told, in whatever case, and as what it was told', async () => {
      const known = { userPrincipalName: 'Ana@contoso.com', mail: 'ana.m@contoso.com', toldAt: 1 };
      await names.tellNames(ana, known);
      expect(await names.namesOf(ana)).toEqual(known);
      expect(await told('userPrincipalName', 'ana@CONTOSO.com')).toEqual([ana]);
      expect(await told('mail', 'ana.m@contoso.com')).toEqual([ana]);
      expect(await told('mail', 'ana@contoso.com')).toEqual([]);
      expect(await names.namesOf(bob)).toBeUndefined();
    });

    it('gives everybody of whom a name was told', async () => {
      for (const person of [ana, bob]) await names.tellNames(person, { mail: 'team@contoso.com', toldAt: 1 });
      expect([...(await told('mail', 'team@contoso.com'))].sort()).toEqual([ana, bob].sort());
    });

    it('goes by what was told last', async () => {
      await names.tellNames(ana, {
        userPrincipalName: 'ana@contoso.com',
        mail: 'ana@contoso.com',
        toldAt: 1,
      });
      await names.tellNames(ana, { userPrincipalName: 'ana@contoso.com', toldAt: 2 });
      expect(await names.namesOf(ana)).toEqual({ userPrincipalName: 'ana@contoso.com', toldAt: 2 });
      expect(await told('mail', 'ana@contoso.com')).toEqual([]);
      expect(await told('userPrincipalName', 'ana@contoso.com')).toEqual([ana]);
    });

    it('forgets', async () => {
      await names.tellNames(ana, { mail: 'ana@contoso.com', toldAt: 1 });
      await names.forgetNames(ana);
      await names.forgetNames(ana);
      expect(await names.namesOf(ana)).toBeUndefined();
      expect(await told('mail', 'ana@contoso.com')).toEqual([]);
    });

    it('are forgotten with the person, and where nobody is known by the proof any more', async () => {
      const [person, proofs] = provenPerson(aPerson({ user: { id: '29:1' } }));
      await stores.conversations.savePerson(person, proofs);
      const keys = [...proofs.map((proof): PersonKey => proof.person), ana];
      for (const key of keys) await names.tellNames(key, { mail: 'ana@contoso.com', toldAt: 1 });
      for (const key of keys) await stores.personalData.forgetPerson(key, person.channelId);
      expect(await told('mail', 'ana@contoso.com')).toEqual([]);
    });

    it('of people who are known no more can be removed', async () => {
      const [person, proofs] = provenPerson(aPerson({ user: { id: '29:1' } }));
      await stores.conversations.savePerson(person, proofs);
      const keys = proofs.map((proof): PersonKey => proof.person);
      for (const key of [...keys, ana, bob])
        await names.tellNames(key, { mail: 'ana@contoso.com', toldAt: 1 });
      expect(await names.removeStrays()).toBe(2);
      expect([...(await told('mail', 'ana@contoso.com'))].sort()).toEqual([...keys].sort());
    });

    it('asks what is due, each question once, earliest first', async () => {
      const conversation = aConversationKey();
      const question = (person: PersonKey, at: number) => ({ person, conversation, at });
      await names.askName(question(ana, 2000));
      await names.askName(question(bob, 0));
      await names.askName(question(bob, 0));
      await names.askName(question(bob, 5000));
      expect(await names.nameQuestions(2000, 10)).toEqual([question(bob, 0), question(ana, 2000)]);
      expect(await names.nameQuestions(9000, 1)).toEqual([question(bob, 0)]);
      await names.answeredName(question(bob, 0));
      await names.answeredName(question(bob, 0));
      expect(await names.nameQuestions(9000, 10)).toEqual([question(ana, 2000), question(bob, 5000)]);
    });
  });
}
