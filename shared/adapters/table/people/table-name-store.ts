import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import {
  comparableName,
  type KnownNames,
  type NameKind,
  nameKinds,
} from '../../../domain/identity/told-names.ts';
import { isPersonKey, type PersonKey, toldNameKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Instant } from '../../../domain/time.ts';
import type { NameQuestion, NameStore } from '../../../ports/conversation/name-store.ts';
import { conversationKeyField, instantField } from '../row/fields.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { PERSON_ROW } from './directory-keys.ts';

const AT_ONCE = 16;
const NAMES_ROW = 'names';
const QUESTIONS = 'q:names';
/** Instants in keys: as long as that of the last day of the year 9999. */
const INSTANT_DIGITS = 15;
const ALL_PEOPLE = { firstPartition: 'u:', lastPartition: 'u;' };

const namesSchema = z.object({
  userPrincipalName: z.string().optional(),
  mail: z.string().optional(),
  toldAt: instantField,
});
const questionSchema = z.object({ conversation: conversationKeyField, at: instantField });

/**
 * Rows of table `directory`: `u:<proof>` / `names` with what was told, `k:<name>` / `<proof>` without properties by which it
 * is found, and `q:names` / `<instant>:<proof>` for what is to be asked.
 *
 * Order of writes: what leads to the names -> the names -> what led to those of before goes. A crash in between leaves a lead
 * to somebody who does not go by that name, who is then not found by it.
 */
export class TableNameStore implements NameStore {
  readonly #service: TableService;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#directory = service.table('directory');
  }

  async namesOf(person: PersonKey): Promise<KnownNames | undefined> {
    const row = await this.#directory.get(namesRow(person));
    return row === undefined ? undefined : this.#read(row);
  }

  async tellNames(person: PersonKey, names: KnownNames): Promise<void> {
    const before = await this.#known(person);
    const leads = leadsOf(person, names);
    await inParallel(leads, AT_ONCE, (lead) => this.#directory.put(lead));
    await this.#directory.put(toRow(person, names));
    await this.#remove(
      leadsOf(person, before).filter((lead) => leads.every((one) => one.partitionKey !== lead.partitionKey)),
    );
  }

  async toldOf(kind: NameKind, name: string): Promise<readonly PersonKey[]> {
    const people: PersonKey[] = [];
    const range = { partition: leadPartition(kind, name) };
    for await (const { rowKey } of this.#directory.rows(range, { select: [] })) {
      if (isPersonKey(rowKey)) people.push(rowKey);
    }
    return people;
  }

  async forgetNames(person: PersonKey): Promise<void> {
    const row = await this.#directory.get(namesRow(person));
    if (row === undefined) return;
    await this.#remove(
      leadsOf(
        person,
        parsedOrReported(this.#service, () => this.#read(row)),
      ),
    );
    await this.#directory.remove(namesRow(person), row.etag);
  }

  async askName(question: NameQuestion): Promise<void> {
    const { conversation, at } = question;
    await this.#directory.put({ ...questionRow(question), conversation, at: double(at) });
  }

  async nameQuestions(until: Instant, limit: number): Promise<readonly NameQuestion[]> {
    const most = checkedLimit(limit);
    const questions: NameQuestion[] = [];
    for await (const row of this.#directory.rows({ partition: QUESTIONS }, { pageSize: most })) {
      if (questions.length === most || row.rowKey.slice(0, INSTANT_DIGITS) > digitsOf(until)) break;
      const person = row.rowKey.slice(INSTANT_DIGITS + 1);
      const read = parsedOrReported(this.#service, () => parseRow(this.#directory, row, questionSchema));
      if (read !== undefined && isPersonKey(person)) questions.push({ ...read, person });
    }
    return questions;
  }

  async answeredName(question: NameQuestion): Promise<void> {
    await this.#directory.remove(questionRow(question));
  }

  /** Of each partition the rows come by key, and `names` before `person`. */
  async removeStrays(): Promise<number> {
    let removed = 0;
    let open: PersonKey | undefined;
    const close = async () => {
      if (open === undefined) return;
      await this.forgetNames(open);
      removed += 1;
    };
    for await (const { partitionKey, rowKey } of this.#directory.rows(ALL_PEOPLE, { select: [] })) {
      const person = partitionKey.slice(2);
      if (open !== undefined && person !== open) {
        await close();
        open = undefined;
      }
      if (rowKey === NAMES_ROW && isPersonKey(person)) open = person;
      if (rowKey === PERSON_ROW) open = undefined;
    }
    await close();
    return removed;
  }

  async #known(person: PersonKey): Promise<KnownNames | undefined> {
    const row = await this.#directory.get(namesRow(person));
    return row && parsedOrReported(this.#service, () => this.#read(row));
  }

  #read(row: StoredRow): KnownNames {
    const { userPrincipalName, mail, toldAt } = parseRow(this.#directory, row, namesSchema);
    return {
      ...defined({ userPrincipalName, mail }),
      toldAt,
    };
  }

  async #remove(leads: readonly RowKeys[]): Promise<void> {
    await inParallel(leads, AT_ONCE, (lead) => this.#directory.remove(lead));
  }
}

function namesRow(person: PersonKey): RowKeys {
  return { partitionKey: `u:${person}`, rowKey: NAMES_ROW };
}

function toRow(person: PersonKey, { userPrincipalName, mail, toldAt }: KnownNames): Row {
  return { ...namesRow(person), userPrincipalName, mail, toldAt: double(toldAt) };
}

function leadsOf(person: PersonKey, names: KnownNames | undefined): readonly RowKeys[] {
  return nameKinds.flatMap((kind) => {
    const name = names?.[kind];
    return name === undefined ? [] : [{ partitionKey: leadPartition(kind, name), rowKey: person }];
  });
}

function leadPartition(kind: NameKind, name: string): string {
  return `k:${toldNameKey(kind, comparableName(name))}`;
}

function questionRow({ person, at }: Pick<NameQuestion, 'person' | 'at'>): RowKeys {
  return { partitionKey: QUESTIONS, rowKey: `${digitsOf(at)}:${person}` };
}

function digitsOf(at: Instant): string {
  return String(Math.trunc(at)).padStart(INSTANT_DIGITS, '0');
}
