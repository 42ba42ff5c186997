import type { Conversation } from '../../../domain/conversation/conversation.ts';
import { bareNamesOf } from '../../../domain/identity/proofs.ts';
import { type ConversationKey, isConversationKey, type PersonKey } from '../../../domain/ids.ts';
import type { RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

const PREFIX = 'c:';

/*
 * Rows `u:<person>` / `c:<conversation>` of table `directory`: where something may be stored about a person, by a bare id.
 * A lead, no evidence: whoever follows it judges the record that it leads to, by that record's own channel. Written before
 * what it leads to, so that a crash leaves an entry that leads nowhere, and never something that nobody would find.
 */

export function placeOfPerson(person: PersonKey, conversation: ConversationKey): RowKeys {
  return { partitionKey: `u:${person}`, rowKey: `${PREFIX}${conversation}` };
}

/** Everybody whom a record names, by their bare ids. */
export function peopleNamedBy({ user, installedBy }: Conversation): readonly PersonKey[] {
  return [...new Set([...bareNamesOf(user), ...bareNamesOf(installedBy)])];
}

export async function placesOfPerson(
  directory: Table,
  person: PersonKey,
): Promise<readonly ConversationKey[]> {
  const places: ConversationKey[] = [];
  const range = { partition: `u:${person}`, ...startingWith(PREFIX) };
  for await (const { rowKey } of directory.rows(range, { select: [] })) {
    const conversation = rowKey.slice(PREFIX.length);
    if (isConversationKey(conversation)) places.push(conversation);
  }
  return places;
}
