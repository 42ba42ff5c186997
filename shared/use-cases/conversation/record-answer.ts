import type { AnswerReport } from '../../catalog/entry.ts';
import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import type { DeliveryId } from '../../domain/delivery/delivery.ts';
import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { believedAccount } from '../../domain/identity/proofs.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type NotificationId, personKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { AnswerId, AnswerStore, KeptAnswer } from '../../ports/conversation/answer-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { OutcomeQueue } from '../../ports/queues.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { type ToldAsDeps, toldAs } from './told-as.ts';

/** The source of the CloudEvents that tell what people answered. */
const ANSWER_SOURCE = '/answers';

/** Somebody's choice; `index` counts from 0. */
export interface GivenAnswer {
  readonly notification: NotificationId;
  readonly conversation: Conversation;
  readonly speaker?: ChannelAccount;
  readonly index: number;
  readonly at: Instant;
  /** Of the turn that brings it. */
  readonly turn: string;
}

export type AnswerRecorded =
  | { readonly kind: 'recorded'; readonly choice: string }
  /** No such notification or question, or none for this conversation. */
  | { readonly kind: 'no-question' }
  /** The question has these choices, and no other. */
  | { readonly kind: 'no-choice'; readonly choices: readonly string[] };

export type RecordAnswer = (answer: GivenAnswer) => Promise<AnswerRecorded>;

/**
 * Keeps what somebody answered, and tells the service that asked, where it wants to know.
 *
 * The answer is kept before it is published and marked after: a crash in between leaves an answer that is published
 * when the activity comes again. The last answer of a person counts: each is told with a sequence that rises, under an id
 * that follows from it, so that whoever reads the queue can tell a copy and the newest.
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating it then is harmless.
 */
export function recordAnswer(
  deps: ToldAsDeps & {
    readonly notifications: NotificationStore;
    readonly answers: AnswerStore;
    readonly outcomes: OutcomeQueue;
    readonly ledger: Pick<Ledger, 'findDelivery' | 'findOutcome'>;
    readonly vouching: Vouching;
    readonly kinds: Pick<AllKinds, 'entryOf'>;
  },
): RecordAnswer {
  const { entryOf } = deps.kinds;

  return async ({ notification: id, conversation, speaker, index, at, turn }) => {
    const notification = await deps.notifications.findNotification(id);
    const asked = notification && (await addressed({ notification: id, conversation: conversation.key }));
    if (notification === undefined || asked === undefined) return { kind: 'no-question' };
    const question = entryOf(notification.type)?.question?.(notification.data);
    if (question === undefined) return { kind: 'no-question' };
    const choice = question.choices[index];
    if (choice === undefined) return { kind: 'no-choice', choices: question.choices };
    const answerId: AnswerId = { ...asked, ...answererIn(conversation, speaker) };
    const kept = await deps.answers.keepAnswer({ id: answerId, choice, at, turn });
    if (!kept.isPublished) {
      const report = entryOf(notification.type)?.answered?.(notification.data, {
        choice: kept.stands.choice,
      });
      const event = report && eventOf(report, notification, kept, answeredBy(conversation, speaker));
      if (event !== undefined) await deps.outcomes.publishOutcomes([event]);
      await deps.answers.markPublished(answerId, turn);
    }
    return { kind: 'recorded', choice: kept.stands.choice };
  };

  /** Among others each has an answer of their own, where the channel says who is who; elsewhere all have one together. */
  function answererIn(
    { conversationType, channelId }: Conversation,
    speaker: ChannelAccount | undefined,
  ): Pick<AnswerId, 'person'> {
    if (conversationType === 'personal' || speaker === undefined) return {};
    return vouchesFor(deps.vouching, channelId) ? { person: personKey(speaker.id) } : {};
  }

  /** By which delivery the question came to them: whoever learns of its id elsewhere has nothing to answer. */
  function addressed({ notification, ...to }: DeliveryId): Promise<DeliveryId | undefined> {
    return toldAs(deps, to.conversation, async (conversation) => {
      const id = { notification, conversation };
      const [row, result] = await Promise.all([deps.ledger.findDelivery(id), deps.ledger.findOutcome(id)]);
      return row === undefined && result === undefined ? undefined : id;
    });
  }

  /** By which id the person is told to the service; by none where nobody vouches for it. */
  function answeredBy(conversation: Conversation, speaker: ChannelAccount | undefined): string | undefined {
    const user = believedAccount(speaker ?? conversation.user, conversation, deps.vouching);
    return user?.aadObjectId ?? user?.id;
  }
}

function eventOf(
  report: AnswerReport,
  notification: Notification,
  { stands: answer, sequence }: KeptAnswer,
  user: string | undefined,
): CloudEvent {
  const { conversation: key, person } = answer.id;
  return {
    specversion: '1.0',
    id: [notification.id, key, ...(person === undefined ? [] : [person]), sequence].join('.'),
    source: ANSWER_SOURCE,
    type: report.type,
    subject: `${notification.id}/${key}`,
    time: answer.at,
    sequence: String(sequence),
    data: {
      ...report.data,
      event: { source: notification.source, id: notification.eventId },
      notification: notification.id,
      addressee: key,
      conversation: key,
      ...defined({ user }),
    },
    ...defined({ traceparent: notification.traceparent }),
  };
}
