import type { DialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { respond } from '../../shared/chat/respond.ts';
import type { TurnState } from '../../shared/domain/conversation/turn-state.ts';
import { findTold } from '../../shared/use-cases/conversation/find-told.ts';
import { recordAnswer } from '../../shared/use-cases/conversation/record-answer.ts';
import { aConversation } from './builders.ts';
import { everyCommand } from './every-command.ts';
import { tripBook } from './trip.ts';
import { aWorld, type World } from './world.ts';

/** Everything that answers a text, behind the limit of its length, with every command that a world has. */
export async function responding({
  world = aWorld(),
  dialogs = tripBook,
}: {
  readonly world?: World;
  readonly dialogs?: DialogBook;
} = {}) {
  const conversation = aConversation();
  await world.knows(conversation);
  const { deps, answer, names } = await everyCommand(world, undefined, dialogs);
  const respondTo = respond({
    ...deps,
    answer,
    dialogs,
    told: findTold(world),
    recordAnswer: recordAnswer(world),
    // Parsers are asked beyond what people may say: they hold by themselves.
    longestSaid: Number.POSITIVE_INFINITY,
  });
  let turns = 0;
  return Object.assign(
    (text: string, state: TurnState) => {
      turns += 1;
      const id = `turn-${turns}`.padEnd(43, 'x');
      return respondTo({ id, at: world.clock.now(), conversation, text, locale: 'en' }, { state });
    },
    { commands: names },
  );
}
