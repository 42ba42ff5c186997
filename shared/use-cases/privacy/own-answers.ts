import type { JsonObject } from '../../domain/event/notification.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { toIso } from '../../domain/time.ts';
import type { AnswerStore } from '../../ports/conversation/answer-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

export interface OwnAnswersDeps {
  readonly answers: Pick<AnswerStore, 'findAnswer'>;
  readonly personalData: Pick<PersonalData, 'deliveriesOf'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
}

/**
 * What somebody answered to what was told under any of these keys of an addressee, oldest first.
 *
 * @param persons of one among several, each name by which they may have answered; absent where the conversation is theirs
 */
export type OwnAnswers = (
  keys: readonly ConversationKey[],
  persons?: readonly PersonKey[],
) => Promise<readonly JsonObject[]>;

/** So many answers are looked for at a time. */
const AT_ONCE = 16;

/** Every delivery that is kept is looked at, since an answer is found by nothing else: it lies under the delivery's own key. Throws `StoreUnavailable`. */
export function ownAnswers(deps: OwnAnswersDeps): OwnAnswers {
  return async (keys, persons) => {
    const told = await Promise.all(keys.map((key) => deps.personalData.deliveriesOf(key)));
    const names = persons?.map((person) => ({ person })) ?? [{}];
    const ids = told.flat().flatMap(({ id }) => names.map((name) => ({ ...id, ...name })));
    const found = await inParallel(ids, AT_ONCE, async (id) => (await deps.answers.findAnswer(id))?.stands);
    const given = found.filter((answer) => answer !== undefined).sort((a, b) => a.at - b.at);
    return inParallel(given, AT_ONCE, async ({ id: { notification }, choice, at }) => {
      const stored = await deps.notifications.findNotification(notification);
      const kind = stored && deps.kinds.entryOf(stored.type)?.title('en');
      return { notification, kind, choice, at: toIso(at) };
    });
  };
}
