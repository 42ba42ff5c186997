import { loadDialogs } from '../../shared/chat/dialogs/dialogs.ts';
import { respond } from '../../shared/chat/respond.ts';
import type { TurnState } from '../../shared/domain/conversation/turn-state.ts';
import { recordAnswer } from '../../shared/use-cases/conversation/record-answer.ts';
import { aConversation } from './builders.ts';
import { everyCommand } from './every-command.ts';
import { aWorld } from './world.ts';

/** Everything that answers a text, behind the limit of its length, with every command that there is. */
export async function responding() {
  const world = aWorld();
  const conversation = aConversation();
  await world.knows(conversation);
  const { deps, answer, names } = everyCommand(world);
  const respondTo = respond({
    ...deps,
    answer,
    dialogs: loadDialogs,
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
