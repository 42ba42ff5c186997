import { beforeEach, describe, expect, it } from 'vitest';
import { personKey } from '../../shared/domain/ids.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeAnswerStoreContract(name: string, makeStores: MakeStores): void {
  describe(`AnswerStore ${name}`, () => {
    let stores: FreshStores;
    const id = { notification: aNotification().id, conversation: aConversation().key };
    const answer = { id, choice: 'Great', at: 5, turn: 'first' };

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('keeps the first answer, whatever comes after', async () => {
      expect(await stores.answers.keep(answer)).toEqual({ stands: answer, isPublished: false });
      const later = { ...answer, choice: 'Awful', at: 6, turn: 'second' };
      const { answers } = await stores.inAnotherProcess();
      expect(await answers.keep(later)).toEqual({ stands: answer, isPublished: false });
    });

    it('remembers that it was published', async () => {
      await stores.answers.keep(answer);
      await stores.answers.markPublished(id);
      const { answers } = await stores.inAnotherProcess();
      expect(await answers.keep(answer)).toEqual({ stands: answer, isPublished: true });
    });

    it('keeps the answer of each person of a group, beside the report and outside of it', async () => {
      const ofBen = { ...answer, id: { ...id, person: personKey('ben') }, choice: 'Fine' };
      await stores.answers.keep(answer);
      expect(await stores.answers.keep(ofBen)).toEqual({ stands: ofBen, isPublished: false });
      await stores.ledger.address(id.notification, [id.conversation]);
      expect((await stores.ledger.count(id.notification)).addressed).toBe(1);
    });
  });
}
