import type { Telling } from '../../catalog/frame.ts';
import type { Reachable } from '../../domain/conversation/conversation.ts';
import { turnPlaceIn } from '../../domain/conversation/reach.ts';
import { isBeingSaid, keptDialog, replacedBy, type TurnState } from '../../domain/conversation/turn-state.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { type Words, wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import { QueueUnavailable } from '../../ports/queues.ts';
import { LOST, racing } from '../../ports/race.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import type { ReleaseDeferred } from '../holding-back/release-deferred.ts';
import { notNow } from './interrupt-dialog.ts';

/** Every loss means that somebody else got through. */
const MOST_RACES = 10;

export interface ToReplace {
  readonly conversation: Reachable;
  readonly notification: NotificationId;
  readonly telling: Telling;
  readonly send: (telling: Telling) => Promise<Answer>;
}

export type ReplaceDialog = (replacement: ToReplace) => Promise<Answer>;

/**
 * Cancels whatever the person is doing with the bot, and then tells them the notification and what was cancelled. What
 * that was is kept, so that a repeat says the same. Throws `StoreUnavailable` before the request only.
 */
export function replaceDialog(deps: {
  readonly turns: TurnStore;
  readonly clock: Clock;
  /** The dialogs are over: what waited for them may go now. */
  readonly releaseDeferred?: ReleaseDeferred;
}): ReplaceDialog {
  return async ({ conversation, notification, telling, send }) => {
    const place = turnPlaceIn(conversation);
    const answered = await racing<Answer>(MOST_RACES, async () => {
      const { state, tag } = await deps.turns.loadTurns(place);
      const at = deps.clock.now();
      if (isBeingSaid(state, at)) return notNow();
      const words = wordsFor(conversation.locale).interruptions;
      const title = titleOf(state, words);
      if (title === undefined) {
        const { replaced } = state;
        const resumed = keptDialog(state, at)?.title;
        return send(
          replaced?.by === notification
            ? replacing(telling, { title: replaced.title, isKept: resumed === replaced.title, words })
            : telling,
        );
      }
      const saved = await deps.turns.saveTurns(
        place,
        replacedBy(state, { by: notification, title, at }),
        tag,
      );
      if (saved === 'lost') return LOST;
      const isKept = state.dialog !== undefined;
      const answer = await send(replacing(telling, { title, isKept, words }));
      if (answer.kind === 'sent') await release(conversation);
      return answer;
    });
    return answered === LOST ? notNow() : answered;
  };

  /** What waited for the dialog may go. What the request came to must not become unknown by it. */
  async function release({ key }: Reachable): Promise<void> {
    try {
      await deps.releaseDeferred?.(key);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable) && !(cause instanceof QueueUnavailable)) throw cause;
      // It goes out when its own time comes.
    }
  }
}

function titleOf(
  { dialog, interruptions }: TurnState,
  { titles }: Words['interruptions'],
): string | undefined {
  return dialog?.title ?? (interruptions.length > 0 ? titles.openQuestion : undefined);
}

/** What a press on the way back says. */
const RESUME = 'resume';

/** The notification itself first and unchanged, then what it put an end to, and the way back to a dialog. */
function replacing(
  telling: Telling,
  ended: { readonly title: string; readonly isKept: boolean; readonly words: Words['interruptions'] },
): Telling {
  const { title, isKept, words } = ended;
  const { remark, buttons = [], suggestions } = telling;
  const cancelled = isKept ? words.cancelledAndKept(title) : words.cancelled(title);
  const back = { title: words.resume(title), command: RESUME };
  return {
    ...telling,
    remark: remark === undefined ? cancelled : `${cancelled}\n\n${remark}`,
    ...(isKept ? { buttons: [...buttons, back] } : {}),
    ...(isKept && suggestions !== undefined ? { suggestions: [...suggestions, RESUME] } : {}),
  };
}
