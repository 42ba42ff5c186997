import { answer } from '../../shared/chat/answer.ts';
import type { Command } from '../../shared/chat/commands/command.ts';
import { storeCommands } from '../../shared/chat/commands/store-commands.ts';
import { dialogCommands } from '../../shared/chat/dialogs/dialogs.ts';
import { askForPriceReport } from '../../shared/kinds/hotels/report-prices.ts';
import { releaseDeferred } from '../../shared/use-cases/holding-back/release-deferred.ts';
import type { World } from './world.ts';

/** Every command that there is, over a world; `change` puts a fault into it. */
export function everyCommand(world: World, change: (command: Command) => Command = (command) => command) {
  const deps = {
    ...world,
    defaultTimeZone: 'UTC',
    releaseDeferred: releaseDeferred(world),
    askForPriceReport: askForPriceReport(world),
  };
  const commands = storeCommands(deps).map(change);
  return {
    deps,
    answer: answer({ ...deps, commands, dialogs: dialogCommands }),
    names: ['help', 'topics', 'subscribe', 'unsubscribe', 'subscriptions', 'status'].concat(
      commands.map(({ name }) => name),
    ),
  };
}
