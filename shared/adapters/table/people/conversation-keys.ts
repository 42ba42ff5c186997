import type { Topic } from '../../../domain/event/topic.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { RowKeys } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import { topicHash } from './directory-keys.ts';

/*
 * Row keys of table `conversations`, in the partition of the conversation. What every delivery reads begins with
 * `0`, so that it is one small range however many deliveries the conversation has had:
 *
 *   0a  whom it belongs to  d:<notification>  a delivery
 *   0c  the record          s:<topic hash>    an own subscription
 *   0d  the dialogs' status g                 it was greeted
 *   0e  the same, of        h:, k:            where a kind's own record lies
 *       another place       l:<notification>  a delivery that is deferred, to be looked at later
 *   0g  the last digest     t, t:<person>     what the bot and a person are in the middle of
 *   0p  the preferences     t:c:<place>       the same, in another conversation of the person
 *   0q  the line            c:<place>         what leads to each of several conversations of the person
 *   0r  the reach           m                 digests and cut messages, for `missed`
 *   0w  the send windows    q                 what asked something, for a choice said alone
 *                           n                 the words by which the person is found
 *                           y:<source, key>   something that changes, as it was told
 *                           e:<key>           a key under which the addressee was told before
 *
 * All of an addressee but `0a`: that leads from another conversation of theirs to them. The former release passes over the
 * row keys that it does not know.
 */

/** To which addressee the conversation belongs. */
export const BELONGS = '0a';
/** The status of the dialogs where the person is told, which is not the conversation that they are named after. */
export const STATUS_ELSEWHERE = '0e';
/** All conversations of the person, and which one was chosen. */
export const REACH = '0r';

export const RECORD = '0c';
export const DIALOG_STATUS = '0d';
/** The digest that was formed last, told or not. */
export const LAST_DIGEST = '0g';
export const PREFERENCES = '0p';
export const LINE = '0q';
export const WINDOWS = '0w';
/** What was sent as a digest, or cut. */
export const MISSED = 'm';
/** What asked something. */
export const ASKED = 'q';
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
