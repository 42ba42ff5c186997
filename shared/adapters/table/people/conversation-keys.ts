import type { Topic } from '../../../domain/event/topic.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import { topicHash } from './directory-keys.ts';

/*
 * Row keys of table `conversations`, in the partition of the conversation. What every delivery reads begins with
 * `0`, so that it is one small range however many deliveries the conversation has had:
 *
 *   0c  the record          d:<notification>  a delivery
 *   0d  the dialogs' status s:<topic hash>    an own subscription
 *   0p  the preferences     g                 it was greeted
 *   0q  the line            h:, k:            where a kind's own record lies
 *   0w  the send windows    l:<notification>  a delivery that is deferred, to be looked at later
 *                           t, t:<person>     what the bot and a person are in the middle of
 *                           n                 the words by which the person is found
 *                           m                 digests and cut messages, for `missed`
 */

export const RECORD = '0c';
export const DIALOG_STATUS = '0d';
export const PREFERENCES = '0p';
export const LINE = '0q';
export const WINDOWS = '0w';
/** What was sent as a digest, or cut. */
export const MISSED = 'm';
/** The rows that every delivery reads. */
export const DESK = startingWith('0');
export const OWN_SUBSCRIPTIONS = startingWith('s:');

export function recordRow(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: RECORD };
}

export function greetingRow(conversation: ConversationKey): RowKeys {
  return { partitionKey: conversation, rowKey: 'g' };
}

export function ownSubscriptionRow(conversation: ConversationKey, topic: Topic): RowKeys {
  return { partitionKey: conversation, rowKey: `s:${topicHash(topic)}` };
}
