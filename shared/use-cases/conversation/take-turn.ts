import type { Reply } from '../../domain/conversation/reply.ts';
import {
  allSaid,
  beingSaid,
  isSaying,
  type TurnRecord,
  type TurnState,
  withTurn,
} from '../../domain/conversation/turn-state.ts';
import { defined } from '../../domain/defined.ts';
import {
  type Duration,
  type Instant,
  isFarAhead,
  milliseconds,
  minutes,
  seconds,
} from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LoadedTurns, TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Log } from '../../ports/log.ts';
import { sayReplies, type TurnToSay } from './say-replies.ts';

/** What a turn comes to, decided on the state as it was read. */
export interface Thought {
  readonly state: TurnState;
  readonly replies: readonly Reply[];
}

export interface TurnToTake extends TurnToSay {
  readonly at: Instant;
  /**
   * Of a pressed button, whose press may come again as another activity: what it is known by, and what to say when it was
   * answered a while before.
   */
  readonly press?: { readonly key: string; readonly answeredBefore: Reply };
  /**
   * Decides. Runs again, on fresh state, whenever somebody else wrote meanwhile, so whatever it makes it makes under
   * an id that follows from the turn's.
   */
  readonly think: (loaded: LoadedTurns) => Promise<Thought>;
  /** What there is to say when the state could not be had for oneself. */
  readonly sayAgain: Reply;
}

export interface TurnTaken {
  /** `repeated`: the activity, or the press, was answered before; what was left unsaid was said, and nothing else. */
  readonly kind: 'decided' | 'repeated' | 'gave-up';
  /** Messages that were sent. */
  readonly said: number;
}

export type TakeTurn = (turn: TurnToTake) => Promise<TurnTaken>;

/** Turns that meet at one state: each loss means that another one got through. */
const MOST_RACES = 12;
/** A repeat that meets the first try looks again so often, each time after a short while. */
const MOST_LOOKS = 20;
const SHORT_WHILE: Duration = milliseconds(250);
/**
 * So long a press is the one that was. Teams sends one that is answered late up to four times within a minute, the last
 * two under ids of their own, and people press twice; whoever presses later means it.
 */
const SAME_PRESS: Duration = seconds(90);
/** Who presses twice in this time is told nothing more: the answer is the last thing that they see. */
const DOUBLE_PRESS: Duration = seconds(5);
/** What a process that died had not said is said with the next turn, unless it is too old to make sense. */
const STALE: Duration = minutes(10);

/**
 * The same activity came again while its first try still says its answers. Not acknowledging it makes the channel send
 * it once more.
 */
export class TurnUnderWay extends Error {
  readonly code = 'turn-under-way';

  constructor() {
    super('the activity is being answered by another process; it has to come again');
    this.name = 'TurnUnderWay';
  }
}

/**
 * Takes a person's turn as a transaction: what it changes, what it says and the id of the activity are stored together,
 * and then the replies are sent in order, each ticked off.
 *
 * | The process dies | The activity comes again | It does not |
 * |---|---|---|
 * | before the save | the turn is taken | the person says it again |
 * | after it | what is unsaid is said | it is said before the person's next answer |
 * | between a reply and its tick | that one reply is said again | as above |
 *
 * Throws `StoreUnavailable` before anything was decided, and `TurnUnderWay`.
 */
export function takeTurn(deps: {
  readonly turns: TurnStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Waits a short while. */
  readonly wait: (delay: Duration) => Promise<unknown>;
}): TakeTurn {
  const sayAll = sayReplies(deps);

  return async (turn) => {
    let loaded = await deps.turns.loadTurns(turn.place);
    let looks = 0;
    for (let race = 0; race < MOST_RACES; ) {
      const known = knownTurn(turn, loaded.state);
      if (known !== undefined && known.sayingUntil === undefined) {
        return { kind: 'repeated', said: await sayWhy(turn, known, loaded.state) };
      }
      if (known !== undefined && isSaying(known, deps.clock.now())) {
        // The first press has its answer in a moment, and would come again if it had not.
        if (known.id !== turn.id) return { kind: 'repeated', said: 0 };
        looks += 1;
        if (looks > MOST_LOOKS) throw new TurnUnderWay();
        await deps.wait(SHORT_WHILE);
        loaded = await deps.turns.loadTurns(turn.place);
        continue;
      }
      const next =
        known === undefined
          ? await decided(turn, loaded)
          : withTurn(loaded.state, beingSaid(known, deps.clock.now()));
      if (next === undefined) return { kind: 'decided', said: 0 };
      const saved = await deps.turns.saveTurns(turn.place, next, loaded.tag);
      if (saved !== 'lost') {
        const one = known === undefined ? turn : { ...turn, id: known.id };
        const said = await sayAll(one, { state: next, tag: saved.tag });
        return { kind: known === undefined ? 'decided' : 'repeated', said };
      }
      race += 1;
      loaded = await deps.turns.loadTurns(turn.place);
    }
    deps.log.warn('turn.gave-up', { conversation: turn.place.conversation });
    await turn.say(turn.sayAgain);
    return { kind: 'gave-up', said: 1 };
  };

  /** What is said to a press that was answered before; nothing to the same activity, or to a second tap. */
  async function sayWhy(turn: TurnToTake, known: TurnRecord, { turns }: TurnState): Promise<number> {
    if (turn.press === undefined || known.id === turn.id) return 0;
    if (turns.at(-1)?.id === known.id && turn.at - known.at < DOUBLE_PRESS) return 0;
    return (await turn.say(turn.press.answeredBefore)) === 'refused' ? 0 : 1;
  }

  /** The state as the turn leaves it; `undefined` when it changes and says nothing. */
  async function decided(turn: TurnToTake, loaded: LoadedTurns): Promise<TurnState | undefined> {
    const now = deps.clock.now();
    const thought = await turn.think(loaded);
    const left = loaded.state.turns.filter((one) => one.sayingUntil !== undefined && !isSaying(one, now));
    const unsaid = left.flatMap(({ at, replies, said }) => (at + STALE > now ? replies.slice(said) : []));
    const replies = [...unsaid, ...thought.replies];
    if (replies.length === 0 && left.length === 0 && thought.state === loaded.state) return undefined;
    const others = left.reduce((state, one) => withTurn(state, allSaid(one)), thought.state);
    const press = defined({ press: turn.press?.key });
    const record = { id: turn.id, at: turn.at, ...press, replies, said: 0 };
    return withTurn(others, replies.length === 0 ? record : beingSaid(record, now));
  }
}

/** The turn as it was taken before: by its activity, else by its press, unless a machine with a wrong clock took that. */
function knownTurn({ id, at, press }: TurnToTake, { turns }: TurnState): TurnRecord | undefined {
  const isSamePress = (one: TurnRecord) =>
    one.press !== undefined &&
    one.press === press?.key &&
    at - one.at < SAME_PRESS &&
    !isFarAhead(one.at, at);
  return turns.find((one) => one.id === id) ?? turns.findLast(isSamePress);
}
