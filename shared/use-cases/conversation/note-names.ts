import { namesAsWords } from '../../domain/identity/name-words.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import { type KnownNames, usableNames } from '../../domain/identity/told-names.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { tenantKey, uncreatedConversationKey } from '../../domain/ids.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../ports/conversation/people-index.ts';

export interface NoteNamesDeps {
  readonly conversations: Pick<ConversationStore, 'findPerson'>;
  readonly names: Pick<NameStore, 'tellNames' | 'forgetNames'>;
  readonly peopleIndex: Pick<PeopleIndex, 'noteTold'>;
  readonly vouching: Vouching;
}

/**
 * Keeps what a roster or a directory told of somebody, and has operators find them by it. Of nobody whom their channel does
 * not vouch for, and of nobody who was forgotten meanwhile. Throws `StoreUnavailable`; repeating it is harmless.
 */
export function noteNames(deps: NoteNamesDeps): (person: Person, told: KnownNames) => Promise<void> {
  return async (person, { toldAt, ...told }) => {
    const names = usableNames(told);
    const [proof] = proofsOf(person.user, { ...person, tenant: tenantKey(person) }, deps.vouching);
    if (proof === undefined) return;
    await deps.names.tellNames(proof.person, { ...names, toldAt });
    const key = person.personal ?? uncreatedConversationKey(person.channelId, person.user.id);
    await deps.peopleIndex.noteTold(key, namesAsWords(names));
    // Whoever forgets them removes the names before the person; these came after.
    if ((await deps.conversations.findPerson(proof.person)) === undefined)
      await deps.names.forgetNames(proof.person);
  };
}
