import type { Command } from '../../../chat/commands/command.ts';
import type { AskForPriceReport } from '../report-prices.ts';
import type { HotelStore } from '../stores/hotel-store.ts';
import type { WatchStore } from '../stores/watch-store.ts';
import { priceReport } from './price-report.ts';
import { snoozeWatch } from './snooze-watch.ts';
import { unwatch } from './unwatch.ts';
import { watch } from './watch.ts';
import { watches } from './watches.ts';

/** Everything that people can say about the prices of hotels. */
export function hotelCommands(deps: {
  readonly hotels: HotelStore;
  readonly watches: WatchStore;
  readonly askForPriceReport: AskForPriceReport;
}): readonly Command[] {
  return [watch(deps), unwatch(deps), watches(deps), snoozeWatch(deps), priceReport(deps)];
}
