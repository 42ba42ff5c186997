import { defined } from '../defined.ts';
import type { ConversationKey } from '../ids.ts';
import { type Living, toldBy } from './living.ts';
import { isNewer } from './order.ts';

/**
 * The row of a key for `into`, with what is known under the key of somebody who turned out to be the same person; `own` itself
 * where that adds nothing.
 *
 * | Shown under | The newest state | A newer one changes |
 * |---|---|---|
 * | the other key alone | the newer of both | that message, where it is |
 * | both | the newer of both | the message of the newer; the other one stays as it is |
 */
export function unitedLiving(own: Living | undefined, other: Living, into: ConversationKey): Living {
  const { id, etag: _others, underWay, ...theirs } = other;
  const told = toldBy(other);
  const added: Living = {
    ...theirs,
    id: { ...id, conversation: into },
    // Whose state it tells of is not to be asked of a request of another key.
    ...(theirs.shown === undefined || told === undefined
      ? {}
      : { shown: { ...theirs.shown, notification: told } }),
    ...(underWay === undefined ? {} : { underWay: { of: id.conversation, ...underWay } }),
  };
  if (own === undefined) return added;
  const isNew = isNewer(other.newest.order, own.newest.order);
  if (!isNew)
    return own.shown === undefined && added.shown !== undefined ? { ...own, shown: added.shown } : own;
  return {
    ...added,
    ...defined({ shown: added.shown ?? own.shown, closing: added.closing ?? own.closing, etag: own.etag }),
  };
}
