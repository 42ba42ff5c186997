import { z } from 'zod';
import type { ConversationKey } from '../../../domain/ids.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import type { NamedRecord } from '../../../ports/conversation/personal-data.ts';
import { startingWith } from '../storage/range.ts';
import type { TableService } from '../table-service.ts';
import { jsonLayout, LEADS } from './json-layout.ts';
import { TableRecordStore } from './table-record-store.ts';

const anything = z.custom<{ readonly [name: string]: unknown }>(isJsonObject);

/** What a row of a conversation leads to: `k:<kind>:<key>`. */
interface Lead {
  readonly kind: string;
  readonly key: string;
}

/**
 * The records of a conversation, whichever kind keeps them, and whether or not it is still there: a kind whose line was
 * taken out of `app/app.ts` leaves them behind.
 */
export class RecordsOfKinds {
  readonly #service: TableService;

  constructor(service: TableService) {
    this.#service = service;
  }

  /** Those of kinds that are not among `known`. One that cannot be read is left out and reported. */
  async except(known: ReadonlySet<string>, conversation: ConversationKey): Promise<readonly NamedRecord[]> {
    const leads = await this.#leads(conversation);
    const kinds = [...new Set(leads.map(({ kind }) => kind))].filter((kind) => !known.has(kind));
    const found = kinds.map(async (kind) =>
      (await this.#of(kind).of(conversation)).map(({ key, value }) => ({ kind, key, value })),
    );
    return (await Promise.all(found)).flat();
  }

  /** Removes all of them, read or not. */
  async remove(conversation: ConversationKey): Promise<void> {
    for (const { kind, key } of await this.#leads(conversation))
      await this.#of(kind).remove(conversation, key);
  }

  async #leads(conversation: ConversationKey): Promise<readonly Lead[]> {
    const leads: Lead[] = [];
    const range = { partition: conversation, ...startingWith(LEADS) };
    for await (const { rowKey } of this.#service.table('conversations').rows(range, { select: [] })) {
      const [, kind, key] = /^k:([^:]+):(.+)$/.exec(rowKey) ?? [];
      if (kind !== undefined && key !== undefined) leads.push({ kind, key });
    }
    return leads;
  }

  #of(kind: string): TableRecordStore<{ readonly [name: string]: unknown }> {
    return new TableRecordStore(this.#service, jsonLayout(kind, anything));
  }
}
