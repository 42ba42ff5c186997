import { z } from 'zod';
import type { Topic } from '../../../domain/event/topic.ts';
import { days, type Instant, toIso } from '../../../domain/time.ts';
import {
  type ActiveTopic,
  DAYS_REMEMBERED,
  type TopicActivity,
} from '../../../ports/event/topic-activity.ts';
import { LOST, racing } from '../../../ports/race.ts';
import { countField, topicField } from '../row/fields.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import type { RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { topicHash } from './directory-keys.ts';

const MOST_RACES = 5;

const rowSchema = z.object({ topic: topicField, count: countField });

/** Rows `a:<day>` / `<topic hash>` of table `directory`, one a topic and day. */
export class TableTopicActivity implements TopicActivity {
  readonly #service: TableService;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#directory = service.table('directory');
  }

  async noteTopic(topic: Topic, at: Instant): Promise<void> {
    const keys = activityKeys(topic, at);
    // Where all are lost it is not counted: nobody waits for it.
    await racing(MOST_RACES, async () => {
      const row = await this.#directory.get(keys);
      if (row === undefined) {
        if ((await this.#directory.insert({ ...keys, topic, count: 1 })) === undefined) return LOST;
        // The topic's row of a day that nobody looks at any more goes as the new one comes.
        await this.#directory.remove(activityKeys(topic, at - days(DAYS_REMEMBERED)));
        return;
      }
      const { count } = parseRow(this.#directory, row, rowSchema);
      const etag = await this.#directory.replace({ ...keys, topic, count: count + 1 }, row.etag);
      return etag === undefined ? LOST : undefined;
    });
  }

  async forgetOne(topic: Topic, at: Instant): Promise<void> {
    const keys = activityKeys(topic, at);
    await racing(MOST_RACES, async () => {
      const row = await this.#directory.get(keys);
      if (row === undefined) return;
      const { count } = parseRow(this.#directory, row, rowSchema);
      const isDone =
        count > 1
          ? (await this.#directory.replace({ ...keys, topic, count: count - 1 }, row.etag)) !== undefined
          : await this.#directory.remove(keys, row.etag);
      return isDone ? undefined : LOST;
    });
  }

  async topicsLately(now: Instant): Promise<readonly ActiveTopic[]> {
    const counts = new Map<Topic, number>();
    const partitions = {
      firstPartition: dayOf(now - days(DAYS_REMEMBERED - 1)),
      lastPartition: dayOf(now),
    };
    for await (const row of this.#directory.rows(partitions)) {
      const day = parsedOrReported(this.#service, () => parseRow(this.#directory, row, rowSchema));
      if (day !== undefined) counts.set(day.topic, (counts.get(day.topic) ?? 0) + day.count);
    }
    return [...counts]
      .map(([topic, count]) => ({ topic, count }))
      .sort((a, b) => (a.topic < b.topic ? -1 : 1));
  }
}

function activityKeys(topic: Topic, at: Instant): RowKeys {
  return { partitionKey: dayOf(at), rowKey: topicHash(topic) };
}

/** `a:2026-11-22` */
function dayOf(at: Instant): string {
  return `a:${toIso(at).slice(0, 10)}`;
}
