import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { readTables } from '../../dev/recorded/tables.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { seconds } from '../../shared/domain/time.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { tableStores } from '../contract/stores.ts';
import { aNotification, anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { azuriteConnection, freshTables } from '../support/tables.ts';
import { aWorld } from '../support/world.ts';
import { newReaders } from './new-readers.ts';
import { readersOf, sourceOf } from './readers.ts';

it('every kind of row of persons, names, digests and lists has one reader, which reads it', async () => {
  const prefix = `t${randomBytes(6).toString('hex')}`;
  const service = await freshTables({ tablePrefix: prefix });
  const world = aWorld({ stores: (clock) => tableStores(service, clock) });
  const stores = tableStores(service, world.clock);
  const chat = aChat({ world: { ...world, ...stores } as typeof world });
  const at = (id: string) => ({
    conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
    from: { id: '29:ana', name: 'Ana Sousa', aadObjectId: '5b6f1a10-0000-4000-8000-00000000000a' },
  });
  await chat.says('', { ...at('a:1'), type: 'installationUpdate', action: 'add' });
  await chat.says('', { ...at('a:2'), type: 'installationUpdate', action: 'add' });
  await chat.says('book travel', at('a:2'));
  await stores.addressees.keepEarlierKey(
    conversationKey('msteams', 'a:1'),
    conversationKey('msteams', 'a:3'),
  );
  world.rosters.has({ id: '29:ana', mail: 'ana@contoso.com', userPrincipalName: 'a.sousa@contoso.com' });
  expect(await world.askRosters()).toBe(1);
  await world.publish(anEvent({ data: { to: { user: 'ana@contoso.com' }, text: 'hello' } }));
  for (const text of ['one', 'two'])
    await world.publish(anEvent({ data: { to: { user: 'ana@contoso.com' }, text } }));
  await world.run(world.clock.now() + seconds(1));
  await chat.says('cancel', at('a:2'));
  await world.run(world.clock.now() + seconds(1));
  await stores.notifications.noteRequest(aNotification().id, { digest: 'digest', source: 'console/ada' });
  await stores.progress.saveProgress('some-work', 'half way');

  const rows = await readTables({ connectionString: await azuriteConnection(), prefix }, tableNames);
  const fresh = rows.filter((row) => readersOf(row).length === 0);
  const source = await sourceOf(stores, world.clock.now());
  const unread = [];
  const seen = new Set();
  for (const row of fresh) {
    const known = newReaders.filter((one) => one.table === row.table && one.keys.test(row.keys.join('\n')));
    for (const one of known) seen.add(one);
    const isRead = known.length === 1 && (await known[0]?.read(row, source)) === true;
    if (!isRead) unread.push({ keys: row.keys, readers: known.length });
  }
  expect(unread).toEqual([]);
  expect(newReaders.filter((one) => !seen.has(one)).map(({ keys }) => keys.source)).toEqual([]);
});
