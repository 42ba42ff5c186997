import { z } from 'zod';
import type { Conversation } from '../../../domain/conversation/conversation.ts';
import type { PlaceKind, Reach } from '../../../domain/conversation/reach.ts';
import { type ConversationKey, isConversationKey, type PersonKey } from '../../../domain/ids.ts';
import { conversationKeyField, jsonText } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import { BELONGS, REACH } from './conversation-keys.ts';
import { fromConversationRow, toConversationRow } from './conversation-row.ts';

const PLACE_PREFIX = 'c:';
const EARLIER_PREFIX = 'e:';

const belongsSchema = z.object({ addressee: conversationKeyField });

const kinds: readonly string[] = ['default', 'ordinary', 'session', 'copilot'] satisfies readonly PlaceKind[];

/** One that a later release knows is a conversation that is told in by nobody's wish only. */
const kindField = z.string().transform((kind): PlaceKind => (isKind(kind) ? kind : 'session'));

const reachSchema = z.object({
  reach: jsonText(
    z.object({
      chosen: conversationKeyField.exactOptional(),
      channelId: z.string(),
      places: z.array(
        z.object({
          key: conversationKeyField,
          channelId: z.string(),
          kind: kindField,
          isGone: z.literal(true).exactOptional(),
        }),
      ),
    }),
  ),
});

function isKind(kind: string): kind is PlaceKind {
  return kinds.includes(kind);
}

/** `directory`: `i:<proof>` / `addressee` */
export function provenRow(proof: PersonKey): RowKeys {
  return { partitionKey: `i:${proof}`, rowKey: 'addressee' };
}

export function belongsRow(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: BELONGS };
}

/** Throws `CorruptRow`. */
export function addresseeIn(table: Pick<Table, 'name'>, row: StoredRow): ConversationKey {
  return parseRow(table, row, belongsSchema).addressee;
}

export function toReachRow(addressee: ConversationKey, reach: Reach): Row {
  return { partitionKey: addressee, rowKey: REACH, reach: JSON.stringify(reach) };
}

/** Throws `CorruptRow`. */
export function fromReachRow(table: Pick<Table, 'name'>, row: StoredRow): Reach {
  return parseRow(table, row, reachSchema).reach;
}

export function placeRow(addressee: ConversationKey, place: ConversationKey): RowKeys {
  return { partitionKey: addressee, rowKey: `${PLACE_PREFIX}${place}` };
}

export function everyPlaceRow(addressee: ConversationKey) {
  return { partition: addressee, ...startingWith(PLACE_PREFIX) };
}

export function earlierKeyRow(addressee: ConversationKey, earlier: ConversationKey): RowKeys {
  return { partitionKey: addressee, rowKey: `${EARLIER_PREFIX}${earlier}` };
}

export function everyEarlierKeyRow(addressee: ConversationKey) {
  return { partition: addressee, ...startingWith(EARLIER_PREFIX) };
}

/** The conversation that a row of one of many names. */
export function keyIn({ rowKey }: RowKeys): ConversationKey | undefined {
  const key = rowKey.slice(rowKey.indexOf(':') + 1);
  return isConversationKey(key) ? key : undefined;
}

/** The record of one conversation, under the addressee. */
export function toPlaceRow(addressee: ConversationKey, place: ConversationKey, record: Conversation): Row {
  return {
    ...toConversationRow({ ...withoutSuppression(record), key: addressee }),
    ...placeRow(addressee, place),
  };
}

/** Throws `CorruptRow`. */
export function fromPlaceRow(table: Pick<Table, 'name'>, row: StoredRow): Conversation {
  return withoutSuppression(fromConversationRow(table, row));
}

/** Suppressed is an addressee, not one conversation of theirs; rows of before say it of some. */
function withoutSuppression({ suppressed: _addressees, ...place }: Conversation): Conversation {
  return place;
}
