import type { ConversationKey } from '../../domain/ids.ts';
import type { Living, LivingId } from '../../domain/living/living.ts';

/**
 * The rows of keys, in the partition of the addressee. One that is written together with a claim is written by the
 * ledger. Every method may throw `StoreUnavailable`.
 */
export interface LivingStore {
  findLiving(id: LivingId): Promise<Living | undefined>;

  /** The rows of all keys of one addressee, in no particular order. */
  livingsOf(conversation: ConversationKey): Promise<readonly Living[]>;

  /** Writes the row if `etag` is still the stored one (absent: must not exist): the row with its new tag, or `lost`. */
  changeLiving(living: Living): Promise<Living | 'lost'>;
}
