import { answer } from '../../shared/chat/answer.ts';
import { storeCommands } from '../../shared/chat/commands/store-commands.ts';
import { dialogCommands, loadDialogs } from '../../shared/chat/dialogs/dialogs.ts';
import { respond } from '../../shared/chat/respond.ts';
import type { TurnState } from '../../shared/domain/conversation/turn-state.ts';
import { recordAnswer } from '../../shared/use-cases/conversation/record-answer.ts';
import { releaseDeferred } from '../../shared/use-cases/holding-back/release-deferred.ts';
import { askForPriceReport } from '../../shared/use-cases/prices/report-prices.ts';
import { aConversation } from './builders.ts';
import { aWorld } from './world.ts';

/** Everything that answers a text, behind the limit of its length, with every command that there is. */
export async function responding() {
  const world = aWorld();
  const conversation = aConversation();
  await world.knows(conversation);
  const deps = {
    ...world,
    defaultTimeZone: 'UTC',
    // Parsers are asked beyond what people may say: they hold by themselves.
    longestSaid: Number.POSITIVE_INFINITY,
    releaseDeferred: releaseDeferred(world),
    askForPriceReport: askForPriceReport(world),
  };
  const commands = storeCommands(deps);
  const respondTo = respond({
    ...deps,
    answer: answer({ ...deps, commands, dialogs: dialogCommands }),
    dialogs: loadDialogs,
    recordAnswer: recordAnswer(world),
  });
  let turns = 0;
  return Object.assign(
    (text: string, state: TurnState) => {
      turns += 1;
      const id = `turn-${turns}`.padEnd(43, 'x');
      return respondTo({ id, at: world.clock.now(), conversation, text, locale: 'en' }, { state });
    },
    {
      commands: ['help', 'topics', 'subscribe', 'unsubscribe', 'subscriptions', 'status'].concat(
        commands.map(({ name }) => name),
      ),
    },
  );
}
