import type { z } from 'zod';
import { jsonLayout } from '../adapters/table/records/json-layout.ts';
import { defined } from '../domain/defined.ts';
import type { JsonObject, Notification } from '../domain/event/notification.ts';
import type { KeptAudience, KindHooks } from '../ports/kind.ts';
import type { KeptRecord, RecordStore } from '../ports/record-store.ts';
import type { World } from './kind.ts';

/**
 * Records of a kind's own, `schema` being what one holds: for each conversation one under each key, found by the
 * conversation and by the key. They are exported and forgotten with the person when the kind says so: see `personalRecords`.
 */
export function recordsOf<Value extends JsonObject>(
  world: Pick<World, 'records'>,
  kind: string,
  schema: z.ZodType<Value>,
): RecordStore<Value> {
  return world.records(jsonLayout(kind, schema));
}

/** What records mean for a person's data: all of them are exported under a name, and all of them are forgotten. */
export function personalRecords<Value extends JsonObject>(
  records: RecordStore<Value>,
  name: string,
): NonNullable<KindHooks['personalData']> {
  return {
    async export(conversation) {
      const own = await records.of(conversation);
      return { [name]: own.map(({ key, value }) => ({ key, ...value })) };
    },
    async forget({ key: conversation }) {
      for (const { key } of await records.of(conversation)) await records.remove(conversation, key);
    },
  };
}

/** The records of one addressee become another's, who is the same person; of two with one key the other's own stays. */
export function mergedRecords<Value extends JsonObject>(
  records: RecordStore<Value>,
): NonNullable<KindHooks['merge']> {
  return async (from, into) => {
    for (const record of await records.of(from)) {
      if ((await records.find(into, record.key)) === undefined) {
        await records.put({ ...record, conversation: into });
      }
      await records.remove(from, record.key);
    }
    return undefined;
  };
}

/** Records that are looked at for one page at most, so that it stays short where few are to be told. */
const MOST_LOOKED_AT = 500;

/**
 * Those who have a record of a key, as an audience: `{ keptBy: <its name>, key }` in `to`.
 *
 * @param wants whether this holder is told of this notification; asked again when a page runs again, so it decides by its
 * arguments alone. Default: everybody
 */
export function holders<Value>(
  world: Pick<World, 'notifications'>,
  records: RecordStore<Value>,
  wants: (record: KeptRecord<Value>, notification: Notification) => boolean = () => true,
): KeptAudience {
  return {
    field: 'key',
    async select({ notification: id, group, tenant, after }, { limit }) {
      const notification = await world.notifications.findNotification(id);
      if (notification === undefined) return { keys: [], done: true };
      const page = await records.holders(
        { key: group.key, tenant },
        { limit: Math.min(limit, MOST_LOOKED_AT), ...defined({ after }) },
      );
      const upTo = page.records.at(-1)?.record.conversation ?? after;
      return {
        keys: page.records
          .filter(({ record }) => wants(record, notification))
          .map(({ record }) => record.conversation),
        ...defined({ upTo }),
        done: page.done,
      };
    },
  };
}
