import type { DirectRecipient } from '../../domain/event/notification.ts';
import { tenantKey, uncreatedConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { ListedPerson } from '../../ports/event/list-store.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import { type FindNamedDeps, findNamed } from '../conversation/find-named.ts';
import { personBehind } from '../intake/resolve-recipients.ts';

/** Entries looked up at the same time: an author waits for it, and nobody else has to. */
const AT_ONCE = 64;

/** The directory is not asked: it would be, once for each entry, by everybody who looks at an audience. */
export type LookUpDeps = Omit<FindNamedDeps, 'directory'>;

/** Whom each entry means by what is known now; `undefined` for nobody and for more than one. Addresses nobody. */
export async function lookUpEntries(
  deps: LookUpDeps,
  entries: readonly DirectRecipient[],
): Promise<readonly (ListedPerson | undefined)[]> {
  const { conversations, personalData, turns, addressees, vouching, names, peopleIndex, clock } = deps;
  const find = findNamed({
    conversations,
    personalData,
    turns,
    addressees,
    vouching,
    names,
    peopleIndex,
    clock,
  });
  return inParallel(entries, AT_ONCE, async (entry): Promise<ListedPerson | undefined> => {
    if ('conversation' in entry) return personBehind(addressees, entry.conversation);
    const found = await find(entry);
    if (found.kind !== 'one') return undefined;
    const { person } = found;
    const tenant = tenantKey(person);
    const key =
      person.personal === undefined
        ? uncreatedConversationKey(person.channelId, person.user.id)
        : (await homeOf(addressees, person.personal)).key;
    return { key, tenant };
  });
}
