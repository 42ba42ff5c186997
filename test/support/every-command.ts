import { answer } from '../../shared/chat/answer.ts';
import type { Command } from '../../shared/chat/commands/command.ts';
import { operatorsConsole } from '../../shared/chat/commands/operators-console.ts';
import { storeCommands } from '../../shared/chat/commands/store-commands.ts';
import type { DialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { releaseDeferred } from '../../shared/use-cases/holding-back/release-deferred.ts';
import { tripBook } from './trip.ts';
import type { World } from './world.ts';

/** Every command that there is, over a world; `change` puts a fault into it. */
export async function everyCommand(
  world: World,
  change: (command: Command) => Command = (command) => command,
  dialogs: DialogBook = tripBook,
) {
  const deps = {
    ...world,
    defaultTimeZone: 'UTC',
    releaseDeferred: releaseDeferred(world),
  };
  const own = [...storeCommands(deps), operatorsConsole('http://127.0.0.1:7071/api/console')];
  const commands = [...own, ...(await world.kindCommands())].map(change);
  return {
    deps,
    answer: answer({ ...deps, commands, dialogs: dialogs.names }),
    names: ['help', 'topics', 'subscribe', 'unsubscribe', 'subscriptions', 'status'].concat(
      commands.map(({ name }) => name),
    ),
  };
}
