import { defined } from '../../domain/defined.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { notificationId } from '../../domain/ids.ts';
import { seconds, toIso } from '../../domain/time.ts';
import type { Log } from '../../ports/log.ts';
import type { Announce } from '../../use-cases/intake/announce.ts';
import type { StartWork } from '../../use-cases/intake/start-work.ts';
import type { Hotel } from './prices/hotel.ts';
import type { PriceReportRequest } from './prices/price-report.ts';
import type { HotelStore } from './stores/hotel-store.ts';

/** With the request's id it names the notification: reported again, a report reaches nobody twice. */
const SOURCE = '/price-reports';

/** The name of the work on queue `jobs`. */
export const PRICE_REPORT = 'price-report';

/** The answer at once ("this takes a while") is said first. */
const HEAD_START = seconds(2);

/** The notification by which a report is delivered. */
export function notificationOfReport(request: Pick<PriceReportRequest, 'id'>) {
  return notificationId(SOURCE, request.id);
}

export type AskForPriceReport = (request: PriceReportRequest) => Promise<void>;

/** Has a report made and delivered later. Throws `StoreUnavailable` or `QueueUnavailable`; repeating the call is harmless. */
export function askForPriceReport({ startWork }: { readonly startWork: StartWork }): AskForPriceReport {
  return (report) => startWork({ work: PRICE_REPORT, field: 'report', about: { ...report } }, HEAD_START);
}

export type ReportPrices = (
  report: PriceReportRequest,
  trace: { readonly traceparent?: string },
) => Promise<void>;

/**
 * Makes a report out of the remembered prices and announces it. Run again, after a crash or by a second copy of the job,
 * it changes nothing: the first report stands, and the person gets it once.
 * Throws `StoreUnavailable` or `QueueUnavailable`; the job then has to come back.
 */
export function reportPrices(deps: {
  readonly hotels: HotelStore;
  readonly announce: Announce;
  readonly log: Log;
}): ReportPrices {
  return async (report, { traceparent }) => {
    const stored = await deps.hotels.find(report.hotel);
    if (stored === undefined) {
      // Nothing is ever taken out of the store: the request names a hotel that never was there.
      deps.log.error('price-report.unknown-hotel', { report: report.id });
      return;
    }
    const notification = await deps.announce({
      source: SOURCE,
      eventId: report.id,
      type: 'price.report.ready',
      data: dataOf(stored.hotel),
      conversation: report.conversation,
      // The person asked for it and is told when it is there, whatever else is being talked about.
      delivery: { mode: 'adHoc' },
      ...defined({ traceparent }),
    });
    deps.log.info('price-report.ready', { report: report.id, notification, traceparent });
  };
}

/** Prices in the currency of the latest; those in another one cannot be compared. */
function dataOf({ name, city, url, prices }: Hotel): JsonObject {
  const currency = prices.at(-1)?.currency ?? '';
  return {
    hotelName: name,
    city,
    currency,
    prices: prices
      .filter((point) => point.currency === currency)
      .map(({ at, price }) => ({ time: toIso(at), price })),
    ...defined({ url }),
  };
}
