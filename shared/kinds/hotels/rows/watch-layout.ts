import { z } from 'zod';
import type { RecordLayout } from '../../../adapters/table/records/record-layout.ts';
import { instantField, jsonText, notificationIdField } from '../../../adapters/table/row/fields.ts';
import { parseRow } from '../../../adapters/table/row/parse-row.ts';
import { double } from '../../../adapters/table/row/row.ts';
import { isHotelKey } from '../prices/hotel.ts';
import type { WatchValue } from '../stores/watch-store.ts';

const TABLE = 'watches';

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

const rowSchema: z.ZodType<WatchValue> = z.object({
  hotelName: z.string(),
  city: z.string(),
  since: instantField,
  state: jsonText(stateSchema),
  told: jsonText(toldSchema),
});

/** Table `watches`: `<hotel>:<tenant>` / `<conversation>`; the rows that lead there begin with `h:`. */
export const watchLayout: RecordLayout<WatchValue> = {
  table: TABLE,
  prefix: 'h:',
  keyField: 'hotel',
  isKey: isHotelKey,
  partition: (hotel, tenant) => `${hotel}:${tenant}`,
  toFields: ({ value: { since, state, told, ...rest } }) => ({
    ...rest,
    since: double(since),
    state: JSON.stringify(state),
    told: JSON.stringify(told),
  }),
  fromRow: (row) => parseRow({ name: TABLE }, row, rowSchema),
};
