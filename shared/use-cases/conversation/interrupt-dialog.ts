import type { Telling } from '../../catalog/frame.ts';
import type { Reachable } from '../../domain/conversation/conversation.ts';
import { isBusy } from '../../domain/conversation/dialog-status.ts';
import { turnPlaceIn } from '../../domain/conversation/reach.ts';
import {
  type Interruption,
  isBeingSaid,
  markedSeen,
  popped,
  pushed,
  statusOf,
  type TurnState,
} from '../../domain/conversation/turn-state.ts';
import { defined } from '../../domain/defined.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { type Duration, type Instant, seconds } from '../../domain/time.ts';
import { wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import { LOST, racing } from '../../ports/race.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { interruptingMessage, promptOf, type Shown } from './interruption-words.ts';

/** Lost races before the interruption comes back later by itself. */
const MOST_RACES = 10;

/** So soon it is tried again when the person's own turn is being answered at this moment. */
const SHORTLY: Duration = seconds(1);

export interface InterruptDeps {
  readonly turns: TurnStore;
  readonly clock: Clock;
  readonly dialogIdle: Duration;
}

export interface ToInterrupt {
  readonly conversation: Reachable;
  readonly shown: Omit<Shown, 'below'>;
  /** Makes the one request; refuses what is too large before. */
  readonly send: (telling: Telling) => Promise<Answer>;
}

export type InterruptDialog = (interruption: ToInterrupt) => Promise<Answer>;

/**
 * Brings a notification into a personal conversation on top of whatever the person is doing there: pushes it, and then
 * shows it.
 *
 * | What became of the request | The stack |
 * |---|---|
 * | sent | it stays, marked as seen: no repeat shows it again |
 * | surely not sent | popped; the next attempt pushes anew |
 * | unknown | it stays; the next attempt, if there is one, shows the same once more |
 *
 * A worker that dies in between leaves it pushed, which is the last row. Throws `StoreUnavailable` before the request
 * only.
 */
export function interruptDialog(deps: InterruptDeps): InterruptDialog {
  return async ({ conversation, shown, send }) => {
    const place = turnPlaceIn(conversation);
    const { notification } = shown;
    const answered = await racing<Answer>(MOST_RACES, async () => {
      const { state, tag } = await deps.turns.loadTurns(place);
      const now = deps.clock.now();
      // Only the record of it is missing.
      if (state.seen.includes(notification)) return { kind: 'sent' };
      if (mustWait(state, notification, now, deps.dialogIdle) || isBeingSaid(state, now)) return notNow();

      const found = state.interruptions.find((one) => one.notification === notification);
      const below = titleBelow(state, shown);
      const full = { ...shown, ...defined({ below }) };
      if (found !== undefined) return show(found, send(interruptingMessage(full)));

      const interruption: Interruption = {
        notification,
        pushedAt: now,
        prompt: promptOf(full),
        ...defined({ choices: shown.question?.choices }),
      };
      const saved = await deps.turns.saveTurns(place, pushed(state, interruption), tag);
      return saved === 'lost' ? LOST : show(interruption, send(interruptingMessage(full)));
    });
    return answered === LOST ? notNow() : answered;

    async function show(interruption: Interruption, request: Promise<Answer>): Promise<Answer> {
      const shownAt = deps.clock.now();
      const { pushedAt } = interruption;
      const answer = await request;
      if (answer.kind === 'sent') {
        await settle((state) => markedSeen(state, notification, { pushedAt, shownAt }));
      } else if (answer.kind !== 'failed' || answer.surelyNotSent) {
        await settle((state) => popped(state, notification, pushedAt));
      }
      return answer;
    }

    /** What the request came to must not become unknown again: a store that is away changes nothing about it. */
    async function settle(change: (state: TurnState) => TurnState): Promise<void> {
      try {
        await racing(MOST_RACES, async () => {
          const { state, tag } = await deps.turns.loadTurns(place);
          return (await deps.turns.saveTurns(place, change(state), tag)) === 'lost' ? LOST : undefined;
        });
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable)) throw cause;
        // Left pushed: a repeat shows it once more, and the person can end it either way.
      }
    }
  };
}

/** An interruption that meets another one waits for it, as the policy says; this one came in between. */
function mustWait(state: TurnState, own: NotificationId, now: Instant, idle: Duration): boolean {
  const others = state.interruptions.some(({ notification }) => notification !== own);
  return others && isBusy(statusOf(state), now, idle);
}

function titleBelow(
  state: TurnState,
  { notification: own, locale }: ToInterrupt['shown'],
): string | undefined {
  if (state.dialog !== undefined) return state.dialog.title;
  return state.interruptions.some(({ notification }) => notification !== own)
    ? wordsFor(locale).interruptions.titles.earlierQuestion
    : undefined;
}

/** Nothing was sent and nothing was changed: it comes back. */
export function notNow(): Answer {
  return {
    kind: 'failed',
    code: 'turn-under-way',
    status: 412,
    retryAfter: SHORTLY,
    surelyNotSent: true,
  };
}
