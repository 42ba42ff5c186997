import type { Conversation } from '../domain/conversation.ts';
import { Outcome, type OutcomeReason } from '../domain/delivery.ts';
import type { Notification } from '../domain/notification.ts';
import type { Instant } from '../domain/time.ts';

export type PolicyDecision =
  | { readonly kind: 'send'; readonly conversation: Conversation }
  | { readonly kind: 'final'; readonly outcome: Outcome; readonly reason?: OutcomeReason };

/** Whether a notification may be sent into a conversation now. Asked each time, right before the claim. */
export function decidePolicy(
  notification: Notification,
  conversation: Conversation | undefined,
  now: Instant,
): PolicyDecision {
  const { expiresAt } = notification.delivery;
  if (expiresAt !== undefined && now >= expiresAt) return { kind: 'final', outcome: Outcome.expired };
  // It was there when it was addressed: the person asked to be forgotten since.
  if (conversation === undefined) return { kind: 'final', outcome: Outcome.suppressed, reason: 'forgotten' };
  switch (conversation.suppressed) {
    case undefined:
      return { kind: 'send', conversation };
    case 'gone':
      return { kind: 'final', outcome: Outcome.rejected, reason: 'gone' };
    default:
      return { kind: 'final', outcome: Outcome.suppressed, reason: conversation.suppressed };
  }
}
