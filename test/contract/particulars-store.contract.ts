import { describe, expect, it } from 'vitest';
import { aConversationKey, aNotification } from '../support/builders.ts';
import type { MakeStores } from './stores.ts';

export function describeParticularsStoreContract(name: string, makeStores: MakeStores): void {
  describe(`ParticularsStore ${name}`, () => {
    it('keeps the first ones that a delivery was given, for it alone', async () => {
      const { particulars } = await makeStores();
      const id = { notification: aNotification().id, conversation: aConversationKey() };
      await particulars.keepParticulars(id, { before: 199.5, condition: { kind: 'drop', percent: 20 } });
      await particulars.keepParticulars(id, { before: 1 });
      expect(await particulars.findParticulars(id)).toEqual({
        before: 199.5,
        condition: { kind: 'drop', percent: 20 },
      });
      expect(await particulars.findParticulars({ ...id, notification: aNotification().id })).toBeUndefined();
      expect(await particulars.findParticulars({ ...id, conversation: aConversationKey() })).toBeUndefined();
    });
  });
}
