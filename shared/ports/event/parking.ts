import type { Fault } from '../../domain/fault.ts';
import type { Instant } from '../../domain/time.ts';

export const ParkingReason = {
  invalidEnvelope: 'invalid-envelope',
  unknownType: 'unknown-type',
  invalidData: 'invalid-data',
  tooLarge: 'too-large',
  noSuchRecipient: 'no-such-recipient',
  rejected: 'rejected',
  exhausted: 'exhausted',
  unconfirmed: 'unconfirmed',
} as const;
export type ParkingReason = (typeof ParkingReason)[keyof typeof ParkingReason];

/** Something that cannot be used or could not be finished: kept until somebody replays or drops it. */
export interface ParkedItem {
  /** Made from what is parked, so that the same thing parked twice is parked once. `[A-Za-z0-9_-]{43}` */
  readonly id: string;
  readonly reason: ParkingReason;
  readonly faults: readonly Fault[];
  /** The original: an event's body as it came, or the id of a delivery. Up to 256 KB. */
  readonly original: string;
  /** The original's bytes, where they are no UTF-8: the text then has U+FFFD in the place of what is none. */
  readonly bytes?: Uint8Array;
  /** `message`: something on one of the app's own queues that is none of its messages. */
  readonly kind: 'event' | 'delivery' | 'message';
  /** The event's attributes that came beside its body (AMQP binary mode). */
  readonly properties?: { readonly [name: string]: string };
  readonly traceparent?: string;
  readonly parkedAt: Instant;
  /** Opaque: the store's version tag of the item as it was read. Not looked at when parking. */
  readonly tag?: string;
}

/** Every method may throw `StoreUnavailable`; `park` and `drop` may be repeated without harm. */
export interface Parking {
  /** The same thing parked again takes the place of the first: what is wrong with it may be something else by now. */
  parkItem(item: ParkedItem): Promise<void>;
  findParked(id: string): Promise<ParkedItem | undefined>;
  /** By id; `limit` 1..1000. */
  listParked(page: {
    readonly limit: number;
    readonly after?: string;
    readonly reason?: ParkingReason;
  }): Promise<{ readonly items: readonly ParkedItem[]; readonly after?: string }>;
  /** How many there are of each reason; those of which there are none are left out. Looks at `most` items. */
  count(most: number): Promise<{ readonly [Reason in ParkingReason]?: number }>;
  /** Gives whether there was one; with a tag, only the one that was read with it: what was parked again since stays. */
  dropParked(id: string, tag?: string): Promise<boolean>;
}
