import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import { type ForgetConversation, liftTombstones } from './forget-conversation.ts';
import { forgottenLately } from './forgotten-lately.ts';

/** A sign of somebody of whom nothing, or not all, is known. */
export interface SignOfLife {
  readonly conversation: ConversationKey;
  /** Every name of the person, see `namesOf`; none where nobody vouches for them. */
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
    const standing = await forgottenLately(deps.tombstones, { conversation, persons });
    if (standing.length === 0) return 'unknown';
    const isFromBefore = standing.some(
      ({ stone }) =>
        turn === undefined ||
        stone.turn === turn.id ||
        (stone.saidAt !== undefined && turn.saidAt !== undefined && turn.saidAt <= stone.saidAt),
    );
    if (isFromBefore) return 'forgotten';
    for (const { name, stone } of standing) {
      if (stone.request !== undefined) {
        await deps.forget(stone.request);
        await liftTombstones(deps.tombstones, stone.request);
      } else await deps.tombstones.liftTombstone(name);
    }
    return 'back';
  };
}
