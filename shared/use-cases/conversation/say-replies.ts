import type { Reply } from '../../domain/conversation/reply.ts';
import {
  allSaid,
  beingSaid,
  isSaying,
  type OwnCard,
  type TurnPlace,
  type TurnState,
  withCard,
  withTurn,
} from '../../domain/conversation/turn-state.ts';
import { defined } from '../../domain/defined.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LoadedTurns, TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Log } from '../../ports/log.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';

/** A turn whose replies are stored, to be said. */
export interface TurnToSay {
  readonly place: TurnPlace;
  /** The same for the same activity, however often it comes. */
  readonly id: string;
  /** Says one reply; `refused` when the channel will not have it, now or later. */
  readonly say: (reply: Reply) => Promise<Said>;
}

/** What became of a reply; its ids where the channel may change it later. */
export type Said = 'said' | 'refused' | Pick<OwnCard, 'activityId' | 'shownIn'>;

/** Gives how many replies were said. */
export type SayReplies = (
  turn: TurnToSay,
  saved: { readonly state: TurnState; readonly tag: string },
) => Promise<number>;

/** Turns that meet at one state: each loss means that another one got through. */
const MOST_RACES = 12;

/**
 * Says the replies of a turn in order, and ticks each off in the stored state. One process at a time says those of a turn:
 * `sayingUntil` of its record is the claim, and who stood still for longer has to claim the turn again.
 */
export function sayReplies(deps: {
  readonly turns: TurnStore;
  readonly clock: Clock;
  readonly log: Log;
}): SayReplies {
  return async (turn, saved) => {
    const record = saved.state.turns.find(({ id }) => id === turn.id);
    const replies = record?.replies ?? [];
    let current: LoadedTurns = saved;
    let until = record?.sayingUntil;
    let count = 0;
    for (let next = record?.said ?? 0; next < replies.length; next += 1) {
      const reply = replies[next];
      const ours = await stillOurs(turn, current, until);
      // Whoever took over while this process stood still says the rest.
      if (reply === undefined || ours === undefined) break;
      until = ours.until;
      const outcome = await turn.say(reply);
      if (outcome !== 'refused') count += 1;
      // What is refused once is refused again: the rest would be answers to a question that nobody saw.
      const card = outcome === 'refused' ? undefined : ownCard(reply, outcome);
      current = await tick(turn, ours.loaded, {
        said: outcome === 'refused' ? replies.length : next + 1,
        ...defined({ card }),
      });
      if (outcome === 'refused') break;
    }
    return count;
  };

  /**
   * The state under which this process may say the next reply, having said that it does so until `until`. After standing
   * still for longer than that, it has to take the turn for itself again. `undefined` when somebody else has taken it, or
   * when the store cannot say.
   */
  async function stillOurs(
    turn: TurnToSay,
    loaded: LoadedTurns,
    until: Instant | undefined,
  ): Promise<{ readonly loaded: LoadedTurns; readonly until: Instant | undefined } | undefined> {
    const record = loaded.state.turns.find(({ id }) => id === turn.id);
    // So many turns were taken since that nobody else can know it any more.
    if (record === undefined) return { loaded, until };
    if (record.sayingUntil === undefined || record.sayingUntil !== until) return undefined;
    if (isSaying(record, deps.clock.now())) return { loaded, until };
    const again = beingSaid(record, deps.clock.now());
    const next = withTurn(loaded.state, again);
    try {
      const saved = await deps.turns.saveTurns(turn.place, next, loaded.tag);
      if (saved !== 'lost') return { loaded: { state: next, tag: saved.tag }, until: again.sayingUntil };
      return await stillOurs(turn, await deps.turns.loadTurns(turn.place), until);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // Nobody is told twice: what is unsaid is said with the activity's repeat, or with the person's next turn.
      return undefined;
    }
  }

  /** Ticks replies off, on whatever the state has become; gives the state as it was last read or written. */
  async function tick(
    turn: TurnToSay,
    from: LoadedTurns,
    { said, card }: { readonly said: number; readonly card?: OwnCard },
  ): Promise<LoadedTurns> {
    let current = from;
    try {
      for (let race = 0; race < MOST_RACES; race += 1) {
        const record = current.state.turns.find(({ id }) => id === turn.id);
        // So many turns were taken since that nobody can repeat this one any more.
        if (record === undefined) return current;
        const next = withTurn(
          card === undefined ? current.state : withCard(current.state, card),
          said >= record.replies.length ? allSaid(record) : { ...record, said },
        );
        const saved = await deps.turns.saveTurns(turn.place, next, current.tag);
        if (saved !== 'lost') return { state: next, tag: saved.tag };
        current = await deps.turns.loadTurns(turn.place);
      }
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // The person has the reply. They have it once more if the channel repeats the activity, or with their next turn.
    }
    deps.log.warn('turn.unticked', { conversation: turn.place.conversation });
    return current;
  }
}

/** The answer as it is remembered; `undefined` where nothing can become of it. */
function ownCard(
  { about, drawnBy, text, card, lead }: Reply,
  said: Exclude<Said, 'refused'>,
): OwnCard | undefined {
  if (about === undefined || said === 'said') return undefined;
  if (drawnBy !== undefined) return { ...said, about, drawnBy };
  return { ...said, about, said: { text, ...defined({ card, lead }) } };
}
