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

    it('keeps the last answer, with a sequence that rises whatever the clocks say', async () => {
      expect(await stores.answers.keepAnswer(answer)).toEqual({
        stands: answer,
        sequence: 5,
        isPublished: false,
      });
      const later = { ...answer, choice: 'Awful', at: 9, turn: 'second' };
      const { answers } = await stores.inAnotherProcess();
      expect(await answers.keepAnswer(later)).toEqual({ stands: later, sequence: 9, isPublished: false });
      const behind = { ...answer, choice: 'Fine', at: 3, turn: 'third' };
      expect(await answers.keepAnswer(behind)).toEqual({ stands: behind, sequence: 10, isPublished: false });
      expect(await stores.answers.findAnswer(id)).toEqual({
        stands: behind,
        sequence: 10,
        isPublished: false,
      });
    });

    it('takes the same activity once', async () => {
      await stores.answers.keepAnswer(answer);
      expect(await stores.answers.keepAnswer({ ...answer, choice: 'Awful', at: 7 })).toMatchObject({
        stands: { choice: 'Great' },
        sequence: 5,
      });
    });

    it('remembers that it was published, and that a later one was not', async () => {
      await stores.answers.keepAnswer(answer);
      await stores.answers.markPublished(id, answer.turn);
      const { answers } = await stores.inAnotherProcess();
      expect(await answers.keepAnswer(answer)).toEqual({ stands: answer, sequence: 5, isPublished: true });
      const later = { ...answer, choice: 'Awful', at: 6, turn: 'second' };
      expect(await answers.keepAnswer(later)).toMatchObject({ isPublished: false });
      await answers.markPublished(id, answer.turn);
      expect(await answers.findAnswer(id)).toMatchObject({ isPublished: false });
    });

    it('knows nothing of what nobody answered', async () => {
      expect(await stores.answers.findAnswer(id)).toBeUndefined();
      await stores.answers.markPublished(id, 'none');
      expect(await stores.answers.findAnswer(id)).toBeUndefined();
    });

    it("counts the answers of one conversation by choice, each person once, and no other conversation's", async () => {
      const given = [
        ['ana', 'Great'],
        ['ben', 'Fine'],
        ['eva', 'Great'],
        ['ben', 'Great'],
        ['ben', 'Fine'],
      ] as const;
      for (const [turn, [who, choice]] of given.entries())
        await stores.answers.keepAnswer({
          ...answer,
          id: { ...id, person: personKey(who) },
          choice,
          turn: String(turn),
        });
      const elsewhere = aConversation({ conversationId: 'elsewhere' }).key;
      await stores.answers.keepAnswer({ ...answer, id: { ...id, conversation: elsewhere } });
      const { answers } = await stores.inAnotherProcess();
      expect(Object.fromEntries(await answers.count(id.notification, id.conversation))).toEqual({
        Great: 2,
        Fine: 1,
      });
      expect(await answers.count(aNotification({ eventId: 'another' }).id, id.conversation)).toEqual(
        new Map(),
      );
    });

    it('keeps the answer of each person of a group, beside the report and outside of it', async () => {
      const ofBen = { ...answer, id: { ...id, person: personKey('ben') }, choice: 'Fine' };
      await stores.answers.keepAnswer(answer);
      expect(await stores.answers.keepAnswer(ofBen)).toMatchObject({ stands: ofBen, isPublished: false });
      await stores.ledger.addressRecipients(id.notification, [id.conversation]);
      expect((await stores.ledger.countOutcomes(id.notification)).addressed).toBe(1);
    });
  });
}
