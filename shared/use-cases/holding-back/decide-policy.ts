import { type Conversation, canBeOpenedAnew } from '../../domain/conversation/conversation.ts';
import { isBusy } from '../../domain/conversation/dialog-status.ts';
import { isMuted } from '../../domain/conversation/preferences.ts';
import {
  type DeferralReason,
  type DeliveryRow,
  Outcome,
  type OutcomeReason,
} from '../../domain/delivery/delivery.ts';
import { burstUntil, type RateLimit } from '../../domain/delivery/pace.ts';
import { DeliveryMode, type Notification } from '../../domain/event/notification.ts';
import { type Duration, type Instant, isFarAhead } from '../../domain/time.ts';
import { entryOf } from '../../kinds/catalog.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import { quietUntil, zoneOf } from './quiet-hours.ts';

/** Why a delivery may not go out yet, and until when at most. */
export interface Hold {
  readonly kind: 'hold';
  readonly reason: DeferralReason;
  readonly until: Instant;
  /** The deadline of one that waits for a dialog. */
  readonly waitUntil?: Instant;
}

export type PolicyDecision =
  | { readonly kind: 'send'; readonly conversation: Conversation }
  | Hold
  | { readonly kind: 'final'; readonly outcome: Outcome; readonly reason?: OutcomeReason };

/** The settings by which messages are held back. */
export interface HoldingSettings {
  readonly burst: RateLimit;
  readonly dialogIdle: Duration;
  readonly defaultTimeZone: string;
}

/** What is to be decided about. */
export interface Asked {
  readonly notification: Notification;
  /** Absent when nobody has looked at the delivery yet. */
  readonly row: DeliveryRow | undefined;
  readonly desk: DeliveryDesk;
  readonly now: Instant;
}

/** Whether a notification may be sent into a conversation now. Asked each time, right before the claim. */
export function decidePolicy(asked: Asked, settings: HoldingSettings): PolicyDecision {
  const decided = decideAlone(asked, settings);
  if (decided.kind !== 'send' || !countsForBurst(asked.notification)) return decided;
  const until = burstUntil(asked.desk.windows, settings.burst, asked.now);
  return until > asked.now ? hold(asked, 'burst', until) : decided;
}

/** The same for one that becomes part of a digest, which the burst guard looks at as a whole. */
export function decideAlone(asked: Asked, settings: HoldingSettings): PolicyDecision {
  const { notification, desk, now } = asked;
  const { expiresAt, urgent } = notification.delivery;
  const { conversation, preferences } = desk;
  if (expiresAt !== undefined && now >= expiresAt) return { kind: 'final', outcome: Outcome.expired };
  // It was there when it was addressed: the person asked to be forgotten since.
  if (conversation === undefined) return { kind: 'final', outcome: Outcome.suppressed, reason: 'forgotten' };
  if (conversation.suppressed === 'gone') {
    // The person moved on after this was addressed: they are told in the conversation that took its place.
    if (!canBeOpenedAnew(conversation)) return { kind: 'final', outcome: Outcome.rejected, reason: 'gone' };
  } else if (conversation.suppressed !== undefined) {
    return { kind: 'final', outcome: Outcome.suppressed, reason: conversation.suppressed };
  }
  const entry = entryOf(notification.type);
  if (entry?.askedFor === true) return { kind: 'send', conversation };

  if (!urgent && isMuted(preferences, entry?.topicOf?.(notification.data), now)) {
    return { kind: 'final', outcome: Outcome.suppressed, reason: 'muted' };
  }
  // A deadline that has passed stands above quiet hours: it would pass once more.
  const waiting = waitFor(asked, conversation, settings);
  if (waiting === 'dropped') return { kind: 'final', outcome: Outcome.dropped };
  if (!urgent && preferences.quietHours !== undefined) {
    const zone = zoneOf(preferences, conversation, settings.defaultTimeZone);
    const until = quietUntil(preferences.quietHours, zone, now);
    if (until !== undefined) return hold(asked, 'quiet-hours', until);
  }
  return waiting ?? { kind: 'send', conversation };
}

/** Whether the burst guard counts it, and holds it back: neither urgent ones nor those that the person asked for. */
export function countsForBurst({ type, delivery }: Notification): boolean {
  return !delivery.urgent && entryOf(type)?.askedFor !== true;
}

/** Dialogs are a matter of personal conversations: in groups nothing waits for one. */
function waitFor(
  asked: Asked,
  conversation: Conversation,
  { dialogIdle }: HoldingSettings,
): Hold | 'dropped' | undefined {
  const { notification, row, desk, now } = asked;
  const { dialog } = desk;
  if (conversation.conversationType !== 'personal' || dialog === undefined) return undefined;
  if (!isBusy(dialog, now, dialogIdle)) return undefined;
  const { mode, maxWait, onDeadline } = notification.delivery;
  const idleAt = dialog.lastSpokenAt + dialogIdle;
  if (mode === DeliveryMode.interrupt) {
    // It does not wait for a dialog, but for the one that another notification began.
    const isAnothers = dialog.interruption !== undefined && dialog.interruption !== notification.id;
    return isAnothers ? hold(asked, 'waiting', idleAt) : undefined;
  }
  if (mode !== DeliveryMode.wait) return undefined;
  const latest = now + maxWait;
  // Later than it can have been set, it is set anew.
  const waitUntil =
    row?.waitUntil === undefined || isFarAhead(row.waitUntil, latest) ? latest : row.waitUntil;
  if (now >= waitUntil) return onDeadline === 'drop' ? 'dropped' : undefined;
  return { ...hold(asked, 'waiting', Math.min(waitUntil, idleAt)), waitUntil };
}

/** One that expires while it is held back is looked at when it does. */
function hold({ notification }: Asked, reason: DeferralReason, until: Instant): Hold {
  const { expiresAt } = notification.delivery;
  return { kind: 'hold', reason, until: Math.min(until, expiresAt ?? until) };
}
