import { noPreferences } from '../../../domain/conversation/preferences.ts';
import { turnPlaceIn } from '../../../domain/conversation/reach.ts';
import { noSends } from '../../../domain/delivery/pace.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { DeliveryDesk } from '../../../ports/delivery/ledger.ts';
import { addresseeIn, fromReachRow } from '../people/addressee-rows.ts';
import {
  BELONGS,
  DESK,
  DIALOG_STATUS,
  LAST_DIGEST,
  LINE,
  PREFERENCES,
  REACH,
  RECORD,
  STATUS_ELSEWHERE,
  WINDOWS,
} from '../people/conversation-keys.ts';
import { fromConversationRow } from '../people/conversation-row.ts';
import { fromDialogStatusRow, placeOfStatus } from '../people/dialog-status-row.ts';
import { fromPreferencesRow } from '../people/preferences-row.ts';
import type { StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { fromLastDigestRow } from './last-digest-row.ts';
import { fromWindowsRow } from './windows-row.ts';

/** Everything that a worker needs to know of a conversation before it sends, in one query. */
export async function readDesk(table: Table, conversation: ConversationKey): Promise<DeliveryDesk> {
  const desk: { -readonly [Field in keyof DeliveryDesk]: DeliveryDesk[Field] } = {
    conversation: undefined,
    windows: noSends,
    preferences: noPreferences,
  };
  let elsewhere: StoredRow | undefined;
  for await (const row of table.rows({ partition: conversation, ...DESK })) {
    if (row.rowKey === BELONGS) desk.belongsTo = addresseeIn(table, row);
    if (row.rowKey === REACH) desk.reach = fromReachRow(table, row);
    if (row.rowKey === STATUS_ELSEWHERE) elsewhere = row;
    if (row.rowKey === RECORD) desk.conversation = fromConversationRow(table, row);
    if (row.rowKey === WINDOWS) {
      desk.windows = fromWindowsRow(table, row);
      desk.windowsTag = row.etag;
    }
    if (row.rowKey === LAST_DIGEST) desk.lastDigest = fromLastDigestRow(table, row);
    if (row.rowKey === LINE) desk.line = fromWindowsRow(table, row);
    if (row.rowKey === PREFERENCES) desk.preferences = fromPreferencesRow(table, row);
    if (row.rowKey === DIALOG_STATUS) desk.dialog = fromDialogStatusRow(table, row);
  }
  // Where no dialog is open, nobody needs to know whose it would be.
  if (desk.dialog === undefined && elsewhere === undefined) return desk;
  const within = desk.conversation && turnPlaceIn(desk.conversation).within;
  if (within === undefined) return desk;
  const { dialog: _elsewhere, ...rest } = desk;
  if (elsewhere === undefined || placeOfStatus(table, elsewhere) !== within) return rest;
  return { ...rest, dialog: fromDialogStatusRow(table, elsewhere) };
}
