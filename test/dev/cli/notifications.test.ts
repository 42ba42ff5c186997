import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTables } from '../../../shared/adapters/table/connect.ts';
import { defaultDelivery } from '../../../shared/domain/event/notification.ts';
import { hours, minutes } from '../../../shared/domain/time.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { startAzurite } from '../../support/azurite.ts';
import { aConversation, aNotification, aResult } from '../../support/builders.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { notifier } from './command-line.ts';

/** Of its own: it lists all that there is. */
const own = await startAzurite();
afterAll(() => own.stop());
const azurite = own.connectionString;
const now = Date.UTC(2026, 10, 23, 9);
const stores = await connectTables(
  { kind: 'connectionString', value: azurite },
  { clock: { now: () => now }, log: new RecordingLog(), requestsPerSecond: 50, tableNames },
);
const list = (...argv: string[]) =>
  notifier(['notifications', 'list', ...argv, '--tables', azurite], { now: () => now });
const idsOf = (json: unknown) =>
  (json as { readonly items: readonly { readonly id: string }[] }).items.map(({ id }) => id);

describe('notifications list', () => {
  const ada = aConversation({ user: { id: '29:ada', name: 'Ada Lovelace' } });
  const bob = aConversation({ user: { id: '29:bob', name: 'Bob' } });
  const both = aNotification({ acceptedAt: now - minutes(1), source: 'urn:both' });
  const one = aNotification({ acceptedAt: now - minutes(2), source: 'urn:one' });
  const old = aNotification({ acceptedAt: now - hours(2), source: 'urn:old' });

  beforeAll(async () => {
    await stores.conversations.saveConversation(ada);
    await stores.conversations.saveConversation(bob);
    for (const each of [old, one, both]) await stores.notifications.acceptNotification(each);
    await stores.ledger.addressRecipients(both.id, [ada.key, bob.key]);
    await stores.ledger.recordOutcome({ notification: both.id, conversation: ada.key }, aResult());
    await stores.ledger.addressRecipients(one.id, [ada.key]);
    const rejected = aResult({ outcome: 'rejected', reason: 'too-large' });
    await stores.ledger.recordOutcome({ notification: one.id, conversation: ada.key }, rejected);
  });

  it('shows the latest first, what became of each, and the name of an only recipient', async () => {
    const { out, status } = await list();
    expect(status).toBe(0);
    const lines = out.split('\n');
    expect(lines[1]).toMatch(
      /^2026-11-23T08:59:00\.000Z {2}\S{43} .*2 recipients +delivered 1, queued 1 +urn:both$/,
    );
    expect(lines[2]).toMatch(/Ada Lovelace +rejected 1 +urn:one$/);
    expect(out).not.toContain('urn:old');
  });

  it('goes further back, and keeps to one outcome, where it is asked to', async () => {
    expect(idsOf((await list('--since', '3h', '--json')).json())).toEqual([both.id, one.id, old.id]);
    expect(idsOf((await list('--outcome', 'rejected', '--json')).json())).toEqual([one.id]);
    expect((await list('--outcome', 'expired')).out).toBe('Nothing ended as expired in this time.\n');
  });

  it('lists what is for a time to come, however long ago it was accepted, and not what was cancelled', async () => {
    expect((await list('--scheduled')).out).toBe('Nothing is for a time to come.\n');
    const at = Date.UTC(2026, 10, 23, 9, 0, 1);
    const aScheduled = (days: number, delivery: object) =>
      aNotification({
        acceptedAt: now - hours(24 * days),
        source: `urn:${days}`,
        delivery: { ...defaultDelivery, ...delivery },
      });
    const instant = aScheduled(300, { at });
    const local = aScheduled(2, { at: { local: '2026-11-23T09:00:00' } });
    const over = aScheduled(3, { at: now });
    const gone = aScheduled(4, { at });
    for (const each of [instant, local, over, gone]) await stores.notifications.acceptNotification(each);
    await stores.notifications.cancelNotification(gone.id, now);
    const { out } = await list('--scheduled');
    const lines = out.split('\n').map((line) => line.trim());
    expect(lines[0]).toMatch(/^FOR {2}/);
    expect(lines[1]).toMatch(/^2026-11-23T09:00:00 by each clock .*urn:2$/);
    expect(lines[2]).toMatch(/^2026-11-23T09:00:01\.000Z .*urn:300$/);
    expect(lines).toHaveLength(4);
    const first = (await list('--scheduled', '--limit', '1', '--json')).json();
    expect(first).toMatchObject({ items: [{ id: local.id, at: { local: '2026-11-23T09:00:00' } }] });
    const { after } = first as { readonly after: string };
    const second = (await list('--scheduled', '--after', after, '--json')).json();
    expect(second).toMatchObject({ items: [{ id: instant.id, at: '2026-11-23T09:00:01.000Z' }] });
    expect(idsOf((await list('--scheduled', '--since', '2d', '--json')).json())).toEqual([local.id]);
    expect((await list('--scheduled', '--limit', '1')).out).toContain(
      `notifications list --scheduled --after ${after}`,
    );
  });

  it('ends a page, and goes on behind it', async () => {
    const first = await list('--limit', '1', '--json');
    const { after } = first.json() as { readonly after: string };
    expect(idsOf(first.json())).toEqual([both.id]);
    const second = await list('--limit', '1', '--after', after, '--json');
    expect(idsOf(second.json())).toEqual([one.id]);
    expect(second.json()).not.toHaveProperty('after');
  });

  it('names what is wrong with its flags', async () => {
    for (const argv of [
      ['--since', 'soon'],
      ['--since', '0h'],
      ['--outcome', 'deliverd'],
      ['--after', 'x'],
    ]) {
      const { status, err } = await list(...argv);
      expect({ status, err: err.includes(argv[0] ?? '') }, argv.join(' ')).toEqual({ status: 2, err: true });
    }
  });

  it('has names beside keys in the recipients of a report', async () => {
    const { out } = await notifier(['status', both.id, '--recipients', '--tables', azurite]);
    expect(out).toContain(`${ada.key}  Ada Lovelace  delivered`);
  });
});
