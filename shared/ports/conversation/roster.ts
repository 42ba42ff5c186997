import type { ConversationReference } from '../../domain/conversation/conversation.ts';
import type { ToldNames } from '../../domain/identity/told-names.ts';
import type { Duration } from '../../domain/time.ts';

/** Somebody as the channel's roster of a conversation names them. */
export interface RosterMember extends ToldNames {
  readonly id: string;
  readonly aadObjectId?: string;
  /** The roster says that the team is theirs. */
  readonly isOwner: boolean;
}

/**
 * `none`: the channel has no such roster, or nobody of that id in it. `away`: it may be asked again;
 * `retryAfter` where nobody is to be asked of before.
 */
export type RosterAnswer<Told> =
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'none' }
  | { readonly kind: 'away'; readonly retryAfter?: Duration };

type Place = Pick<ConversationReference, 'channelId' | 'serviceUrl'> & { readonly conversationId: string };

/** Asks a channel who is in a conversation: one request a call, never a retry. Throws for bugs alone. */
export interface Roster {
  member(place: Place, id: string): Promise<RosterAnswer<RosterMember>>;

  /** Who owns the team, as far as the roster says; it is read to a bound, and no further than where it is said. */
  owners(place: Place): Promise<RosterAnswer<readonly RosterMember[]>>;
}
