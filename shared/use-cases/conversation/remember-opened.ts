import {
  type Conversation,
  keyOf,
  type Reachable,
  type SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import { type PersonalPlace, placeKeyOf } from '../../domain/conversation/reach.ts';
import { defined } from '../../domain/defined.ts';
import type { InPlaceOf } from '../../domain/delivery/learned.ts';
import { believedAccount, namesOf, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import { forgottenLately } from '../privacy/forgotten-lately.ts';
import { homeOf } from './find-addressee.ts';
import type { ReachDeps } from './meet-addressee.ts';
import type { MergeAddressees } from './merge-addressees.ts';
import { moveReach } from './move-reach.ts';

export interface OpenedDeps extends ReachDeps {
  readonly conversations: ConversationStore;
  readonly merge: MergeAddressees;
  /** Somebody who asked to be forgotten while this was under way is not remembered by it. */
  readonly tombstones?: Pick<Tombstones, 'findTombstone'>;
  readonly vouching: Vouching;
}

/** Whose a conversation is that the channel has opened with somebody. */
export type Opened =
  /** Theirs, and it leads to them from now on. */
  | { readonly kind: 'theirs'; readonly conversation: Reachable }
  /** Another look at the addressee finds where they are told now. */
  | { readonly kind: 'moved' }
  /** Theirs, and they have said since that they want nothing there. */
  | { readonly kind: 'suppressed'; readonly reason: Exclude<SuppressionReason, 'gone'> }
  /** Of somebody who asked to be forgotten: nothing is remembered. */
  | { readonly kind: 'forgotten' };

/**
 * Remembers a conversation that the channel has opened with the person of `old`. Everything that they want stays where it is.
 *
 * Order of writes: the new conversation leads to the addressee -> what leads to it -> which conversations there are -> the
 * record -> the person. May be repeated. Throws `StoreUnavailable`.
 */
export type RememberOpened = (
  old: Conversation,
  conversationId: string,
  inPlaceOf: InPlaceOf,
) => Promise<Opened>;

export function rememberOpened(deps: OpenedDeps): RememberOpened {
  const move = moveReach(deps);

  return async (old, conversationId, inPlaceOf) => {
    const opened = openedFrom(old, conversationId, deps.clock.now());
    if (conversationId === old.conversationId) return { kind: 'theirs', conversation: opened };
    if (await isForgotten(deps, old)) return { kind: 'forgotten' };
    const key = keyOf(opened);
    const { key: owner, looked } = await homeOf(deps.addressees, key);
    if (owner !== old.key && key !== old.key && looked.record !== undefined) {
      // The channel gives the conversation that there is, and the person may have said since that they want nothing there.
      const { suppressed } = looked.record;
      if (suppressed !== undefined && suppressed !== 'gone')
        return { kind: 'suppressed', reason: suppressed };
      await unite(old, { ...looked.record, key: owner }, conversationId);
      return { kind: 'moved' };
    }
    if (key !== old.key && (await deps.addressees.leadToAddressee(key, old.key)) !== old.key)
      return { kind: 'moved' };
    const isGone = (place: PersonalPlace) => inPlaceOf === 'all' || place.key === placeKeyOf(old);
    await move(old.key, { opened, isGone });
    await rememberPerson(opened);
    return { kind: 'theirs', conversation: opened };
  };

  /** The conversation was somebody's own, who is the same person. */
  async function unite(old: Conversation, other: Conversation, conversationId: string): Promise<void> {
    const [one, two] = await Promise.all([old.key, other.key].map((key) => homeOf(deps.addressees, key)));
    if (one === undefined || two === undefined || one.key === two.key) return;
    const isOlder = (one.looked.record?.capturedAt ?? 0) <= (two.looked.record?.capturedAt ?? 0);
    const [into, from] = isOlder ? [one.key, two.key] : [two.key, one.key];
    await deps.merge(from, into, { latest: into, locale: other.locale ?? 'en' });
    const opened: Reachable = { ...other, conversationId };
    await move(into, { opened, isGone: (place) => place.key === placeKeyOf(old) });
  }

  async function rememberPerson(opened: Reachable): Promise<void> {
    const user = believedAccount(opened.user, opened, deps.vouching);
    if (user === undefined) return;
    const { channelId, serviceUrl, bot, tenantId, key: personal, changedAt: metAt } = opened;
    const tenant = defined({ tenantId });
    await deps.conversations.savePerson(
      { channelId, serviceUrl, bot, user, personal, metAt, ...tenant },
      proofsOf(user, opened, deps.vouching),
    );
  }
}

/** Whether the person of a conversation asked to be forgotten a short time ago. Throws `StoreUnavailable`. */
export async function isForgotten(
  { tombstones, vouching }: Pick<OpenedDeps, 'tombstones' | 'vouching'>,
  conversation: Conversation,
): Promise<boolean> {
  const user = believedAccount(conversation.user, conversation, vouching);
  if (tombstones === undefined || user === undefined) return false;
  const persons = namesOf(user, conversation, vouching);
  return (await forgottenLately(tombstones, { persons })).length > 0;
}

function openedFrom(old: Conversation, conversationId: string, now: number): Reachable {
  const { suppressed: _over, ...rest } = old;
  return { ...rest, conversationId, conversationType: 'personal', changedAt: now };
}
