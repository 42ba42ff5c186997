import { defined } from '../defined.ts';
import type { Notification } from '../event/notification.ts';
import type { Instant } from '../time.ts';

/** What says which of two states of one key is the newer one. */
export interface Order {
  readonly sequence?: string;
  /** When it happened, by the event; when it was accepted, where the event names no time that can be believed. */
  readonly time: Instant;
  readonly arrival: Instant;
  /** The notification: of two that are alike in everything else, one stands, whoever compares them. */
  readonly id: string;
}

export function orderOf({ sequence, time, acceptedAt, id }: Notification): Order {
  return { ...defined({ sequence }), time, arrival: acceptedAt, id };
}

/**
 * Whether `one` is a newer state than `other`: by `sequence` where both have it, else by the time at which they happened;
 * among equals the one that was accepted later.
 */
export function isNewer(one: Order, other: Order): boolean {
  const bySequence =
    one.sequence === undefined || other.sequence === undefined
      ? one.time - other.time
      : compareSequences(one.sequence, other.sequence);
  if (bySequence !== 0) return bySequence > 0;
  if (one.arrival !== other.arrival) return one.arrival > other.arrival;
  return one.id > other.id;
}

/** Digits are whole numbers of any length; anything else is text. */
function compareSequences(one: string, other: string): number {
  if (!isDigits(one) || !isDigits(other)) return one === other ? 0 : one > other ? 1 : -1;
  const [a, b] = [withoutZeros(one), withoutZeros(other)];
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a > b ? 1 : -1;
}

function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=.)/, '');
}
