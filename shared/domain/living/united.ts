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
  const added: Living = {
    ...theirs,
    id: { ...id, conversation: into },
    ...shownAsTold(other),
    ...(underWay === undefined ? {} : { underWay: { of: id.conversation, ...underWay } }),
  };
  if (own === undefined) return added;
  const isNew = isNewer(other.newest.order, own.newest.order);
  if (!isNew)
    return own.shown === undefined && added.shown !== undefined ? { ...own, shown: added.shown } : own;
  return {
    ...shownAsTold(own),
    ...added,
    ...defined({ closing: added.closing ?? own.closing, etag: own.etag }),
  };
}

/** Whose state the message tells of is not to be asked of a request that the row does not name any more. */
function shownAsTold(living: Living): Pick<Living, 'shown'> {
  const told = toldBy(living);
  const { shown } = living;
  return shown === undefined || told === undefined ? {} : { shown: { ...shown, notification: told } };
}
