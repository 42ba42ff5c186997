import {
  fromNotificationRow,
  toNotificationRow,
} from '../../../../shared/adapters/table/notification/notification-row.ts';
import { fromWalkRow, toWalkRow } from '../../../../shared/adapters/table/notification/walk-row.ts';
import type { Row, StoredRow } from '../../../../shared/adapters/table/row/row.ts';
import type { Cancellation } from '../../../../shared/domain/event/cancellation.ts';
import { type Walk, walkName } from '../../../../shared/domain/event/job.ts';
import type { Notification } from '../../../../shared/domain/event/notification.ts';
import type { NotificationId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { Listed, NotificationListing } from '../../../../shared/ports/event/notification-listing.ts';
import type {
  Marked,
  NotedRequest,
  NotificationStore,
} from '../../../../shared/ports/event/notification-store.ts';
import { byKey } from './in-memory-directory.ts';

const table = { name: 'notifications' };

/** As a table gives it back: without what is undefined, and numbers as such. */
const stored = ({ partitionKey, rowKey, ...properties }: Row): StoredRow => ({
  ...Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [[name, typeof value === 'object' && 'type' in value ? value.value : value]];
    }),
  ),
  partitionKey,
  rowKey,
  etag: 'W/"1"',
});

/** What is read of it again from a row, so that nothing works over memory alone. Throws `CorruptRow`. */
const asStored = (notification: Notification) =>
  fromNotificationRow(table, stored(toNotificationRow(notification)));
const walkAsStored = (walk: Walk) => fromWalkRow(table, stored(toWalkRow(walk)));

export class InMemoryNotificationStore implements NotificationStore, NotificationListing {
  readonly #notifications = new Map<NotificationId, Notification>();
  readonly #requests = new Map<NotificationId, NotedRequest>();
  readonly #planned = new Set<string>();
  readonly #cancellations = new Map<NotificationId, Cancellation>();
  readonly #walks = new Map<string, Walk>();

  async *acceptedBetween(since: number, until: number | { readonly behind: Listed }): AsyncIterable<Listed> {
    const listed = [...this.#notifications.values()].map(({ id, acceptedAt }) => ({
      notification: id,
      acceptedAt,
    }));
    const inOrder = (a: Listed, b: Listed) =>
      b.acceptedAt - a.acceptedAt || byKey(a.notification, b.notification);
    const isIn = (one: Listed) =>
      one.acceptedAt >= since &&
      (typeof until === 'number' ? one.acceptedAt <= until : inOrder(one, until.behind) > 0);
    yield* listed.filter(isIn).sort(inOrder);
  }

  async acceptNotification(notification: Notification): Promise<'new' | 'known'> {
    if (this.#notifications.has(notification.id)) return 'known';
    this.#notifications.set(notification.id, asStored(notification));
    return 'new';
  }

  async findNotification(id: NotificationId): Promise<Notification | undefined> {
    return structuredClone(this.#notifications.get(id));
  }

  async noteRequest(id: NotificationId, request: NotedRequest): Promise<NotedRequest> {
    const stands = this.#requests.get(id) ?? request;
    this.#requests.set(id, stands);
    return stands;
  }

  async findRequest(id: NotificationId): Promise<NotedRequest | undefined> {
    return this.#requests.get(id);
  }

  async findMarkedNotification(id: NotificationId): Promise<Marked> {
    return { notification: await this.findNotification(id), cancellation: this.#cancellations.get(id) };
  }

  async cancelNotification(id: NotificationId, at: Instant, recall?: true): Promise<Cancellation> {
    const before = this.#cancellations.get(id) ?? { at };
    const mark = recall === undefined ? before : { ...before, recall };
    this.#cancellations.set(id, mark);
    return mark;
  }

  async findCancellation(id: NotificationId): Promise<Cancellation | undefined> {
    return this.#cancellations.get(id);
  }

  async noteNotAddressed(id: NotificationId, count: number): Promise<void> {
    const mark = this.#cancellations.get(id);
    if (mark === undefined || mark.notAddressed !== undefined) return;
    this.#cancellations.set(id, { ...mark, notAddressed: count });
  }

  redact(id: NotificationId, change: (stored: Notification) => Notification): boolean {
    const stored = this.#notifications.get(id);
    if (stored === undefined) return false;
    this.#notifications.set(id, asStored(change(structuredClone(stored))));
    return true;
  }

  remove(id: NotificationId): void {
    this.#requests.delete(id);
    this.#notifications.delete(id);
    for (const as of ['', 'listed']) this.#planned.delete(`${id}${as}`);
    this.#cancellations.delete(id);
    for (const [name, walk] of this.#walks) if (walk.notification === id) this.#walks.delete(name);
  }

  async isPlanned(id: NotificationId, as?: 'listed'): Promise<boolean> {
    return this.#planned.has(`${id}${as ?? ''}`);
  }

  async markPlanned(id: NotificationId, as?: 'listed'): Promise<boolean> {
    const before = this.#planned.size;
    return this.#planned.add(`${id}${as ?? ''}`).size > before;
  }

  async beginWalk(walk: Walk): Promise<void> {
    if (!this.#walks.has(nameOf(walk))) this.#walks.set(nameOf(walk), walkAsStored(walk));
  }

  async advanceWalk(walk: Walk): Promise<void> {
    const stored = this.#walks.get(nameOf(walk));
    if (stored === undefined || isAhead(walk, stored)) this.#walks.set(nameOf(walk), walkAsStored(walk));
  }

  async walksOf(id: NotificationId): Promise<readonly Walk[]> {
    const own = [...this.#walks.values()].filter(({ notification }) => notification === id);
    return structuredClone(own);
  }
}

function nameOf(walk: Walk): string {
  return `${walk.notification} ${walkName(walk)}`;
}

function isAhead(next: Walk, stored: Walk): boolean {
  if (stored.done || next.done) return !stored.done;
  return next.after !== undefined && (stored.after === undefined || byKey(next.after, stored.after) > 0);
}
