import type { Conversation } from '../../domain/conversation/conversation.ts';
import { placeKeyOf, turnPlaceIn } from '../../domain/conversation/reach.ts';
import { placeOfThread } from '../../domain/conversation/thread.ts';
import { statusOf } from '../../domain/conversation/turn-state.ts';
import { defined } from '../../domain/defined.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { Pace } from '../../ports/delivery/pace.ts';
import type { MergeAddressees } from '../conversation/merge-addressees.ts';
import { digestBefore, lookAtDigest } from '../holding-back/behind-digest.ts';
import type { StillSubscribed } from '../holding-back/still-subscribed.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { aheadOf } from '../living/note-state.ts';
import type { Decision, HoldingSettings, Known } from './decision.ts';

export interface LookDeps {
  readonly merge: MergeAddressees;
  readonly addressees: Pick<AddresseeStore, 'findPlace'>;
  readonly turns: Pick<TurnStore, 'loadTurns'>;
  readonly ledger: Pick<Ledger, 'findDesk' | 'findOutcome' | 'findDelivery'>;
  readonly kinds: Pick<AllKinds, 'stillWanted'>;
  readonly pace: Pace;
  readonly stillSubscribed: StillSubscribed;
  readonly holding: Pick<HoldingSettings, 'entryOf'>;
}

/** What a look adds to what is known. */
export type Facts = Partial<Omit<Known, 'answered'>>;

/** Finds out what a decision has to know. Throws `StoreUnavailable`. */
export async function lookAt(
  deps: LookDeps,
  at: Extract<Decision, { readonly do: 'look' }>['at'],
  known: Known,
): Promise<Facts> {
  const { call, notification, row } = known;
  switch (at) {
    case 'outcome':
      return { isSettled: (await deps.ledger.findOutcome(call)) !== undefined };
    case 'desk': {
      const seen = await deps.ledger.findDesk(call.conversation);
      const isChat = seen.conversation?.conversationType === 'personal';
      const found = isChat ? seen : await withPlace(deps, seen);
      const desk = found.reach === undefined ? found : await whereNamed(deps, notification, found);
      const unwanted = await deps.kinds.stillWanted('always', notification, call.conversation);
      // From here on the call is of the row's version.
      const version = row?.version ?? call.version;
      return { desk, isMeant: unwanted === undefined, call: { ...call, version } };
    }
    case 'wish': {
      const { conversation } = atDesk(known).desk;
      const wanted = await deps.stillSubscribed(conversation, [notification]);
      return { isWanted: wanted.has(notification.id) };
    }
    case 'digest': {
      const notification = digestBefore(known, deps.holding.entryOf);
      if (notification === undefined) return { before: { isOver: true } };
      const id = { notification, conversation: call.conversation };
      return { before: await lookAtDigest(deps, id, known.now) };
    }
    case 'key':
      return { ahead: await aheadOf(deps, known) };
    case 'turn':
      return { turn: await deps.pace.takeTurn(atDesk(known).desk.conversation.tenant, call.slotAt) };
  }
}

/** The desk of a thread that the former release kept a record of: from now on it is its place's. */
async function withPlace({ merge }: Pick<LookDeps, 'merge'>, desk: DeliveryDesk): Promise<DeliveryDesk> {
  const thread = desk.conversation;
  const place = thread && placeOfThread(thread);
  if (thread === undefined || place === undefined) return desk;
  await merge(thread.key, place.key, { latest: place.key, locale: thread.locale ?? 'en' });
  return { ...desk, belongsTo: place.key };
}

/**
 * The desk with the conversation that the notification names, where the person has several: theirs is one delivery, and it
 * goes into the first one named. Where that one is gone they are told as ever, and so where their own key names them.
 */
async function whereNamed(
  { addressees, turns }: Pick<LookDeps, 'addressees' | 'turns'>,
  { to }: Notification,
  desk: DeliveryDesk,
): Promise<DeliveryDesk> {
  const { conversation, reach, dialog: _elsewhere, ...rest } = desk;
  if (conversation === undefined || reach === undefined) return desk;
  const live = reach.places.filter(({ isGone }) => isGone !== true).map(({ key }) => key);
  const named = to
    .flatMap((entry) => ('conversation' in entry ? [entry.conversation] : []))
    .filter((key) => key !== conversation.key);
  const place = named.map((key) => live.find((one) => one === key)).find((key) => key !== undefined);
  if (place === undefined || place === placeKeyOf(conversation)) return desk;
  const kept = await addressees.findPlace(conversation.key, place);
  if (kept === undefined) return desk;
  const { suppressed } = conversation;
  const there: Conversation = {
    ...kept,
    key: conversation.key,
    ...defined({ suppressed }),
  };
  const { state, tag } = await turns.loadTurns(turnPlaceIn(there));
  return {
    ...rest,
    reach,
    conversation: there,
    ...(tag === undefined ? {} : { dialog: statusOf(state) }),
  };
}

export type AtDesk = Known & { readonly desk: DeliveryDesk & { readonly conversation: Conversation } };

/** No step lets a delivery go on past the person's desk without a conversation. */
export function atDesk(known: Known): AtDesk {
  if (known.desk?.conversation === undefined) throw new Error('the desk was not looked at');
  // The compiler does not see into `desk`.
  return known as AtDesk;
}
