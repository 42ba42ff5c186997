import { z } from 'zod';
import {
  chunkedJson,
  instantField,
  notificationIdField,
  toChunks,
} from '../../../adapters/table/row/fields.ts';
import { parseRow } from '../../../adapters/table/row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../../../adapters/table/row/row.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import { type Hotel, type HotelKey, type HotelName, isHotelKey } from '../prices/hotel.ts';

/** All hotels lie in one partition, so that one that is asked for by name is found among them. */
export const HOTELS = 'hotels';

const hotelKeyField = z.custom<HotelKey>(
  (value) => typeof value === 'string' && isHotelKey(value),
  'must be a hotel key',
);

const nameSchema = z.object({ rowKey: hotelKeyField, name: z.string(), city: z.string() });
const urlSchema = z.object({ url: z.string().exactOptional() });
const pricesSchema = chunkedJson(
  'prices',
  z.array(
    z.object({
      at: instantField,
      price: z.number(),
      currency: z.string(),
      event: notificationIdField,
    }),
  ),
);

export function hotelKeys(key: HotelKey): RowKeys {
  return { partitionKey: HOTELS, rowKey: key };
}

/** The prices are one text: there is a fixed number of them, and they are read and written together. */
export function toHotelRow({ key, name, city, url, prices }: Hotel): Row {
  return { ...hotelKeys(key), name, city, url, ...toChunks('prices', JSON.stringify(prices)) };
}

/** Throws `CorruptRow`. */
export function fromHotelRow(table: Pick<Table, 'name'>, row: StoredRow): Hotel {
  return {
    ...fromHotelName(table, row),
    ...parseRow(table, row, urlSchema),
    prices: parseRow(table, row, pricesSchema),
  };
}

/** Throws `CorruptRow`. */
export function fromHotelName(table: Pick<Table, 'name'>, row: StoredRow): HotelName {
  const { rowKey, name, city } = parseRow(table, row, nameSchema);
  return { key: rowKey, name, city };
}
