import { z } from 'zod';
import {
  conversationKeyField,
  instantField,
  jsonText,
  notificationIdField,
  tenantKeyField,
} from '../../../adapters/table/row/fields.ts';
import { parseRow } from '../../../adapters/table/row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../../../adapters/table/row/row.ts';
import { startingWith } from '../../../adapters/table/storage/range.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import type { ConversationKey, TenantKey } from '../../../domain/ids.ts';
import type { HotelKey } from '../prices/hotel.ts';
import type { Watch } from '../stores/watch-store.ts';
import { hotelKeyField } from './hotel-row.ts';

const OWN = 'h:';
/** The rows in a conversation's partition that lead to its watches. */
export const OWN_WATCHES = startingWith(OWN);

const conditionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drop'), percent: z.number() }),
  z.object({ kind: z.literal('below'), price: z.number() }),
]);

const stateSchema = z.object({
  condition: conditionSchema,
  currency: z.string().exactOptional(),
  baseline: z.number().exactOptional(),
  armed: z.boolean(),
  asOf: instantField.exactOptional(),
  snoozedUntil: instantField.exactOptional(),
});

const toldSchema = z.array(
  z.object({
    notification: notificationIdField,
    alert: z.object({ before: z.number().exactOptional(), condition: conditionSchema }),
  }),
);

const rowSchema = z.object({
  rowKey: conversationKeyField,
  tenant: tenantKeyField,
  hotel: hotelKeyField,
  hotelName: z.string(),
  city: z.string(),
  since: instantField,
  state: jsonText(stateSchema),
  told: jsonText(toldSchema),
});

const ownSchema = z.object({ hotel: hotelKeyField, tenant: tenantKeyField });

/** The partition of a hotel's watches in one tenant. */
export function watchersPartition(hotel: HotelKey, tenant: TenantKey): string {
  return `${hotel}:${tenant}`;
}

export function watchKeys({
  hotel,
  tenant,
  conversation,
}: Pick<Watch, 'hotel' | 'tenant' | 'conversation'>): RowKeys {
  return { partitionKey: watchersPartition(hotel, tenant), rowKey: conversation };
}

/** Of table `conversations`, in the conversation's partition. */
export function ownWatchKeys(conversation: ConversationKey, hotel: HotelKey): RowKeys {
  return { partitionKey: conversation, rowKey: `${OWN}${hotel}` };
}

export function toWatchRow(watch: Watch): Row {
  const { tenant, hotel, hotelName, city, since, state, told } = watch;
  return {
    ...watchKeys(watch),
    tenant,
    hotel,
    hotelName,
    city,
    since: double(since),
    state: JSON.stringify(state),
    told: JSON.stringify(told),
  };
}

/** Throws `CorruptRow`. */
export function fromWatchRow(table: Pick<Table, 'name'>, row: StoredRow): Watch {
  const { rowKey, ...watch } = parseRow(table, row, rowSchema);
  return { conversation: rowKey, ...watch };
}

export function toOwnWatchRow({ conversation, hotel, tenant }: Watch): Row {
  return { ...ownWatchKeys(conversation, hotel), hotel, tenant };
}

/** Throws `CorruptRow`. */
export function fromOwnWatchRow(
  table: Pick<Table, 'name'>,
  row: StoredRow,
): { readonly hotel: HotelKey; readonly tenant: TenantKey } {
  return parseRow(table, row, ownSchema);
}
