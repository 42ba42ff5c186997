import { placeKeyOf, reachOf, turnPlaceIn } from '../../domain/conversation/reach.ts';
import { wordsFor } from '../../locale/words.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { ReachDeps } from '../../use-cases/conversation/meet-addressee.ts';
import { moveReach } from '../../use-cases/conversation/move-reach.ts';
import type { ReleaseDeferred } from '../../use-cases/holding-back/release-deferred.ts';
import type { Command } from './command.ts';

/** `notify me here`: of several conversations of a person this one is where they are told. */
export function notifyMeHere(
  deps: ReachDeps & { readonly turns: TurnStore; readonly releaseDeferred: ReleaseDeferred },
): Command {
  const move = moveReach(deps);
  return {
    name: 'notify me here',
    does: (locale) => wordsFor(locale).commands['notify me here'],
    usage: 'notify me here',
    group: 'quiet',
    said: { de: ['benachrichtige mich hier', 'melde dich hier'] },
    async run({ conversation, locale }) {
      const words = wordsFor(locale).reach;
      const { key } = conversation;
      const here = placeKeyOf(conversation);
      if (conversation.conversationType !== 'personal' || here === undefined) return { text: words.inPlace };
      const { record, reach = reachOf(conversation) } = await deps.addressees.findAddressee(key);
      const kind = reach.places.find((place) => place.key === here)?.kind;
      if (kind === 'copilot') return { text: words.inCopilot };
      const isChosen = reach.chosen === here || reach.places.length < 2;
      if (isChosen && record !== undefined && placeKeyOf(record) === here) return { text: words.already };
      await move(key, { chosen: here });
      await rememberStatus();
      // What waited for a dialog elsewhere need not wait any more.
      await deps.releaseDeferred(key);
      return { text: words.fromNowOn };

      /** What is begun here holds back what is told here. */
      async function rememberStatus(): Promise<void> {
        const place = turnPlaceIn(conversation);
        const { state, tag } = await deps.turns.loadTurns(place);
        // Where somebody writes it at this moment, they write the status as well, or the next turn does.
        if (tag !== undefined) await deps.turns.saveTurns(place, state, tag);
      }
    },
  };
}
