import { DIGEST } from '../../catalog/digest.ts';
import type { Reachable } from '../../domain/conversation/conversation.ts';
import { changesMessages } from '../../domain/delivery/channel-limits.ts';
import type { Instant } from '../../domain/time.ts';
import type { Messenger } from '../../ports/delivery/messenger.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import type { Log } from '../../ports/log.ts';
import type { FindTold } from '../conversation/find-told.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { closedMessage } from './closed-message.ts';

/** A message of the bot whose button was pressed, and what became of what it was about. */
export interface Settled {
  /** Where the message is. */
  readonly conversation: Reachable;
  readonly activityId: string;
  /** Markdown. */
  readonly outcome: string;
  readonly at: Instant;
}

/**
 * Lets a card say what became of it, in place of its buttons; gives whether a request was made. What cannot be changed, or is
 * not known any more, stays as it is: the person has their answer already. Throws `StoreUnavailable`.
 */
export type SettleCard = (settled: Settled) => Promise<boolean>;

export function settleCard(deps: {
  readonly told: Pick<FindTold, 'byActivity'>;
  readonly particulars: ParticularsStore;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly messenger: () => Promise<Pick<Messenger, 'update'>>;
  readonly defaultTimeZone: string;
  readonly log: Log;
}): SettleCard {
  const withParticulars = readParticulars(deps);

  return async ({ conversation, activityId, outcome, at }) => {
    const { key, channelId, locale = 'en', timeZone = deps.defaultTimeZone } = conversation;
    if (!changesMessages(channelId)) return false;
    const found = await deps.told.byActivity(key, activityId, at);
    const entry = found && deps.kinds.entryOf(found.type);
    // A digest tells of others, too, whose buttons stay.
    if (found === undefined || entry === undefined || found.type === DIGEST) return false;
    const full = await withParticulars(found, key);
    const message = closedMessage(full, entry, { channelId, locale, timeZone, remark: outcome });
    if (message === undefined) return false;
    const answer = await (await deps.messenger()).update(conversation, activityId, message);
    if (answer.kind === 'failed') {
      deps.log.warn('reply.refused', { conversation: key, status: answer.status, code: answer.code });
    }
    return true;
  };
}
