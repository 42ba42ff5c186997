import { z } from 'zod';
import type { TurnPlace, TurnState } from '../../../domain/conversation/turn-state.ts';
import { chunkedJson, instantField, notificationIdField, toChunks } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';

const PREFIX = 't';
/** Of what is stored in `state`. A row with another one was written by another version of the app. */
const FORMAT = 1;

const json = z.record(z.string(), z.unknown());
const question = z.object({
  completes: z.string().exactOptional(),
  yes: z.string().exactOptional(),
  isAgain: z.literal(true).exactOptional(),
  pressed: z.string().exactOptional(),
});
const reply = z.object({
  text: z.string(),
  card: json.exactOptional(),
  lead: z.string().exactOptional(),
  suggestions: z.array(z.string()).exactOptional(),
  buttons: z.array(z.object({ title: z.string(), command: z.string() })).exactOptional(),
  // An earlier version leaves it out, and says to all what it says again for a process that died.
  isPrivate: z.literal(true).exactOptional(),
  changes: z.object({ activityId: z.string() }).exactOptional(),
  asks: question.exactOptional(),
  file: z.object({ name: z.string(), contentType: z.string(), text: z.string() }).exactOptional(),
  cards: z.array(json).exactOptional(),
  more: z.array(z.string()).exactOptional(),
  about: z.string().exactOptional(),
  drawnBy: z.string().exactOptional(),
});

const dialog = z.object({
  name: z.string(),
  title: z.string(),
  version: z.int(),
  state: json,
  prompt: reply,
});

// What an earlier version does not know (`isReminded`, `kept`, `asked`, `cards`) it leaves out when it writes the row again:
// then an interruption is reminded of once more, a broken dialog begins anew, a question is asked again, and a card keeps
// its buttons, which answer.
const stateSchema = z.object({
  dialog: dialog.exactOptional(),
  interruptions: z.array(
    z.object({
      notification: notificationIdField,
      pushedAt: instantField,
      shownAt: instantField.exactOptional(),
      prompt: reply,
      choices: z.array(z.string()).exactOptional(),
      isReminded: z.literal(true).exactOptional(),
    }),
  ),
  kept: z.object({ dialog, since: instantField }).exactOptional(),
  asked: question.extend({ at: instantField }).exactOptional(),
  cards: z
    .array(
      z.object({
        activityId: z.string(),
        shownIn: z.string().exactOptional(),
        about: z.string(),
        said: reply.pick({ text: true, card: true, lead: true }).exactOptional(),
        drawnBy: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  seen: z.array(notificationIdField),
  replaced: z.object({ by: notificationIdField, title: z.string() }).exactOptional(),
  spokeAt: instantField,
  turns: z.array(
    z.object({
      id: z.string(),
      at: instantField,
      // An earlier version leaves it out when it writes the row again: a press that comes again is then a new one.
      press: z.string().exactOptional(),
      replies: z.array(reply),
      said: z.int().nonnegative(),
      sayingUntil: instantField.exactOptional(),
    }),
  ),
}) satisfies z.ZodType<TurnState>;

const rowSchema = chunkedJson(
  'state',
  z.object({ format: z.literal(FORMAT), state: stateSchema }).transform(({ state }): TurnState => state),
);

/**
 * `t` in the personal conversation that the addressee is named after, `t:c:<conversation>` in another one of theirs,
 * `t:<person>` elsewhere; in the addressee's partition.
 */
export function turnStateKeys({ conversation, within, speaker }: TurnPlace): RowKeys {
  const inside = within === undefined ? PREFIX : `${PREFIX}:c:${within}`;
  return {
    partitionKey: conversation,
    rowKey: speaker === undefined ? inside : `${PREFIX}:${speaker}`,
  };
}

/** Throws `RangeError` for a state of more than 960 KiB. */
export function toTurnStateRow(place: TurnPlace, state: TurnState): Row {
  return { ...turnStateKeys(place), ...toChunks('state', JSON.stringify({ format: FORMAT, state })) };
}

/** Throws `CorruptRow`, for another version's row too. */
export function fromTurnStateRow(table: Pick<Table, 'name'>, row: StoredRow): TurnState {
  return parseRow(table, row, rowSchema);
}
