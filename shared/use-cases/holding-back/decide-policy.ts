import type { EntryOf } from '../../catalog/entry.ts';
import { type Conversation, canBeOpenedAnew } from '../../domain/conversation/conversation.ts';
import { isBusy } from '../../domain/conversation/dialog-status.ts';
import { isMuted } from '../../domain/conversation/preferences.ts';
import { type DeferralReason, type DeliveryRow, Outcome } from '../../domain/delivery/delivery.ts';
import { burstUntil } from '../../domain/delivery/pace.ts';
import { DeliveryMode, type Notification } from '../../domain/event/notification.ts';
import { type Instant, isFarAhead } from '../../domain/time.ts';
import type { DeliveryDesk } from '../../ports/delivery/ledger.ts';
import type { Final, Hold, HoldingSettings } from '../delivery/decision.ts';
import { isForgotten } from '../delivery/is-cancelled.ts';
import { quietUntil, zoneOf } from './quiet-hours.ts';

/** What is to be decided about. */
export interface Asked {
  readonly notification: Notification;
  /** Absent when nobody has looked at the delivery yet. */
  readonly row: DeliveryRow | undefined;
  readonly desk: DeliveryDesk;
  readonly now: Instant;
}

/** How a delivery ends for a reason that needs no request. Asked each time, right before the claim. */
export function endedByPolicy(asked: Asked, settings: HoldingSettings): Final | undefined {
  const { type, data, delivery } = asked.notification;
  const { conversation, preferences } = asked.desk;
  const { expiresAt, urgent } = delivery;
  if (expiresAt !== undefined && asked.now >= expiresAt) return { do: 'final', outcome: Outcome.expired };
  // It was there when it was addressed: the person asked to be forgotten since, and may be back.
  if (conversation === undefined || isForgotten(asked.notification)) return suppressed('forgotten');
  if (conversation.suppressed === 'gone') {
    // The person moved on after this was addressed: they are told in the conversation that took its place.
    if (!canBeOpenedAnew(conversation)) return { do: 'final', outcome: Outcome.rejected, reason: 'gone' };
  } else if (conversation.suppressed !== undefined) return suppressed(conversation.suppressed);
  const entry = settings.entryOf(type);
  if (entry?.askedFor === true) return undefined;
  if (!urgent && isMuted(preferences, entry?.topicOf?.(data), asked.now)) return suppressed('muted');
  return waitFor(asked, settings) === 'dropped' ? { do: 'final', outcome: Outcome.dropped } : undefined;
}

/** What holds a delivery back that is not over: quiet hours, a dialog, too many messages in a short time. */
export function heldByPolicy(asked: Asked, settings: HoldingSettings): Hold | undefined {
  const alone = heldAlone(asked, settings);
  if (alone !== undefined || !countsForBurst(asked.notification, settings.entryOf)) return alone;
  const until = burstUntil(asked.desk.windows, settings.burst, asked.now);
  return until > asked.now ? hold(asked, 'burst', until) : undefined;
}

/** The same for one that becomes part of a digest, which the burst guard looks at as a whole. */
export function heldAlone(asked: Asked, settings: HoldingSettings): Hold | undefined {
  const { notification, desk, now } = asked;
  const { conversation, preferences } = desk;
  if (conversation === undefined || settings.entryOf(notification.type)?.askedFor === true) return undefined;
  // A deadline that has passed stands above quiet hours, which would let it pass once more.
  if (!notification.delivery.urgent && preferences.quietHours !== undefined) {
    const zone = zoneOf(preferences, conversation, settings.defaultTimeZone);
    const until = quietUntil(preferences.quietHours, zone, now);
    if (until !== undefined) return hold(asked, 'quiet-hours', until);
  }
  const waiting = waitFor(asked, settings);
  return waiting === 'dropped' ? undefined : waiting;
}

/** Whether the burst guard counts it, and holds it back: neither urgent ones nor those that the person asked for. */
export function countsForBurst({ type, delivery }: Notification, entryOf: EntryOf): boolean {
  return !delivery.urgent && entryOf(type)?.askedFor !== true;
}

/** Dialogs are a matter of personal conversations: in groups nothing waits for one. */
function waitFor(asked: Asked, { dialogIdle }: HoldingSettings): Hold | 'dropped' | undefined {
  const { notification, row, desk, now } = asked;
  const { dialog, conversation } = desk;
  if (dialog === undefined || conversation?.conversationType !== 'personal') return undefined;
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
export function hold(
  { notification }: Pick<Asked, 'notification'>,
  reason: DeferralReason,
  until: Instant,
): Hold {
  const { expiresAt } = notification.delivery;
  return { do: 'hold', reason, until: Math.min(until, expiresAt ?? until) };
}

function suppressed(reason: Exclude<NonNullable<Conversation['suppressed']>, 'gone'> | 'muted'): Final {
  return { do: 'final', outcome: Outcome.suppressed, reason };
}
