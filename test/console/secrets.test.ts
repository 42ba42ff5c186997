import { expect, it } from 'vitest';
import { TableRecordStore } from '../../shared/adapters/table/records/table-record-store.ts';
import { shownHooks } from '../../shared/compose-console.ts';
import type { HookShown } from '../../shared/console/read/overview.ts';
import { hookStore } from '../../shared/kinds/hooks/hook.ts';
import { aConversation } from '../support/builders.ts';
import { aConsole } from '../support/console.ts';
import { freshTables } from '../support/tables.ts';
import { aWorld } from '../support/world.ts';

it('of web hooks nothing is shown that opens one, signs for one, or came by one; by id, behind any of them', async () => {
  const tables = await freshTables();
  const store = hookStore({ records: (layout) => new TableRecordStore(tables, layout) });
  const { key: conversation, tenant } = aConversation();
  for (const id of ['a', 'b', 'c']) {
    await store.put({
      conversation,
      tenant,
      key: id.repeat(16),
      value: {
        name: `ci ${id}`,
        hash: `hash-geheim-${id}`,
        former: { hash: 'former-geheim', until: 9 },
        topic: 'alerts/ci',
        createdAt: 7,
        shownTo: conversation,
        rules: { secret: 'signing-geheim' },
        lastAt: 8,
        last: { thing: { event: 'event-geheim', body: 'body-geheim', at: 8 } },
      },
    });
  }
  const hooks: HookShown[] = [];
  for await (const hook of shownHooks(tables)) hooks.push(hook);
  const { get } = aConsole({ world: aWorld(), hooks });
  const answer = await get('/hooks');
  expect(answer.json).toMatchObject({
    items: [{ id: 'a'.repeat(16), name: 'ci a', topic: 'alerts/ci' }, {}, {}],
  });
  expect(answer.text).not.toContain('geheim');
  const behind: string[] = [];
  for await (const { id } of shownHooks(tables, 'a'.repeat(16))) behind.push(id);
  expect(behind).toEqual(['b', 'c'].map((id) => id.repeat(16)));
});
