import { beforeEach, describe, expect, it } from 'vitest';
import type { Reminder } from '../../../../shared/kinds/reminders/model/reminder.ts';
import type { FreshStores, MakeStores } from '../../../contract/stores.ts';
import { aConversationKey, aReminder } from '../../../support/builders.ts';

export function describeReminderStoreContract(name: string, makeStores: MakeStores): void {
  describe(`ReminderStore ${name}`, () => {
    let stores: FreshStores;
    const conversation = aConversationKey();
    const numbered = (number: number) => aReminder({ conversation, number });

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('knows no reminders of somebody who never asked for one', async () => {
      expect(await stores.reminders.of(conversation)).toEqual({ reminders: [], lastNumber: 0 });
      expect(await stores.reminders.find(conversation, 1)).toBeUndefined();
    });

    it('gives back every field of what was kept, by number', async () => {
      const first: Reminder = {
        ...numbered(1),
        text: 'Grüße "an" alle\n🌱',
        schedule: {
          at: stores.clock.now() + 1000,
          zone: 'Europe/Berlin',
          recurrence: { rule: 'FREQ=DAILY', start: '2026-11-23T10:00:01' },
        },
        version: 3,
        changedBy: 'turn',
        doneThrough: stores.clock.now(),
        snooze: { occurrence: stores.clock.now(), at: stores.clock.now() + 5 },
      };
      expect(await stores.reminders.create(first)).toBe('saved');
      const { numbering } = await stores.reminders.of(conversation);
      const second = numbered(2);
      expect(await stores.reminders.create(second, numbering)).toBe('saved');
      const found = await (await stores.inAnotherProcess()).reminders.of(conversation);
      expect(found.reminders.map(({ reminder }) => reminder)).toEqual([first, second]);
      expect(found.lastNumber).toBe(2);
      expect((await stores.reminders.find(conversation, 1))?.reminder).toEqual(first);
    });

    it('lists by number, the tenth behind the ninth', async () => {
      for (let number = 1; number <= 11; number += 1) {
        const { numbering } = await stores.reminders.of(conversation);
        await stores.reminders.create(numbered(number), numbering);
      }
      const { reminders } = await stores.reminders.of(conversation);
      expect(reminders.map(({ reminder }) => reminder.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    });

    it('gives a number to only one of two that are made at the same moment', async () => {
      expect(await stores.reminders.create(numbered(1))).toBe('saved');
      expect(await stores.reminders.create(numbered(1))).toBe('lost');
      const { numbering } = await stores.reminders.of(conversation);
      const mine = numbered(2);
      expect(await stores.reminders.create(mine, numbering)).toBe('saved');
      expect(await stores.reminders.create(numbered(2), numbering)).toBe('lost');
      expect((await stores.reminders.find(conversation, 2))?.reminder).toEqual(mine);
    });

    it('lets only one of two changes through that read the same', async () => {
      const reminder = numbered(1);
      await stores.reminders.create(reminder);
      const tag = (await stores.reminders.find(conversation, 1))?.tag ?? '';
      expect(await stores.reminders.save({ ...reminder, state: 'done' }, tag)).toBe('saved');
      expect(await stores.reminders.save({ ...reminder, state: 'cancelled' }, tag)).toBe('lost');
      expect((await stores.reminders.find(conversation, 1))?.reminder.state).toBe('done');
    });

    it('lets only one of two changes through that were counted in the same list', async () => {
      await stores.reminders.create(numbered(1));
      const first = await stores.reminders.of(conversation);
      await stores.reminders.create(numbered(2), first.numbering);
      const list = await stores.reminders.of(conversation);
      const [one, two] = list.reminders;
      if (one === undefined || two === undefined) throw new Error('both were just made');
      const moved = (reminder: Reminder): Reminder => ({ ...reminder, text: 'moved' });
      expect(await stores.reminders.save(moved(one.reminder), one.tag, list)).toBe('saved');
      expect(await stores.reminders.save(moved(two.reminder), two.tag, list)).toBe('lost');
      // Nor does one that is made at the same time get through.
      expect(await stores.reminders.create(numbered(3), list.numbering)).toBe('lost');
      const after = await stores.reminders.of(conversation);
      expect(after.lastNumber).toBe(2);
      expect(await stores.reminders.save(moved(two.reminder), two.tag, after)).toBe('saved');
    });

    it('changes a reminder without giving away a number', async () => {
      await stores.reminders.create(numbered(1));
      const before = await stores.reminders.of(conversation);
      const stored = await stores.reminders.find(conversation, 1);
      if (stored === undefined) throw new Error('it was just made');
      await stores.reminders.save({ ...stored.reminder, state: 'done' }, stored.tag);
      expect((await stores.reminders.of(conversation)).numbering).toEqual(before.numbering);
    });

    it('never gives the number of a removed one again', async () => {
      await stores.reminders.create(numbered(1));
      await stores.reminders.remove(conversation, [1, 7]);
      const list = await stores.reminders.of(conversation);
      expect(list).toMatchObject({ reminders: [], lastNumber: 1 });
    });

    it('keeps the reminders of different conversations apart', async () => {
      await stores.reminders.create(numbered(1));
      const other = aConversationKey();
      expect(await stores.reminders.of(other)).toEqual({ reminders: [], lastNumber: 0 });
      expect(await stores.reminders.create(aReminder({ conversation: other }))).toBe('saved');
    });
  });
}
