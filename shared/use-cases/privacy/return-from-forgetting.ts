import { groupForgetId } from '../../domain/conversation/forgetting.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import { type ForgetConversation, liftTombstones } from './forget-conversation.ts';

/** A sign of somebody of whom nothing, or not all, is known. */
export interface SignOfLife {
  readonly conversation: ConversationKey;
  readonly persons: readonly PersonKey[];
  /** The person themselves turned to the bot, in this turn. */
  readonly turn?: { readonly id: string; readonly saidAt?: Instant };
}

/**
 * `unknown`: nobody asked to be forgotten there. `back`: the person did, and turned to the bot again since; nothing of
 * before is left. `forgotten`: they did, and what comes in is from before, or not from them: nothing may be kept of it.
 */
export type ReturnFromForgetting = (sign: SignOfLife) => Promise<'unknown' | 'back' | 'forgotten'>;

/**
 * Whoever turns to the bot again consents anew: they are a new person, and the tombstone goes. Before that, what is left
 * of the old one is removed. Throws `StoreUnavailable`.
 */
export function returnFromForgetting(deps: {
  readonly tombstones: Tombstones;
  readonly forget: ForgetConversation;
}): ReturnFromForgetting {
  return async ({ conversation, persons, turn }) => {
    const names = [conversation, groupForgetId(conversation, persons), ...persons];
    const stones = (await Promise.all(names.map((name) => deps.tombstones.find(name)))).filter(
      (stone) => stone !== undefined,
    );
    if (stones.length === 0) return 'unknown';
    const isFromBefore = stones.some(
      (stone) =>
        turn === undefined ||
        stone.turn === turn.id ||
        (stone.saidAt !== undefined && turn.saidAt !== undefined && turn.saidAt <= stone.saidAt),
    );
    if (isFromBefore) return 'forgotten';
    for (const { request } of stones) {
      if (request === undefined) continue;
      await deps.forget(request);
      await liftTombstones(deps.tombstones, request);
    }
    for (const person of persons) await deps.tombstones.lift(person);
    return 'back';
  };
}
