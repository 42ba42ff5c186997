import { afterAll, describe, expect, it } from 'vitest';
import { connectTables } from '../../../shared/adapters/table/connect.ts';
import { TableRecordStore } from '../../../shared/adapters/table/records/table-record-store.ts';
import { noTurns } from '../../../shared/domain/conversation/turn-state.ts';
import { formatDeliveryId } from '../../../shared/domain/delivery/delivery.ts';
import { uncreatedConversationKey } from '../../../shared/domain/ids.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { hookStore } from '../../../shared/kinds/hooks/hook.ts';
import { reminderStores } from '../../../shared/kinds/reminders/rows/reminder-stores.ts';
import { startAzurite } from '../../support/azurite.ts';
import {
  aConversation,
  aDeliveryRow,
  aNotification,
  aPerson,
  aReminder,
  aResult,
  aTopic,
  provenPerson,
} from '../../support/builders.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { aBroker, jsonOf } from './broker.ts';
import { notifier } from './command-line.ts';

/** Of its own: it lists all that there is. */
const own = await startAzurite();
afterAll(() => own.stop());
const azurite = own.connectionString;
const tables = ['--tables', azurite];
const now = Date.UTC(2026, 10, 23, 9);
const stores = await connectTables(
  { kind: 'connectionString', value: azurite },
  { clock: { now: () => now }, log: new RecordingLog(), requestsPerSecond: 50, tableNames },
);
const cli = (...argv: string[]) => notifier([...argv, ...tables], { now: () => now });

const broker = await aBroker();
/** As an app in Azure counts the channels. */
const env = { NOTIFIER_VOUCHED_CHANNELS: 'msteams' };
const erase = (...argv: string[]) =>
  notifier(['people', 'erase', ...argv, ...tables, '--connection', broker.connection], {
    now: () => now,
    env,
  });

/** Somebody who wrote on Teams. */
async function meet(name: string, fields: Parameters<typeof aConversation>[0] = {}) {
  const conversation = aConversation({
    user: { id: `29:${name.replaceAll(' ', '')}`, name },
    ...fields,
  });
  await stores.conversations.saveConversation(conversation);
  if (conversation.user !== undefined && conversation.channelId === 'msteams') {
    const person = aPerson({ user: conversation.user, personal: conversation.key });
    await stores.conversations.savePerson(...provenPerson(person));
  }
  return conversation;
}

function found(json: unknown): readonly { readonly key: string; readonly isVouched: boolean }[] {
  return (json as { readonly items: ReturnType<typeof found> }).items;
}

describe('people find', () => {
  it('finds by the beginning of any word of name and id, without case and accents', async () => {
    const zoe = await meet('Zoë Ångström-Łuka', {
      user: {
        id: '29:zoe',
        name: 'Zoë Ångström-Łuka',
        aadObjectId: '5B6F1A10-0000-4000-8000-000000000001',
      },
    });
    for (const text of ['zoe', 'ANG', 'luka', 'Ångström-Łu', 'zo luk', '29:zoe', '5b6f1a10-0000-4']) {
      const { status, json } = await cli('people', 'find', text, '--json');
      expect({ status, keys: found(json()).map(({ key }) => key) }, text).toEqual({
        status: 0,
        keys: [zoe.key],
      });
    }
    const { out } = await cli('people', 'find', 'oe');
    expect(out).toContain('Nobody is found.');
  });

  it('finds by a key and by a conversation id, which show and erase take as well', async () => {
    const ida = await meet('Ida Keys', { conversationId: 'a:1Ida/with#signs' });
    for (const text of [ida.key, 'a:1Ida/with#signs']) {
      const { json } = await cli('people', 'find', text, '--json');
      expect(found(json()).map(({ key }) => key)).toEqual([ida.key]);
      expect((await cli('people', 'show', text)).out).toMatch(new RegExp(`^key +${ida.key}$`, 'm'));
      expect((await erase(text, '--dry-run')).out).toContain(
        'Without --dry-run Ida Keys is forgotten on msteams',
      );
    }
    expect((await erase('ida', '--dry-run')).err).toContain('is no id of Ida Keys');
  });

  it('shows names beside keys, and who only says so as such', async () => {
    await meet('Quentin Real');
    const claimed = await meet('Quentin Real', { channelId: 'webchat' });
    const { out } = await notifier(['people', 'find', 'quentin', ...tables], {
      now: () => now,
      env: { NOTIFIER_VOUCHED_CHANNELS: 'msteams' },
    });
    expect(out).toMatch(/^Quentin Real {2,}\S{43} {2}msteams/m);
    expect(out).toContain(`says to be Quentin Real  ${claimed.key}  webchat`);
    const listed = await notifier(['conversations', 'list', ...tables], {
      env: { NOTIFIER_VOUCHED_CHANNELS: 'msteams' },
    });
    expect(listed.out).toContain('says to be Quentin Real');
  });

  it('finds one person once, in whichever conversations they wrote, where they can be written to', async () => {
    const user = { id: '29:many', name: 'Marguerite Many' };
    const first = await meet('Marguerite Many', { user });
    await stores.conversations.suppressConversation(first.key, 'gone');
    const second = await meet('Marguerite Many', { user });
    const { json } = await cli('people', 'find', 'marguerite', '--json');
    expect(found(json()).map(({ key }) => key)).toEqual([second.key]);
  });

  it('finds members of groups, and by what they are called now', async () => {
    const member = aPerson({ user: { id: '29:groupie', name: 'Gundula Gruppe' } });
    await stores.conversations.savePerson(...provenPerson(member));
    const stand = uncreatedConversationKey('msteams', '29:groupie');
    const keys = async (text: string) =>
      found((await cli('people', 'find', text, '--json')).json()).map(({ key }) => key);
    expect(await keys('gundula')).toEqual([stand]);
    const renamed = { ...member, user: { ...member.user, name: 'Gunda Gruppe' } };
    await stores.conversations.savePerson(...provenPerson(renamed));
    expect(await keys('gundula')).toEqual([]);
    expect(await keys('gunda')).toEqual([stand]);
  });

  it('finds who was stored before there was an index after --reindex, without touching anybody else', async () => {
    const old = await meet('Ottokar Alt');
    const member = aPerson({ user: { id: '29:oldmember', name: 'Ottilie Alt' } });
    await stores.conversations.savePerson(...provenPerson(member));
    const stand = uncreatedConversationKey('msteams', '29:oldmember');
    for (const key of [old.key, stand]) await stores.peopleIndex.forgetPerson(key);
    expect((await cli('people', 'find', 'alt')).out).toContain('people find --reindex');
    const { out, status } = await cli('people', 'find', '--reindex');
    expect(status).toBe(0);
    expect(out).toMatch(/^Looked at \d+ people; removed 0 entries that led to nobody\.$/m);
    const { json } = await cli('people', 'find', 'alt', '--json');
    expect(
      found(json())
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual([old.key, stand].toSorted());
  });

  it('asks for a word, and for two letters of it', async () => {
    expect(await cli('people', 'find')).toMatchObject({ status: 2 });
    const { status, err } = await cli('people', 'find', 'z');
    expect({ status, err }).toMatchObject({ status: 2 });
    expect(err).toContain('"z" is too short');
  });
});

describe('people show', () => {
  it('says where somebody is reached, what they wish, what is held back, and what was told', async () => {
    const { reminders, reminderIndex: _index } = reminderStores(stores.tables);
    const hers = await meet('Frieda Frost', { timeZone: 'Europe/Berlin' });
    const { key, tenant } = hers;
    const group = aConversation({
      conversationType: 'groupChat',
      conversationName: 'Launch',
      user: hers.user ?? { id: 'nobody' },
    });
    await stores.conversations.saveConversation(group);
    await stores.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic('builds'), since: now });
    await stores.preferences.savePreferences(key, {
      mutes: [{ topic: aTopic('builds/web'), until: now + hours(1) }, { until: now - 1 }],
      quietHours: { from: 22 * 60, to: 7 * 60 + 30 },
      timeZone: 'Asia/Tokyo',
    });
    await reminders.create(aReminder({ conversation: key, text: 'water the plants' }));
    await stores.turns.saveTurns(
      { conversation: key },
      {
        ...noTurns,
        spokeAt: now - minutes(1),
        dialog: {
          name: 'book travel',
          title: 'travel booking',
          version: 1,
          state: {},
          prompt: { text: '?' },
        },
      },
    );
    const [told, old, held] = [aNotification(), aNotification(), aNotification()];
    for (const each of [told, old, held]) await stores.notifications.acceptNotification(each);
    const rowOf = (notification: typeof told, at: number) =>
      aDeliveryRow({ id: { notification: notification.id, conversation: key }, firstClaimedAt: at });
    await stores.ledger.claimDelivery(rowOf(told, now - days(2)));
    await stores.ledger.recordOutcome(
      { notification: told.id, conversation: key },
      aResult({ outcome: 'suppressed', reason: 'muted', at: now - days(2) }),
    );
    await stores.ledger.claimDelivery(rowOf(old, now - days(31)));
    await stores.ledger.deferDelivery({
      ...rowOf(held, now),
      state: 'deferred',
      deferral: 'quiet-hours',
      dueAt: now + hours(2),
    });

    const { json } = await cli('people', 'show', key, '--json');
    expect(json()).toMatchObject({
      key,
      isVouched: true,
      zone: { zone: 'Asia/Tokyo', from: 'person' },
      conversations: [
        { key, conversationType: 'personal', isTold: true },
        { key: group.key, name: 'Launch', isTold: false },
      ],
      subscriptions: [{ topic: 'builds' }],
      mutes: [{ topic: 'builds/web', until: '2026-11-23T10:00:00.000Z' }],
      quietHours: [{ from: '22:00', to: '07:30' }],
      heldBack: [{ notification: held.id, reason: 'quiet-hours', until: '2026-11-23T11:00:00.000Z' }],
      dialogs: [{ name: 'book travel', title: 'travel booking' }],
      ofKinds: [{ reminders: [{ number: 1, text: 'water the plants' }] }],
      notifications: [
        { notification: held.id, outcome: 'deferred', reason: 'quiet-hours' },
        { notification: told.id, outcome: 'suppressed', reason: 'muted' },
      ],
    });
    const { out } = await cli('people', 'show', 'frieda');
    expect(out).toMatch(/^name {2,}Frieda Frost$/m);
    expect(out).toContain('Asia/Tokyo (said by the person)');
    expect(out).toContain('water the plants');
    expect(out).not.toContain(old.id);
  });

  it('shows what kinds keep in words: times as other times, and rules without braces', async () => {
    const hers = await meet('Hanna Haken');
    const hooks = hookStore({ records: (layout) => new TableRecordStore(stores.tables, layout) });
    const kept = { key: 'h'.repeat(16), conversation: hers.key, tenant: hers.tenant };
    const rules = { key: 'job.name', secret: 'of a sender', mentions: true };
    await hooks.put({
      ...kept,
      value: { name: 'grafana', createdAt: now - days(1), lastAt: now - hours(1), rules },
    });
    const { out } = await cli('people', 'show', hers.key);
    const [, row = ''] = /^Hooks\n.*\n(.*)$/m.exec(out) ?? [];
    expect(row).toContain('2026-11-22T09:00:00.000Z');
    expect(row).toContain('2026-11-23T08:00:00.000Z');
    expect(row).toContain('key: job.name, mentions: yes, is signed: yes');
    expect(out).not.toMatch(/\b1\d{12}\b|[{}[\]]/);
    const { json } = await cli('people', 'show', hers.key, '--json');
    expect(json()).toMatchObject({
      ofKinds: [{ hooks: [{ createdAt: '2026-11-22T09:00:00.000Z', lastAt: '2026-11-23T08:00:00.000Z' }] }],
    });
  });

  it('gives the zone that applies, and where it comes from, as conversations show does', async () => {
    const told = await meet('Karl Kanal', { timeZone: 'Europe/Paris' });
    const untold = await meet('Udo Unbekannt');
    expect((await cli('people', 'show', told.key)).out).toContain('Europe/Paris (told by the channel)');
    expect((await cli('conversations', 'show', told.key)).out).toContain(
      'Europe/Paris (told by the channel)',
    );
    await stores.preferences.savePreferences(told.key, { mutes: [], timeZone: 'Asia/Tokyo' });
    const shown = await cli('conversations', 'show', told.key);
    expect(shown.out).toMatch(/^zone {2,}Asia\/Tokyo \(said by the person\)$/m);
    expect(shown.out).toMatch(/^zone told by the channel +Europe\/Paris$/m);
    const env = { NOTIFIER_DEFAULT_TIME_ZONE: 'Europe/Rome' };
    const byDefault = await notifier(['conversations', 'show', untold.key, '--json', ...tables], { env });
    expect(byDefault.json()).toMatchObject({ zone: { zone: 'Europe/Rome', from: 'setting' } });
    const wrong = await notifier(['people', 'show', untold.key, ...tables], {
      env: { NOTIFIER_DEFAULT_TIME_ZONE: 'Mars' },
    });
    expect(wrong).toMatchObject({ status: 2 });
  });

  it('follows the key of a conversation that turned out to be somebody’s, as conversations show does', async () => {
    const merged = await meet('Mara Meier');
    const mara = await meet('Mara Meier', { user: { id: '29:mara', name: 'Mara Meier' } });
    await stores.addressees.leadToAddressee(merged.key, mara.key);
    await stores.addressees.removeAddressee(merged);
    expect((await cli('people', 'show', merged.key, '--json')).json()).toMatchObject({ key: mara.key });
    const shown = await cli('conversations', 'show', merged.key);
    expect(shown.out).toContain(`${mara.key}, shown here`);
    const json = await cli('conversations', 'show', merged.key, '--json');
    expect(json.json()).toMatchObject({ key: mara.key, ledFrom: merged.key });
    expect((await cli('conversations', 'show', mara.key)).out).not.toContain('shown here');
  });

  it('has the name of such a key, and of a place, beside its hooks, its parked items and in reports', async () => {
    const merged = await meet('Ines Iltis');
    const ines = await meet('Ines Iltis', { user: { id: '29:ines', name: 'Ines Iltis' } });
    await stores.addressees.leadToAddressee(merged.key, ines.key);
    await stores.addressees.removeAddressee(merged);
    const place = await meet('', { conversationType: 'groupChat', conversationName: 'Night shift' });
    const hooks = hookStore({ records: (layout) => new TableRecordStore(stores.tables, layout) });
    const value = { name: 'grafana', createdAt: now, rules: {} };
    await hooks.put({ key: 'm'.repeat(16), conversation: merged.key, tenant: merged.tenant, value });
    await hooks.put({ key: 'p'.repeat(16), conversation: place.key, tenant: place.tenant, value });
    const listed = await cli('hooks', 'list');
    expect(listed.out).toMatch(new RegExp(`${merged.key} +Ines Iltis`));
    expect(listed.out).toMatch(new RegExp(`${place.key} +Night shift`));
    expect((await cli('hooks', 'list', '--json')).json()).toContainEqual(
      expect.objectContaining({ conversation: place.key, who: 'Night shift' }),
    );
    const told = aNotification({ acceptedAt: now - minutes(1), to: [{ conversation: merged.key }] });
    const id = { notification: told.id, conversation: merged.key };
    await stores.notifications.acceptNotification(told);
    await stores.ledger.addressRecipients(told.id, [merged.key]);
    await stores.ledger.recordOutcome(id, aResult());
    await stores.parking.parkItem({
      id: 'i'.repeat(43),
      kind: 'delivery',
      original: formatDeliveryId(id),
      reason: 'exhausted',
      faults: [],
      parkedAt: now,
    });
    expect((await cli('parked', 'list')).out).toContain('Ines Iltis');
    expect((await cli('status', told.id, '--recipients')).out).toContain(`${merged.key}  Ines Iltis`);
    expect((await cli('notifications', 'list')).out).toContain('Ines Iltis');
  });

  it('says by which names somebody goes, and finds them by these', async () => {
    const nina = await meet('Nina Neu', { user: { id: '29:nina', name: 'Nina Neu' } });
    const [, proofs] = provenPerson(aPerson({ user: { id: '29:nina' }, personal: nina.key }));
    const names = { mail: 'n.neu@contoso.com', userPrincipalName: 'nina@contoso.com', toldAt: now };
    for (const { person } of proofs) await stores.names.tellNames(person, names);
    await stores.peopleIndex.noteTold(nina.key, ['nneucontosocom', 'contoso']);
    const out = (await cli('people', 'show', 'n.neu@contoso.com')).out;
    expect(out).toMatch(/^mail {2,}n\.neu@contoso\.com$/m);
    expect(out).toMatch(/^user principal name {2,}nina@contoso\.com$/m);
  });

  it('knows people by any of their ids, and asks which one where several are meant', async () => {
    await meet('Dora Doppelt', { user: { id: '29:dora1', name: 'Dora Doppelt' } });
    const other = await meet('Dora Doppelt', {
      user: { id: '29:dora2', name: 'Dora Doppelt', aadObjectId: 'AAAAAAAA-0000-4000-8000-000000000001' },
    });
    const byId = await cli('people', 'show', 'aaaaaaaa-0000-4000-8000-000000000001', '--json');
    expect(byId.json()).toMatchObject({ key: other.key });
    expect((await cli('people', 'show', '29:dora2', '--json')).json()).toMatchObject({ key: other.key });
    const both = await cli('people', 'show', 'dora');
    expect(both.status).toBe(1);
    expect(both.err).toContain(`  ${other.key}  msteams  Dora Doppelt`);
    expect(await cli('people', 'show', 'xanadu')).toMatchObject({ status: 1 });
    // By an id also who was stored before there was an index.
    await stores.peopleIndex.forgetPerson(other.key);
    expect((await cli('people', 'show', '29:dora2', '--json')).json()).toMatchObject({ key: other.key });
  });
});

describe('people erase', () => {
  it('says what would go with --dry-run, and does nothing', async () => {
    const hers = await meet('Elsa Eins', { user: { id: '29:elsa1', name: 'Elsa Eins' } });
    await stores.subscriptions.subscribe({
      conversation: hers.key,
      tenant: hers.tenant,
      topic: aTopic('builds'),
      since: now,
    });
    const { out, status } = await erase(hers.key, '--dry-run');
    expect(status).toBe(0);
    expect(out).toContain(`${hers.key}  personal  everything: 1 subscription, 0 notifications`);
    expect(out).toContain('Nothing was done. Without --dry-run Elsa Eins is forgotten on msteams.');
    expect(await stores.conversations.findConversation(hers.key)).toEqual(hers);
    expect(await broker.takeAll('jobs')).toEqual([]);
  });

  it('does what forget me does: nothing is sent any more, and a job for each conversation removes what is there', async () => {
    const user = { id: '29:elsa2', name: 'Elsa Zwei' };
    const [one, two] = [await meet('Elsa Zwei', { user }), await meet('Elsa Zwei', { user })];
    const other = await meet('Elsa Drei');
    const { out, status } = await erase('29:elsa2', '--json');
    expect({ status, ...(JSON.parse(out) as object) }).toMatchObject({ status: 0, dryRun: false, user });
    for (const { key } of [one, two]) {
      expect(await stores.conversations.findConversation(key)).toMatchObject({ suppressed: 'forgotten' });
      expect(await stores.tombstones.findTombstone(key)).toMatchObject({ at: now });
    }
    expect(await stores.conversations.findConversation(other.key)).toEqual(other);
    const jobs = (await broker.takeAll('jobs')).map((message) => jsonOf(message));
    expect(jobs).toEqual(
      expect.arrayContaining(
        [one, two].map(({ key }) =>
          expect.objectContaining({
            job: expect.objectContaining({ request: expect.objectContaining({ conversation: key }) }),
          }),
        ),
      ),
    );
    expect((await cli('people', 'find', 'elsa zwei')).out).toContain('Nobody is found.');
  });

  it('erases one conversation alone where nobody vouches for who they are', async () => {
    const user = { id: 'chosen', name: 'Elsa Web' };
    const [one, two] = [
      await meet('Elsa Web', { user, channelId: 'webchat' }),
      await meet('Elsa Web', { user, channelId: 'webchat' }),
    ];
    const { status, out } = await erase(one.key);
    expect({ status, out: out.includes('says to be Elsa Web') }).toEqual({ status: 0, out: true });
    expect(await stores.conversations.findConversation(one.key)).toMatchObject({ suppressed: 'forgotten' });
    expect(await stores.conversations.findConversation(two.key)).toEqual(two);
  });

  it('takes ids, and no names', async () => {
    const hers = await meet('Elsa Vier');
    const { status, err } = await erase('elsa vier');
    expect(status).toBe(1);
    expect(err).toContain(`name them by the key ${hers.key}`);
    expect(await stores.conversations.findConversation(hers.key)).toEqual(hers);
  });
});
