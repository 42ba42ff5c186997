import type { DeliveryId } from '../../domain/delivery/delivery.ts';
import type { JsonObject } from '../../domain/event/notification.ts';

/**
 * What a notification says to one person only, kept when the person is addressed: whatever becomes of its cause, a retry,
 * a sweep and a replay say the same. Every method may throw `StoreUnavailable`.
 */
export interface ParticularsStore {
  /** The first ones stand. */
  keepParticulars(id: DeliveryId, particulars: JsonObject): Promise<void>;
  findParticulars(id: DeliveryId): Promise<JsonObject | undefined>;
}
