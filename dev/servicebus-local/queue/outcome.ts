import type { PropertyChanges } from '../message/properties.ts';
import type { DeadLetterReason } from './dead-letter-reason.ts';

/** How a receiver ends its hold on a message. `properties` become application properties of the message. */
export type Outcome =
  | { readonly kind: 'complete' }
  /** Not done: deliver again; counts as a failed delivery. */
  | { readonly kind: 'abandon'; readonly properties?: PropertyChanges | undefined }
  /** Handed back unread: deliver again; does not count. */
  | { readonly kind: 'release' }
  /** Set aside: from now on only by its sequence number. */
  | { readonly kind: 'defer'; readonly properties?: PropertyChanges | undefined }
  | ({ readonly kind: 'dead-letter' } & DeadLetterReason);
