import type { Conversation } from '../../../domain/conversation/conversation.ts';
import { type ConversationKey, isConversationKey, type PersonKey, personKey } from '../../../domain/ids.ts';
import type { RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';

const PREFIX = 'c:';

/*
 * Rows `u:<person>` / `c:<conversation>` of table `directory`: where something is stored about a person. Written before
 * what it leads to, so that a crash leaves an entry that leads nowhere, and never something that nobody would find.
 */

export function placeOfPerson(person: PersonKey, conversation: ConversationKey): RowKeys {
  return { partitionKey: `u:${person}`, rowKey: `${PREFIX}${conversation}` };
}

/** Everybody whom a record names. */
export function peopleNamedBy({ user, installedBy }: Conversation): readonly PersonKey[] {
  const ids = [user, installedBy].flatMap((account) => [account?.id, account?.aadObjectId]);
  return [...new Set(ids.filter((id) => id !== undefined).map(personKey))];
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
