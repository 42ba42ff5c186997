import { toIso } from '../../domain/time.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { KindHooks } from '../../ports/kind.ts';
import { hotelPriceChanged } from './cards/hotel-price-changed.ts';
import { isHotelKey } from './prices/hotel.ts';
import { type PriceReportRequest, parsePriceReportRequest } from './prices/price-report.ts';
import { rememberPrice } from './remember-price.ts';
import { notificationOfReport, PRICE_REPORT, reportPrices } from './report-prices.ts';
import { selectWatchers } from './select-watchers.ts';
import type { WatchStore } from './stores/watch-store.ts';

type Deps = Parameters<typeof selectWatchers>[0] &
  Parameters<typeof rememberPrice>[0] &
  Parameters<typeof reportPrices>[0] & {
    readonly notifications: NotificationStore;
    readonly watches: WatchStore;
  };

/** Prices of hotels: remembered when an event tells one, told to whoever watches, and reported to whoever asks. */
export function hotelHooks(deps: Deps): KindHooks {
  const report = reportPrices(deps);
  return {
    // Before anybody is told: whoever looks at the price then finds it.
    onAccepted: rememberPrice(deps),

    stillWanted: {
      types: [hotelPriceChanged.type],
      asked: 'held-back',
      async ask({ to }, conversation) {
        for (const recipient of to) {
          if (!('keptBy' in recipient) || !isHotelKey(recipient.key)) continue;
          if ((await deps.watches.find(conversation, recipient.key)) !== undefined) return undefined;
        }
        return 'unsubscribed';
      },
    },

    audiences: { watchers: { field: 'hotel', select: selectWatchers(deps) } },

    jobs: {
      [PRICE_REPORT]: {
        field: 'report',
        isReadable: (about) => parsePriceReportRequest(about) !== undefined,
        run: (about, trace) => report(requestOf(about), trace),
        // Once it is planned, what becomes of the report is looked after as of every notification.
        isDone: (about) => deps.notifications.isPlanned(notificationOfReport(requestOf(about))),
      },
    },

    async merge(from, into) {
      for (const watch of await deps.watches.of(from)) {
        const other = await deps.watches.find(into, watch.hotel);
        const isLater = other === undefined || other.watch.since < watch.since;
        if (isLater) await deps.watches.begin({ ...watch, conversation: into });
        await deps.watches.end(from, watch.hotel);
      }
      return undefined;
    },

    personalData: {
      async export(conversation) {
        const watches = await deps.watches.of(conversation);
        return {
          watches: watches.map(({ hotelName, city, since, state, told }) => ({
            hotel: hotelName,
            city,
            since: toIso(since),
            ...state,
            asOf: isoOf(state.asOf),
            snoozedUntil: isoOf(state.snoozedUntil),
            told,
          })),
        };
      },
      async forget({ key }) {
        for (const { hotel } of await deps.watches.of(key)) await deps.watches.end(key, hotel);
      },
    },
  };
}

function requestOf(about: unknown): PriceReportRequest {
  const request = parsePriceReportRequest(about);
  if (request === undefined) throw new Error('a price report was asked for without what it is about');
  return request;
}

function isoOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : toIso(at);
}
