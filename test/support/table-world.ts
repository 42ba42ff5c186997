import type { TableService } from '../../shared/adapters/table/table-service.ts';
import { toStructured } from '../../shared/domain/event/cloud-event.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { type NotificationId, notificationId } from '../../shared/domain/ids.ts';
import { tableStores } from '../contract/stores.ts';
import { anEvent } from './builders.ts';
import { aWorld } from './world.ts';

/** The product without its wires but for the tables, which are real. */
export function aTableWorld(service: TableService, options: Parameters<typeof aWorld>[0] = {}) {
  const world = aWorld({ ...options, stores: (clock) => tableStores(service, clock) });
  return {
    ...world,
    stores: tableStores(service, world.clock),
    /** Publishes an event as an upstream service would; gives the id of the notification, whether or not it is one. */
    publish: async (data: JsonObject, type = 'notification.requested'): Promise<NotificationId> => {
      const event = anEvent({ type, data });
      const envelope = toStructured(event);
      await world.accept({ envelope, original: JSON.stringify(envelope), at: world.clock.now() });
      return notificationId(event.source, event.id);
    },
  };
}
export type TableWorld = ReturnType<typeof aTableWorld>;
