import type { Conversation } from '../../domain/conversation/conversation.ts';
import { isReachable } from '../../domain/conversation/conversation.ts';
import { slotAt } from '../../domain/delivery/pace.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import { ASKED_AGAIN_AFTER, hasRoster } from '../../domain/identity/told-names.ts';
import { tenantKey } from '../../domain/ids.ts';
import { type Duration, hours, type Instant, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { NameQuestion, NameStore } from '../../ports/conversation/name-store.ts';
import type { Roster, RosterMember } from '../../ports/conversation/roster.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { Log } from '../../ports/log.ts';
import { type NoteNamesDeps, noteNames } from '../conversation/note-names.ts';

/** People that one run asks about. */
export const MOST_ASKED = 200;
/** A run begins with no further one after this. */
const LONGEST_RUN: Duration = seconds(20);
/** A tenant that is so busy is left to those who are to be told. */
const LONGEST_AHEAD: Duration = seconds(2);
/** What did not answer is asked again then, behind the others. */
const NOT_BEFORE: Duration = hours(1);

export interface AskRostersDeps extends Omit<NoteNamesDeps, 'conversations' | 'names'> {
  readonly conversations: Pick<ConversationStore, 'findConversation' | 'findPerson'>;
  readonly names: NameStore;
  readonly roster: () => Promise<Roster>;
  readonly pacer: Pick<Pacer, 'reserve'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: (delay: Duration) => Promise<unknown>;
}

/** Gives of how many people anything was told. */
export type AskRosters = () => Promise<number>;

/**
 * Asks rosters by which names people go who were met for the first time, came back, or whose names are about to be believed no
 * longer: a bite a run, at the tenant's pace, and behind everybody who is to be told. A channel that says 429 is left alone
 * until the next run; all questions stay until they are answered.
 *
 * Order of writes: names -> the next question -> this one goes. Throws `StoreUnavailable`; repeating it is harmless.
 */
export function askRosters(deps: AskRostersDeps): AskRosters {
  const note = noteNames(deps);

  return async () => {
    const begun = deps.clock.now();
    const busy = new Set<string>();
    let told = 0;
    for (const question of await deps.names.nameQuestions(begun, MOST_ASKED)) {
      if (deps.clock.now() - begun > LONGEST_RUN) break;
      const about = await subjectOf(question);
      if (about === undefined) {
        await deps.names.answeredName(question);
        continue;
      }
      const { person, place } = about;
      if (busy.has(place.tenant) || !(await hasTurn(place))) {
        busy.add(place.tenant);
        continue;
      }
      const answer = await (await deps.roster()).member(place, person.user.id);
      if (answer.kind === 'away' && answer.retryAfter !== undefined) busy.add(place.tenant);
      else if (answer.kind === 'away') await move(question, deps.clock.now() + NOT_BEFORE);
      else if (answer.kind === 'told' && isThem(answer.told, person)) {
        await note(person, { ...answer.told, toldAt: deps.clock.now() });
        await move(question, deps.clock.now() + ASKED_AGAIN_AFTER);
        told += 1;
      } else await deps.names.answeredName(question);
    }
    if (told > 0) deps.log.info('people.names-told', { told });
    return told;
  };

  /** `undefined` for nobody who is known any more, and where another answer came meanwhile. */
  async function subjectOf({ person: name, conversation, at }: NameQuestion) {
    const person = await deps.conversations.findPerson(name);
    if (person === undefined || !hasRoster(person.channelId)) return undefined;
    const [proof] = proofsOf(person.user, { ...person, tenant: tenantKey(person) }, deps.vouching);
    const toldAt = proof && (await deps.names.namesOf(proof.person))?.toldAt;
    if (at !== 0 && toldAt !== undefined && toldAt + ASKED_AGAIN_AFTER > deps.clock.now()) return undefined;
    const place = await deps.conversations.findConversation(person.personal ?? conversation);
    if (place === undefined || !isReachable(place) || place.suppressed !== undefined) return undefined;
    return { person, place };
  }

  async function hasTurn({ tenant }: Conversation): Promise<boolean> {
    const now = deps.clock.now();
    const reserved = await deps.pacer.reserve(tenant, 1, now, LONGEST_AHEAD);
    if ('laterAt' in reserved) return false;
    await deps.wait(Math.max(0, slotAt(reserved.slots, 0) - now));
    return true;
  }

  async function move(question: NameQuestion, at: Instant): Promise<void> {
    await deps.names.askName({ ...question, at });
    await deps.names.answeredName(question);
  }
}

/** A roster that answers with somebody else tells nothing. */
function isThem(member: RosterMember, { user }: Person): boolean {
  const [one, other] = [member.aadObjectId, user.aadObjectId].map((id) => id?.toLowerCase());
  return one !== undefined && other !== undefined ? one === other : member.id === user.id;
}
