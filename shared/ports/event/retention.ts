import type { NotificationId } from '../../domain/ids.ts';

/** Removes what is older than it is kept. Every method may throw `StoreUnavailable`; each may be repeated. */
export interface Retention {
  /**
   * Removes a notification with its content, its report and its deliveries, at most `limit` recipients of it; gives
   * whether any is left. The content goes last, so that what is left can still be found by it.
   */
  removeNotification(id: NotificationId, limit: number): Promise<'done' | 'more'>;
}
