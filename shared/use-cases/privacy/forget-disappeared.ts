import { type Conversation, SuppressionReason } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { bareNamesOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { type Duration, days, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Log } from '../../ports/log.ts';
import type { Progress } from '../../ports/progress.ts';
import type { ForgetMe } from './forget-me.ts';
import { type PlacesOfPersonDeps, placesOfPerson } from './places-of-person.ts';

/** Conversations that one run looks at. */
export const BITE = 250;
/** All conversations are looked at as often as this. */
const BETWEEN_WALKS: Duration = days(1);
const NAME = 'forget-disappeared';

/**
 * Refusals that stand until the person comes back, which the channel then tells. `blocked` and `disabled-by-admin` may be
 * taken back any day without anybody saying so: they are no sign that somebody is gone.
 */
const GONE_FOR_GOOD: readonly SuppressionReason[] = [SuppressionReason.uninstalled, SuppressionReason.gone];

/** Gives how many were forgotten by this run. */
export type ForgetDisappeared = () => Promise<number>;

/**
 * Forgets people who disappeared: the bot was removed from every conversation with them alone, or none of those exists any
 * more, for `after`, and in no group did they turn to the bot since. Each run looks at some conversations and remembers
 * where it ended; once a day it begins anew. Memory does not grow with the people.
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless: who was forgotten is found no more.
 */
export function forgetDisappeared(deps: {
  readonly conversations: ConversationStore;
  readonly addressees: PlacesOfPersonDeps['addressees'];
  readonly personalData: Pick<PersonalData, 'conversationsOf'>;
  readonly turns: Pick<TurnStore, 'loadTurns'>;
  readonly progress: Progress;
  readonly forgetMe: ForgetMe;
  readonly vouching: Vouching;
  /** So long somebody has to be gone. */
  readonly after: Duration;
  readonly clock: Clock;
  readonly log: Log;
}): ForgetDisappeared {
  const placesOf = placesOfPerson(deps);

  return async () => {
    const now = deps.clock.now();
    const before = await deps.progress.readProgress(NAME);
    const walk = positionOf(before?.text);
    if (walk !== undefined && walk.after === undefined && now < walk.begunAt + BETWEEN_WALKS) return 0;
    const begunAt = walk?.after === undefined ? now : walk.begunAt;
    const page = await deps.conversations.listConversations({
      limit: BITE,
      ...defined({ after: walk?.after }),
    });
    let forgotten = 0;
    for (const conversation of page.items) {
      if (!(await isGone(conversation, now - deps.after))) continue;
      await deps.forgetMe({ conversation, turn: `disappeared:${conversation.changedAt}` });
      forgotten += 1;
    }
    const next = page.after === undefined ? String(begunAt) : `${begunAt} ${page.after}`;
    // Where another run was faster, the same page is looked at twice.
    await deps.progress.saveProgress(NAME, next, before?.tag);
    if (forgotten > 0) deps.log.info('people.disappeared', { forgotten });
    return forgotten;
  };

  async function isGone(conversation: Conversation, since: Instant): Promise<boolean> {
    if (!leftBefore(since, conversation) || conversation.user === undefined) return false;
    for (const { conversation: other } of await placesOf(conversation, [conversation.user])) {
      if (other === undefined) continue;
      const isStill =
        other.conversationType === 'personal'
          ? !(leftBefore(since, other) || cannotBeReached(other))
          : await spokeIn(other, conversation, since);
      if (isStill) return false;
    }
    return true;
  }

  async function spokeIn(group: Conversation, { user }: Conversation, since: Instant): Promise<boolean> {
    for (const speaker of bareNamesOf(user)) {
      const { state } = await deps.turns.loadTurns({ conversation: group.key, speaker });
      if (state.spokeAt > since) return true;
    }
    return false;
  }
}

function leftBefore(since: Instant, { conversationType, suppressed, changedAt }: Conversation): boolean {
  const isGone = suppressed !== undefined && GONE_FOR_GOOD.includes(suppressed);
  return conversationType === 'personal' && isGone && changedAt <= since;
}

/** It is being forgotten, or the channel never created it. */
function cannotBeReached({ suppressed, conversationId }: Conversation): boolean {
  return suppressed === SuppressionReason.forgotten || conversationId === undefined;
}

interface Position {
  readonly begunAt: Instant;
  readonly after?: string;
}

/** What cannot be read begins anew. */
function positionOf(text: string | undefined): Position | undefined {
  const [, begunAt, after] = /^(\d{1,15})(?: (\S+))?$/.exec(text ?? '') ?? [];
  if (begunAt === undefined) return undefined;
  return { begunAt: Number(begunAt), ...defined({ after }) };
}
