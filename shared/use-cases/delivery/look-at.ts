import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { DeliveryDesk, Ledger } from '../../ports/delivery/ledger.ts';
import type { Pace } from '../../ports/delivery/pace.ts';
import type { StillSubscribed } from '../holding-back/still-subscribed.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import type { Decision, Known } from './decision.ts';

export interface LookDeps {
  readonly ledger: Pick<Ledger, 'desk' | 'result'>;
  readonly kinds: Pick<AllKinds, 'stillWanted'>;
  readonly pace: Pace;
  readonly stillSubscribed: StillSubscribed;
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
      return { isSettled: (await deps.ledger.result(call)) !== undefined };
    case 'desk': {
      const desk = await deps.ledger.desk(call.conversation);
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
    case 'turn':
      return { turn: await deps.pace.takeTurn(atDesk(known).desk.conversation.tenant, call.slotAt) };
  }
}

export type AtDesk = Known & { readonly desk: DeliveryDesk & { readonly conversation: Conversation } };

/** No step lets a delivery go on past the person's desk without a conversation. */
export function atDesk(known: Known): AtDesk {
  if (!isAtDesk(known)) throw new Error('the desk was not looked at');
  return known;
}

function isAtDesk(known: Known): known is AtDesk {
  return known.desk?.conversation !== undefined;
}
