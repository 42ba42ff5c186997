import { parsedOrReported } from '../../../adapters/table/row/parse-row.ts';
import { writeMarked } from '../../../adapters/table/storage/marked-write.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import type { TableService } from '../../../adapters/table/table-service.ts';
import type { Hotel, HotelKey, HotelName } from '../prices/hotel.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import { fromHotelName, fromHotelRow, HOTELS, hotelKeys, toHotelRow } from './hotel-row.ts';

/** Table `hotels`: a row a hotel, with its prices. */
export class TableHotelStore implements HotelStore {
  readonly #service: TableService;
  readonly #hotels: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#hotels = service.table('hotels');
  }

  async find(key: HotelKey): Promise<{ readonly hotel: Hotel; readonly tag: string } | undefined> {
    const row = await this.#hotels.get(hotelKeys(key));
    return row === undefined ? undefined : { hotel: fromHotelRow(this.#hotels, row), tag: row.etag };
  }

  async save(hotel: Hotel, tag?: string): Promise<'saved' | 'lost'> {
    const row = toHotelRow(hotel);
    const written = await writeMarked(
      this.#hotels,
      tag === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag: tag },
    );
    return written === undefined ? 'lost' : 'saved';
  }

  async names(): Promise<readonly HotelName[]> {
    const names: HotelName[] = [];
    for await (const row of this.#hotels.rows({ partition: HOTELS }, { select: ['name', 'city'] })) {
      const name = parsedOrReported(this.#service, () => fromHotelName(this.#hotels, row));
      if (name !== undefined) names.push(name);
    }
    return names;
  }
}
