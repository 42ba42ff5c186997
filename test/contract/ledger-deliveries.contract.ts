import { beforeEach, describe, expect, it } from 'vitest';
import { noPreferences } from '../../shared/domain/conversation/preferences.ts';
import type { DeliveryRow } from '../../shared/domain/delivery/delivery.ts';
import { afterSend, noSends, type SendWindows } from '../../shared/domain/delivery/pace.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import { aConversation, aConversationKey, aDeliveryRow, aNotification, aTopic } from '../support/builders.ts';
import { aNote, noteLayout } from '../support/notes.ts';
import type { FreshStores, MakeStores } from './stores.ts';

/** The part of the contract about what is under way: claims, changes and windows. */
export function describeDeliveriesContract(name: string, makeStores: MakeStores): void {
  describe(`Ledger of deliveries ${name}`, () => {
    let stores: FreshStores;
    let ledger: FreshStores['ledger'];

    beforeEach(async () => {
      stores = await makeStores();
      ledger = stores.ledger;
    });

    const windowsAt = (...instants: number[]): SendWindows =>
      instants.reduce((windows, at) => afterSend(windows, at, true), noSends);

    function taken(answer: DeliveryRow | 'lost'): DeliveryRow {
      return answer === 'lost' ? expect.fail('nobody else wrote it') : answer;
    }

    it('has an empty desk for a conversation that is not stored', async () => {
      expect(await ledger.findDesk(aConversationKey())).toEqual({
        conversation: undefined,
        windows: noSends,
        preferences: noPreferences,
      });
    });

    it('lays the record and the windows on the desk', async () => {
      const conversation = aConversation();
      await stores.conversations.saveConversation(conversation);
      const id = { notification: aNotification().id, conversation: conversation.key };
      const next = windowsAt(0, minutes(1), seconds(100));
      await ledger.claimDelivery(aDeliveryRow({ id }), { next });
      expect(await ledger.findDesk(conversation.key)).toEqual({
        conversation,
        preferences: noPreferences,
        windows: next,
        windowsTag: expect.any(String),
      });
    });

    it('gives what was told lately in a conversation, the newest first', async () => {
      const told = [3, 1, 2].map((minute) => aDeliveryRow({ claimedAt: minutes(minute) }));
      for (const row of told) await ledger.claimDelivery(row);
      const [{ id }] = told as [DeliveryRow, ...DeliveryRow[]];
      const own = [4, 6, 5].map((minute) =>
        aDeliveryRow({ id: { ...id, notification: aNotification().id }, claimedAt: minutes(minute) }),
      );
      for (const row of own) await ledger.claimDelivery(row);
      const lately = await ledger.deliveriesLately(id.conversation, { from: minutes(4), most: 2 });
      expect(lately).toEqual(
        [own[1], own[2]].map((row) => ({ notification: row?.id.notification, at: row?.claimedAt })),
      );
    });

    it('gives the row as it was claimed, also to another process', async () => {
      const row = aDeliveryRow({
        lastError: { class: 'http-403', code: 'BadArgument', meaning: 'failed-to-decrypt' },
        undeciphered: { count: 2, since: 1_764_000_000_000 },
      });
      expect(await ledger.findDelivery(row.id)).toBeUndefined();
      const claimed = taken(await ledger.claimDelivery(row));
      expect(claimed).toEqual({ ...row, etag: expect.any(String) });
      expect(await ledger.findDelivery(row.id)).toEqual(claimed);
      expect(await (await stores.inAnotherProcess()).ledger.findDelivery(row.id)).toEqual(claimed);
    });

    it('forgets what a changed row does not say any more', async () => {
      const claimed = taken(await ledger.claimDelivery(aDeliveryRow()));
      const { leaseUntil: _over, ...rest } = claimed;
      const dueAt = seconds(5);
      const changed = taken(await ledger.changeDelivery({ ...rest, version: 1, state: 'retrying', dueAt }));
      const { etag: _etag, ...fields } = rest;
      expect(changed).toStrictEqual({
        ...fields,
        version: 1,
        state: 'retrying',
        dueAt,
        etag: expect.any(String),
      });
      expect(await ledger.findDelivery(claimed.id)).toStrictEqual(changed);
    });

    it.each(['claimed', 'deferred', 'retrying', 'moved', 'joined'] as const)(
      'keeps the state %s',
      async (state) => {
        const row = aDeliveryRow({ state, deferral: 'quiet-hours' });
        taken(await ledger.changeDelivery(row));
        expect(await ledger.findDelivery(row.id)).toMatchObject({ state, deferral: 'quiet-hours' });
      },
    );

    it.each([
      ['without windows', false],
      ['with windows', true],
    ])('is claimed by exactly one of 20 who claim at the same time, %s', async (_how, withWindows) => {
      const row = aDeliveryRow();
      const other = (await stores.inAnotherProcess()).ledger;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, worker) =>
          (worker % 2 === 0 ? ledger : other).claimDelivery(
            { ...row, leaseUntil: worker },
            withWindows ? { next: windowsAt(worker) } : undefined,
          ),
        ),
      );
      const claims = answers.filter((answer) => answer !== 'lost');
      expect(claims).toHaveLength(1);
      expect(await ledger.findDelivery(row.id)).toEqual(claims[0]);
      if (withWindows) {
        const desk = await ledger.findDesk(row.id.conversation);
        expect(desk.windows).toEqual(windowsAt(claims[0]?.leaseUntil ?? -1));
      }
    });

    it('is claimed again by exactly one of 20 when the lease is over', async () => {
      const first = taken(await ledger.claimDelivery(aDeliveryRow()));
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, worker) =>
          ledger.claimDelivery({ ...first, attempts: 2, leaseUntil: worker }),
        ),
      );
      expect(answers.filter((answer) => answer !== 'lost')).toHaveLength(1);
    });

    it('loses the claim and leaves the row when the windows were written since', async () => {
      const { conversation } = aDeliveryRow().id;
      const desk = await ledger.findDesk(conversation);
      const first = aDeliveryRow({ id: { notification: aNotification().id, conversation } });
      taken(await ledger.claimDelivery(first, { next: windowsAt(1) }));

      const second = aDeliveryRow({ id: { notification: aNotification().id, conversation } });
      const tag = desk.windowsTag;
      const claim = { next: windowsAt(2), ...(tag === undefined ? {} : { tag }) };
      expect(await ledger.claimDelivery(second, claim)).toBe('lost');
      expect(await ledger.findDelivery(second.id)).toBeUndefined();
      expect((await ledger.findDesk(conversation)).windows).toEqual(windowsAt(1));
    });

    it('loses the claim and leaves the windows when the row was written since', async () => {
      const row = aDeliveryRow();
      taken(await ledger.claimDelivery(row, { next: windowsAt(1) }));
      const { windowsTag } = await ledger.findDesk(row.id.conversation);
      if (windowsTag === undefined) return expect.fail('there are windows');
      expect(await ledger.claimDelivery(row, { next: windowsAt(2), tag: windowsTag })).toBe('lost');
      expect(await ledger.findDesk(row.id.conversation)).toMatchObject({ windows: windowsAt(1), windowsTag });
    });

    it('takes windows one after the other by the tag on the desk', async () => {
      const { conversation } = aDeliveryRow().id;
      for (const at of [1, 2, 3]) {
        const { windows, windowsTag } = await ledger.findDesk(conversation);
        const row = aDeliveryRow({ id: { notification: aNotification().id, conversation } });
        const next = afterSend(windows, at, false);
        taken(
          await ledger.claimDelivery(row, { next, ...(windowsTag === undefined ? {} : { tag: windowsTag }) }),
        );
      }
      expect((await ledger.findDesk(conversation)).windows.recent).toEqual([1, 2, 3]);
    });

    it('lists what is deferred in a conversation, until it has moved on', async () => {
      const { conversation } = aDeliveryRow().id;
      const idIn = (key: typeof conversation) => ({ notification: aNotification().id, conversation: key });
      const claimed = taken(await ledger.claimDelivery(aDeliveryRow({ id: idIn(conversation) })));
      const { leaseUntil: _over, ...rest } = claimed;
      const first = taken(
        await ledger.deferDelivery({ ...rest, version: 1, state: 'deferred', deferral: 'burst' }),
      );
      const fresh = { state: 'deferred', deferral: 'waiting', waitUntil: 7, dueAt: 5 } as const;
      const second = taken(await ledger.deferDelivery(aDeliveryRow({ id: idIn(conversation), ...fresh })));
      taken(await ledger.deferDelivery(aDeliveryRow({ id: idIn(aConversationKey()), ...fresh })));
      const deferred = await (await stores.inAnotherProcess()).ledger.deferredDeliveries(conversation);
      expect(deferred).toHaveLength(2);
      expect(deferred).toEqual(expect.arrayContaining([first, second]));

      taken(await ledger.claimDelivery({ ...second, state: 'claimed' }));
      expect(await ledger.deferredDeliveries(conversation)).toEqual([first]);
      expect(await ledger.deferredDeliveries(conversation)).toEqual([first]);
    });

    it('takes nothing else of a conversation for a deferred delivery, nor tidies it away', async () => {
      const { key: conversation, tenant } = aConversation();
      const notes = stores.records(noteLayout);
      await notes.put(aNote({ conversation, tenant }));
      await stores.subscriptions.subscribe({ conversation, tenant, topic: aTopic('builds'), since: 0 });
      taken(
        await ledger.claimDelivery(aDeliveryRow({ id: { notification: aNotification().id, conversation } })),
      );
      expect(await ledger.deferredDeliveries(conversation)).toEqual([]);
      expect(await notes.of(conversation)).toHaveLength(1);
      expect(await stores.subscriptions.subscriptionsOf(conversation)).toHaveLength(1);
    });

    it('lists one again that is deferred again', async () => {
      const row = taken(await ledger.deferDelivery(aDeliveryRow({ state: 'deferred' })));
      const claimed = taken(await ledger.claimDelivery({ ...row, state: 'claimed' }));
      expect(await ledger.deferredDeliveries(row.id.conversation)).toEqual([]);
      const again = taken(await ledger.deferDelivery({ ...claimed, state: 'deferred', version: 1 }));
      expect(await ledger.deferredDeliveries(row.id.conversation)).toEqual([again]);
    });

    it('loses a deferral of a row that was written since, and does not list it', async () => {
      const row = aDeliveryRow();
      taken(await ledger.claimDelivery(row));
      expect(await ledger.deferDelivery({ ...row, state: 'deferred' })).toBe('lost');
      expect(await ledger.deferredDeliveries(row.id.conversation)).toEqual([]);
    });

    it('joins deferred ones into a digest, all or none', async () => {
      const { conversation } = aDeliveryRow().id;
      const held = await Promise.all(
        Array.from({ length: 98 }, async () =>
          taken(
            await ledger.deferDelivery(
              aDeliveryRow({ id: { notification: aNotification().id, conversation }, state: 'deferred' }),
            ),
          ),
        ),
      );
      const digest = aDeliveryRow({
        id: { notification: aNotification().id, conversation },
        state: 'retrying',
      });
      const joining = held.map((row) => ({
        ...row,
        version: row.version + 1,
        state: 'joined' as const,
        digest: digest.id.notification,
      }));
      const [one, ...others] = held;
      if (one === undefined) return expect.fail('98 are held');
      const claimed = taken(await ledger.claimDelivery({ ...one, state: 'claimed' }));
      expect(await ledger.joinDigest(digest, joining)).toBe('lost');
      expect(await ledger.findDelivery(digest.id)).toBeUndefined();
      expect(await ledger.deferredDeliveries(conversation)).toHaveLength(97);

      const rest = joining.slice(1);
      expect(await ledger.joinDigest(digest, rest)).toBe('joined');
      expect(await ledger.findDelivery(digest.id)).toMatchObject({ state: 'retrying' });
      expect(await ledger.findDelivery(others[0]?.id ?? one.id)).toMatchObject({
        state: 'joined',
        version: 1,
        digest: digest.id.notification,
      });
      expect(await ledger.deferredDeliveries(conversation)).toEqual([]);
      expect(await ledger.joinDigest(digest, rest)).toBe('lost');
      expect(await ledger.findDelivery(one.id)).toEqual(claimed);
    });

    it('joins each into one of two digests that are formed at the same time', async () => {
      const { conversation } = aDeliveryRow().id;
      const defer = async () =>
        taken(
          await ledger.deferDelivery(
            aDeliveryRow({ id: { notification: aNotification().id, conversation }, state: 'deferred' }),
          ),
        );
      const held = [await defer(), await defer(), await defer()];
      const join = (members: readonly DeliveryRow[]) => {
        const digest = aDeliveryRow({ id: { notification: aNotification().id, conversation } });
        return ledger.joinDigest(
          digest,
          members.map((row) => ({ ...row, state: 'joined', digest: digest.id.notification })),
        );
      };
      const answers = await Promise.all([join(held), join(held.slice(1)), join(held.slice(0, 2))]);
      expect(answers.filter((answer) => answer === 'joined')).toHaveLength(1);
    });

    it('says which digest is the last one, and forms none that knows another', async () => {
      const { conversation } = aDeliveryRow().id;
      const member = async () =>
        taken(
          await ledger.deferDelivery(
            aDeliveryRow({ id: { notification: aNotification().id, conversation }, state: 'deferred' }),
          ),
        );
      const join = async (behind?: NotificationId, lastTag?: string) => {
        const id = { notification: aNotification().id, conversation };
        const digest = aDeliveryRow({ id, state: 'retrying', ...(behind === undefined ? {} : { behind }) });
        const held = { ...(await member()), state: 'joined' as const, digest: id.notification };
        return { id, joined: await ledger.joinDigest(digest, [held], lastTag) };
      };
      const last = async () => (await ledger.findDesk(conversation)).lastDigest;
      expect(await last()).toBeUndefined();
      const first = await join();
      expect(first.joined).toBe('joined');
      const known = await last();
      expect(known?.id).toBe(first.id.notification);
      expect((await join()).joined).toBe('lost');
      const second = await join(known?.id, known?.tag);
      expect(second.joined).toBe('joined');
      expect(await ledger.findDelivery(second.id)).toMatchObject({ behind: first.id.notification });
      expect((await last())?.id).toBe(second.id.notification);
      const late = await join(known?.id, known?.tag);
      expect(late.joined).toBe('lost');
      expect(await ledger.findDelivery(late.id)).toBeUndefined();
    });

    it('takes back one message that it counted for the burst guard', async () => {
      const row = aDeliveryRow();
      const next = windowsAt(10, 20, 20);
      taken(await ledger.claimDelivery(row, { next }));
      await ledger.uncountBurst(row.id.conversation, 20);
      const { windows } = await ledger.findDesk(row.id.conversation);
      expect(windows).toEqual({ ...next, bursts: [10, 20] });
      await ledger.uncountBurst(aConversationKey(), 20);
    });

    it('counts replies into the windows, beside those of a delivery', async () => {
      const { conversation } = aDeliveryRow().id;
      await ledger.countSends(conversation, 2, 10);
      const { windows, windowsTag } = await ledger.findDesk(conversation);
      expect(windows).toEqual({ recent: [10, 10], older: [], bursts: [] });
      await ledger.countSends(conversation, 1, 20);

      const row = aDeliveryRow({ id: { notification: aNotification().id, conversation } });
      const stale = { next: windowsAt(30), ...(windowsTag === undefined ? {} : { tag: windowsTag }) };
      expect(await ledger.claimDelivery(row, stale)).toBe('lost');
      expect((await ledger.findDesk(conversation)).windows.recent).toEqual([10, 10, 20]);
    });

    it('counts the replies of two processes at the same time', async () => {
      const { conversation } = aDeliveryRow().id;
      const other = (await stores.inAnotherProcess()).ledger;
      await Promise.all([
        ledger.countSends(conversation, 1, 10),
        other.countSends(conversation, 1, 10),
        ledger.countSends(conversation, 1, 10),
      ]);
      expect((await ledger.findDesk(conversation)).windows.recent).toEqual([10, 10, 10]);
    });

    it('changes a row only with the tag of the last write', async () => {
      const claimed = taken(await ledger.claimDelivery(aDeliveryRow()));
      const changed = taken(await ledger.changeDelivery({ ...claimed, version: 1, state: 'retrying' }));
      expect(await ledger.changeDelivery({ ...claimed, version: 1, state: 'deferred' })).toBe('lost');
      expect(await ledger.changeDelivery({ ...aDeliveryRow({ id: claimed.id }), version: 2 })).toBe('lost');
      expect(await ledger.findDelivery(claimed.id)).toEqual(changed);
      const again = taken(await ledger.claimDelivery({ ...changed, state: 'claimed' }));
      expect(again.etag).not.toBe(changed.etag);
    });

    it('loses a change of a row that is not there', async () => {
      const claimed = taken(await ledger.claimDelivery(aDeliveryRow()));
      const { id } = aDeliveryRow();
      expect(await ledger.changeDelivery({ ...claimed, id })).toBe('lost');
      expect(await ledger.findDelivery(id)).toBeUndefined();
    });
  });
}
