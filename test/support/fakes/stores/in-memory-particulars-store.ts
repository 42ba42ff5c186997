import {
  type DeliveryId,
  formatDeliveryId,
  parseDeliveryId,
} from '../../../../shared/domain/delivery/delivery.ts';
import type { JsonObject } from '../../../../shared/domain/event/notification.ts';
import type { NotificationId } from '../../../../shared/domain/ids.ts';
import type { ParticularsStore } from '../../../../shared/ports/delivery/particulars-store.ts';

export class InMemoryParticularsStore implements ParticularsStore {
  readonly #kept = new Map<string, JsonObject>();

  async keepParticulars(id: DeliveryId, particulars: JsonObject): Promise<void> {
    const name = formatDeliveryId(id);
    if (!this.#kept.has(name)) this.#kept.set(name, structuredClone(particulars));
  }

  remove(notification: NotificationId): void {
    for (const name of this.#kept.keys()) {
      if (parseDeliveryId(name)?.notification === notification) this.#kept.delete(name);
    }
  }

  removeOne(id: DeliveryId): void {
    this.#kept.delete(formatDeliveryId(id));
  }

  async findParticulars(id: DeliveryId): Promise<JsonObject | undefined> {
    return structuredClone(this.#kept.get(formatDeliveryId(id)));
  }
}
