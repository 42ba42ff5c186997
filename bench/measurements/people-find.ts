import { operationsOf } from '../../dev/tables/counts.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { toConversationRow } from '../../shared/adapters/table/people/conversation-row.ts';
import { leadRow, wordsRow } from '../../shared/adapters/table/people/table-people-index.ts';
import type { Row } from '../../shared/adapters/table/row/row.ts';
import type { Conversation } from '../../shared/domain/conversation/conversation.ts';
import { defined } from '../../shared/domain/defined.ts';
import { wordsOf } from '../../shared/domain/identity/name-words.ts';
import { vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import { conversationKey, tenantKey } from '../../shared/domain/ids.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import { findPerson } from '../../shared/use-cases/conversation/find-person.ts';
import { findPeople } from '../../shared/use-cases/people/find-people.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { median } from '../figures/median.ts';
import type { Measurement } from '../measurement.ts';
import { storesAt } from '../parts/stores.ts';
import { startTables } from '../table-service/part.ts';

const AT_ONCE = 16;
const TOGETHER = 100;
const SEARCHES = 20;
const LIMIT = 20;
/** As many as the console lists at once. */
const PAGE = 50;

export const peopleFind: Measurement = {
  name: 'people-find',
  about:
    'finding people among very many: table operations and time, by a rare name, a common one and its last page, two words',
  async run({ quick, signal, onProgress }) {
    const sizes = quick ? [1000, 10_000] : [1000, 100_000];
    const figures: Figure[] = [];
    let least: readonly Found[] = [];
    for (const people of sizes) {
      signal.throwIfAborted();
      const found = await findAmong(people);
      if (least.length === 0) least = found;
      found.forEach((one, index) => {
        figures.push(...figuresOf(people, one, least[index] ?? one));
      });
      onProgress(`found among ${people}`);
    }
    return figures;
  },
};

interface Found {
  readonly what: string;
  readonly operations: number;
  readonly milliseconds: number;
}

function figuresOf(people: number, found: Found, least: Found): readonly Figure[] {
  const name = `people-find.${people}-people.${found.what}`;
  const floorIs = 'the same among 1,000';
  return [
    figure(`${name}.table-operations`, 'a search', {
      value: found.operations,
      floor: least.operations,
      floorIs,
    }),
    figure(`${name}.time`, 'ms', { value: found.milliseconds, floor: least.milliseconds, floorIs }),
  ];
}

/** The product's own search over its own rows, against tables in a process of their own. */
async function findAmong(count: number): Promise<readonly Found[]> {
  const tables = await startTables();
  try {
    const stores = await storesAt(tables.connectionString, 50);
    await fill(stores.tables, count);
    const deps = { ...stores, vouching: vouchesForAll, clock: systemClock };
    const find = findPeople({ ...deps, findPerson: findPerson(deps) });
    const search = async (what: string, text: string, expected: number): Promise<Found> => {
      const times: number[] = [];
      await tables.resetCounts();
      for (let run = 0; run < SEARCHES; run += 1) {
        const startedAt = performance.now();
        const found = await find(text, { limit: LIMIT });
        times.push(performance.now() - startedAt);
        if (found === 'too-short' || found.people.length !== expected) {
          throw new Error(`"${text}" finds ${JSON.stringify(found).slice(0, 200)}`);
        }
      }
      const operations = operationsOf(await tables.counts()) / SEARCHES;
      return { what, operations, milliseconds: median(times) };
    };
    /** The last page that is full, behind all before it. */
    const lastPage = async (): Promise<Found> => {
      let found: Found = { what: 'common-name-last-page', operations: 0, milliseconds: 0 };
      for (let after: string | undefined, isLast = false; !isLast; ) {
        await tables.resetCounts();
        const startedAt = performance.now();
        const page = await find('anna', { limit: PAGE, ...defined({ after }) });
        if (page === 'too-short') throw new Error('"anna" is long enough');
        const operations = operationsOf(await tables.counts());
        if (page.people.length === PAGE)
          found = { ...found, operations, milliseconds: performance.now() - startedAt };
        after = page.after;
        isLast = after === undefined;
      }
      return found;
    };
    return [
      await search('rare-name', 'familyname77x', 1),
      await search('common-name', 'anna', LIMIT),
      await search('two-words', 'ann familyname77x', 1),
      await lastPage(),
    ];
  } finally {
    await tables.stop();
  }
}

/** One in ten is called Anna; everybody has a family name of their own. */
function aRecord(index: number): Conversation {
  const address = { channelId: 'msteams', tenantId: 'contoso' };
  const id = `29:${index.toString(36).padStart(6, '0')}`;
  const first = ['Anna', 'Bo', 'Cem', 'Dora', 'Emil', 'Femke', 'Gül', 'Hana', 'Ivo', 'Jo'][index % 10];
  return {
    ...address,
    key: conversationKey('msteams', `a:${index}`),
    tenant: tenantKey(address),
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    conversationId: `a:${index}`,
    conversationType: 'personal',
    bot: { id: '28:bot' },
    user: { id, name: `${index === 77 ? 'Anna' : first} Familyname${index}x` },
    capturedAt: 0,
    changedAt: 0,
  };
}

async function fill(tables: Awaited<ReturnType<typeof storesAt>>['tables'], count: number): Promise<void> {
  const conversations = tables.table('conversations');
  const directory = tables.table('directory');
  const leads = new Map<string, Row[]>();
  const records = Array.from({ length: count }, (_, index) => aRecord(index));
  await inParallel(records, AT_ONCE, async (record) => {
    const words = record.user === undefined ? [] : wordsOf(record.user);
    for (const word of words) {
      const row = leadRow(word, record.key, words);
      const others = leads.get(row.partitionKey);
      if (others === undefined) leads.set(row.partitionKey, [row]);
      else others.push(row);
    }
    await conversations.transact([
      { kind: 'put', row: toConversationRow(record) },
      { kind: 'put', row: { ...wordsRow(record.key), words: words.join(' ') } },
    ]);
  });
  const blocks = [...leads.values()].flatMap((rows) =>
    Array.from({ length: Math.ceil(rows.length / TOGETHER) }, (_, block) =>
      rows.slice(block * TOGETHER, (block + 1) * TOGETHER),
    ),
  );
  await inParallel(blocks, AT_ONCE, (rows) => directory.transact(rows.map((row) => ({ kind: 'put', row }))));
}
