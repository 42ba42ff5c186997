import { z } from 'zod';
import type { Conversation } from '../../../domain/conversation/conversation.ts';
import { areFoundBy, wordsOf } from '../../../domain/identity/name-words.ts';
import { type ConversationKey, isConversationKey, uncreatedConversationKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Page, Person } from '../../../ports/conversation/conversation-store.ts';
import type { GroupMember, Lead, PeopleIndex } from '../../../ports/conversation/people-index.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys } from '../row/row.ts';
import { checkedLimit, startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { PERSON_ROW } from './directory-keys.ts';
import { fromPersonRow } from './person-row.ts';

const AT_ONCE = 16;
const PAGE = 1000;
/** So many characters of a word name its partition. */
const PARTITION_LENGTH = 2;
const ALL_WORDS = { firstPartition: 'w:', lastPartition: 'w;' };
const ALL_PEOPLE = { firstPartition: 'u:', lastPartition: 'u;' };

const rowSchema = z.object({
  words: z.string().transform((text) => text.split(' ').filter((word) => word !== '')),
});

const ownSchema = rowSchema.extend({
  /** Those that were told of the person, beside their own. */
  told: rowSchema.shape.words.optional(),
  /** The words' rows are being written. */
  pending: z.literal(true).optional(),
  channelId: z.string().optional(),
  id: z.string().optional(),
});

/**
 * Rows `w:<beginning>` / `<word>:<conversation>` of table `directory`, one a word, each with all of the person's words; and
 * row `n` in the conversation's own partition, by which they are removed when the person is called otherwise, or forgotten.
 *
 * Order of writes: row `n` with old and new words, as pending -> the rows of words that are new -> those of words that stay ->
 * the old words' rows go -> row `n` with the new words. A crash in between leaves `n` pending, so that whoever notes the person next writes all of it again,
 * and no word's row that `n` does not name.
 */
export class TablePeopleIndex implements PeopleIndex {
  readonly #service: TableService;
  readonly #conversations: Table;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#conversations = service.table('conversations');
    this.#directory = service.table('directory');
  }

  /** Of a group nobody is found by its record: its members are people of their own. */
  async noteRecord({ key, conversationType, user }: Conversation): Promise<void> {
    if (conversationType === 'personal' && user !== undefined) await this.notePerson(key, wordsOf(user));
  }

  /** Who has a personal conversation is found by its record. */
  async noteMember({ personal, channelId, user }: Person): Promise<void> {
    if (personal !== undefined) return;
    const key = uncreatedConversationKey(channelId, user.id);
    await this.notePerson(key, wordsOf(user), { channelId, id: user.id });
  }

  notePerson(key: ConversationKey, words: readonly string[], member?: GroupMember): Promise<void> {
    return this.#write(key, (known) => ({ words, told: known?.told ?? [], ...member }));
  }

  noteTold(key: ConversationKey, told: readonly string[]): Promise<void> {
    return this.#write(key, (known) => known && { ...known, told });
  }

  async #write(key: ConversationKey, change: (known: Own | undefined) => Own | undefined): Promise<void> {
    const keys = wordsRow(key);
    const written = await untilWritten('note the words of a person', async () => {
      const row = await this.#conversations.get(keys);
      const known = row === undefined ? undefined : parseRow(this.#conversations, row, ownSchema);
      const next = change(known);
      if (next === undefined || (known !== undefined && isSame(known, next))) return undefined;
      const before = allOf(known);
      // Until all are written `n` names the words of before and of after.
      const { words, ...rest } = toOwn(next);
      const all = {
        ...keys,
        ...rest,
        words: [...new Set([...before, ...next.words])].join(' '),
        pending: true,
      };
      const etag = await (row === undefined
        ? this.#conversations.insert(all)
        : this.#conversations.replace(all, row.etag));
      return etag === undefined ? LOST : { etag, before, next };
    });
    if (written === undefined) return;
    const { before, etag, next } = written;
    const words = allOf(next);
    // All of them, because each tells all the others; new ones first, because the row of a word that comes first has to be there.
    const added = words.filter((word) => !before.includes(word));
    for (const some of [added, words.filter((word) => before.includes(word))])
      await inParallel(some, AT_ONCE, (word) => this.#directory.put(leadRow(word, key, words)));
    await this.#remove(
      key,
      before.filter((word) => !words.includes(word)),
    );
    if ((await this.#conversations.replace({ ...keys, ...toOwn(next) }, etag)) !== undefined) return;
    // Forgotten while this was under way; somebody else who noted the person sees to it himself.
    if ((await this.#conversations.get(keys, [])) === undefined) await this.#remove(key, words);
  }

  async memberAt(key: ConversationKey): Promise<GroupMember | undefined> {
    const row = await this.#conversations.get(wordsRow(key));
    if (row === undefined) return undefined;
    const { channelId, id } = parseRow(this.#conversations, row, ownSchema);
    return channelId === undefined || id === undefined ? undefined : { channelId, id };
  }

  async findPeople(
    terms: readonly string[],
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<Lead>> {
    const limit = checkedLimit(page.limit);
    const [first] = terms;
    if (first === undefined) throw new RangeError('"terms" must hold one at least');
    if (page.after !== undefined && !/^[a-z0-9~]+:[\w-]{43}$/.test(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const beginning = encoded(first);
    const range = { partition: partitionOf(beginning), ...startingWith(beginning) };
    const rows = this.#directory.rows(
      page.after === undefined ? range : { ...range, after: page.after },
      // With several terms most rows may be of others.
      { pageSize: terms.length === 1 ? limit + 1 : PAGE },
    );
    const items: Lead[] = [];
    for await (const row of rows) {
      const lead = parsedOrReported(this.#service, () => parseRow(this.#directory, row, rowSchema));
      const key = keyOf(row);
      if (lead === undefined || key === undefined || !areFoundBy(lead.words, terms)) continue;
      if (!row.rowKey.startsWith(`${firstOf(lead.words, beginning)}:`)) continue;
      const last = items.at(-1);
      if (items.length === limit && last !== undefined) return { items, after: last.place };
      items.push({ key, place: row.rowKey });
    }
    return { items };
  }

  async isLedTo(key: ConversationKey, terms: readonly string[]): Promise<boolean> {
    const row = await this.#conversations.get(wordsRow(key));
    const own = row && parsedOrReported(this.#service, () => parseRow(this.#conversations, row, ownSchema));
    return areFoundBy(allOf(own), terms);
  }

  async forgetPerson(key: ConversationKey): Promise<void> {
    const row = await this.#conversations.get(wordsRow(key));
    if (row === undefined) return;
    const own = parsedOrReported(this.#service, () => parseRow(this.#conversations, row, ownSchema));
    await this.#remove(key, allOf(own));
    await this.#conversations.remove(wordsRow(key), row.etag);
  }

  async *membersOfGroups(): AsyncIterable<Person> {
    for await (const row of this.#directory.rows(ALL_PEOPLE)) {
      if (row.rowKey !== PERSON_ROW) continue;
      const person = parsedOrReported(this.#service, () => fromPersonRow(this.#directory, row));
      if (person !== undefined && person.personal === undefined) yield person;
    }
  }

  async removeStrays(): Promise<number> {
    let removed = 0;
    let block: RowKeys[] = [];
    const look = async () => {
      const looked = await inParallel(block, AT_ONCE, (lead) => this.#removeIfStray(lead));
      removed += looked.filter((isStray) => isStray).length;
      block = [];
    };
    for await (const { partitionKey, rowKey } of this.#directory.rows(ALL_WORDS, { select: [] })) {
      block.push({ partitionKey, rowKey });
      if (block.length === PAGE) await look();
    }
    await look();
    return removed;
  }

  async #removeIfStray(lead: RowKeys): Promise<boolean> {
    const key = keyOf(lead);
    const row = key === undefined ? undefined : await this.#conversations.get(wordsRow(key));
    const words = allOf(
      row && parsedOrReported(this.#service, () => parseRow(this.#conversations, row, ownSchema)),
    );
    if (words.some((word) => lead.rowKey.startsWith(`${encoded(word)}:`))) return false;
    return this.#directory.remove(lead);
  }

  async #remove(key: ConversationKey, words: readonly string[]): Promise<void> {
    await inParallel(words, AT_ONCE, (word) => this.#directory.remove(leadOf(word, key)));
  }
}

type Own = Omit<z.output<typeof ownSchema>, 'words' | 'told'> & {
  readonly words: readonly string[];
  readonly told?: readonly string[] | undefined;
};

/** By which somebody is found: their own words, and those that were told. */
function allOf(own: Own | undefined): readonly string[] {
  return [...new Set([...(own?.words ?? []), ...(own?.told ?? [])])];
}

function toOwn({ words, told = [], channelId, id }: Own) {
  return { words: words.join(' '), told: told.length === 0 ? undefined : told.join(' '), channelId, id };
}

function isSame(known: Own, next: Own): boolean {
  const [a, b] = [toOwn(known), toOwn(next)];
  return known.pending === undefined && a.words === b.words && a.told === b.told;
}

/** What a person is found by, in the conversation's own partition. */
export function wordsRow(key: ConversationKey): RowKeys {
  return { partitionKey: key, rowKey: 'n' };
}

/** What leads to somebody by one of their words. */
export function leadRow(word: string, key: ConversationKey, words: readonly string[]): Row {
  return { ...leadOf(word, key), words: words.join(' ') };
}

function leadOf(word: string, key: ConversationKey): RowKeys {
  const text = encoded(word);
  return { partitionKey: partitionOf(text), rowKey: `${text}:${key}` };
}

function keyOf({ rowKey }: RowKeys): ConversationKey | undefined {
  const key = rowKey.slice(rowKey.indexOf(':') + 1);
  return isConversationKey(key) ? key : undefined;
}

/** Of words, as a part of a key, the one that comes first of those that begin so. */
function firstOf(words: readonly string[], beginning: string): string | undefined {
  return words
    .map(encoded)
    .filter((word) => word.startsWith(beginning))
    .sort()[0];
}

function partitionOf(text: string): string {
  return `w:${text.slice(0, PARTITION_LENGTH)}`;
}

/**
 * A word as part of a key: every letter but `a` to `z` by its number, all in the same length, so that whatever begins a word
 * begins its key, whatever the service's order of letters.
 */
function encoded(word: string): string {
  return word.replace(
    /[^a-z0-9]/gu,
    (letter) => `~${(letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
  );
}
